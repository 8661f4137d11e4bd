package org.prontodb.store.sqlite;

import java.util.Optional;
import org.prontodb.store.Identities;

/** Identities in the tables that begin with {@code sec_}. */
final class SqliteIdentities implements Identities {
  private final Database database;

  SqliteIdentities(Database database) {
    this.database = database;
  }

  @Override
  public Optional<User> user(String name) {
    try (Rows rows = database.query("SELECT password FROM sec_users WHERE name = ?", name)) {
      return rows.next() ? Optional.of(new User(name, rows.text(1))) : Optional.empty();
    }
  }

  @Override
  public void save(User user) {
    database.update(
        "INSERT INTO sec_users(name, password) VALUES (?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET password = excluded.password",
        user.name(),
        user.password());
  }
}
