package org.prontodb.store.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.prontodb.store.Identities;

/**
 * Identities in the tables that begin with {@code sec_}. A key that never expires has no {@code
 * expires_at}; an empty project or namespace in a grant, which no name can be, stands for all.
 */
final class SqliteIdentities implements Identities {
  private static final String USERS = "SELECT name, password FROM sec_users";
  private static final String API_KEYS =
      "SELECT id, user, name, sha256, created_at, expires_at FROM sec_api_keys";
  private static final String SESSIONS =
      "SELECT id, user, api_key, sha256, created_at, expires_at FROM sec_sessions";

  private final Database database;

  SqliteIdentities(Database database) {
    this.database = database;
  }

  @Override
  public Optional<User> user(String name) {
    return first(database.query(USERS + " WHERE name = ?", name), SqliteIdentities::user);
  }

  @Override
  public List<User> users() {
    return all(database.query(USERS + " ORDER BY name"), SqliteIdentities::user);
  }

  private static User user(Rows rows) {
    return new User(rows.text(1), rows.text(2));
  }

  @Override
  public void save(User user) {
    database.update(
        "INSERT OR REPLACE INTO sec_users(name, password) VALUES (?, ?)",
        user.name(),
        user.password());
  }

  @Override
  public void removeUser(String name) {
    database.update("DELETE FROM sec_users WHERE name = ?", name);
    database.update("DELETE FROM sec_api_keys WHERE user = ?", name);
    database.update("DELETE FROM sec_sessions WHERE user = ?", name);
    database.update("DELETE FROM sec_grants WHERE user = ?", name);
  }

  @Override
  public Optional<ApiKey> apiKey(String id) {
    return first(database.query(API_KEYS + " WHERE id = ?", id), SqliteIdentities::apiKey);
  }

  @Override
  public List<ApiKey> apiKeys() {
    return all(database.query(API_KEYS + " ORDER BY created_at, id"), SqliteIdentities::apiKey);
  }

  private static ApiKey apiKey(Rows rows) {
    return new ApiKey(
        rows.text(1),
        rows.text(2),
        rows.text(3),
        rows.text(4),
        rows.number(5),
        rows.text(6) == null ? NEVER : rows.number(6));
  }

  @Override
  public void save(ApiKey key) {
    database.update(
        "INSERT OR REPLACE INTO sec_api_keys(id, user, name, sha256, created_at, expires_at)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        key.id(),
        key.user(),
        key.name(),
        key.sha256(),
        key.createdAt(),
        key.expiresAt() == NEVER ? null : key.expiresAt());
  }

  @Override
  public void removeApiKey(String id) {
    database.update("DELETE FROM sec_api_keys WHERE id = ?", id);
    database.update("DELETE FROM sec_sessions WHERE api_key = ?", id);
  }

  @Override
  public Optional<Session> session(String id) {
    return first(
        database.query(SESSIONS + " WHERE id = ?", id),
        rows ->
            new Session(
                rows.text(1),
                rows.text(2),
                rows.text(3),
                rows.text(4),
                rows.number(5),
                rows.number(6)));
  }

  @Override
  public void save(Session session) {
    database.update(
        "INSERT OR REPLACE INTO sec_sessions(id, user, api_key, sha256, created_at, expires_at)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        session.id(),
        session.user(),
        session.apiKey(),
        session.sha256(),
        session.createdAt(),
        session.expiresAt());
  }

  @Override
  public void removeSession(String id) {
    database.update("DELETE FROM sec_sessions WHERE id = ?", id);
  }

  @Override
  public void removePasswordSessions(String user) {
    database.update("DELETE FROM sec_sessions WHERE user = ? AND api_key IS NULL", user);
  }

  @Override
  public void removeExpiredSessions(long now) {
    database.update("DELETE FROM sec_sessions WHERE expires_at <= ?", now);
  }

  @Override
  public List<Grant> grants(String user) {
    return all(
        database.query(
            "SELECT project, namespace, access FROM sec_grants WHERE user = ?"
                + " ORDER BY project, namespace",
            user),
        rows ->
            new Grant(user, orAll(rows.text(1)), orAll(rows.text(2)), rows.text(3).equals("rw")));
  }

  @Override
  public void save(Grant grant) {
    database.update(
        "INSERT OR REPLACE INTO sec_grants(user, project, namespace, access) VALUES (?, ?, ?, ?)",
        grant.user(),
        orEmpty(grant.project()),
        orEmpty(grant.namespace()),
        grant.write() ? "rw" : "ro");
  }

  @Override
  public boolean remove(Grant grant) {
    return database.update(
            "DELETE FROM sec_grants WHERE user = ? AND project = ? AND namespace = ?",
            grant.user(),
            orEmpty(grant.project()),
            orEmpty(grant.namespace()))
        > 0;
  }

  private static String orEmpty(String name) {
    return name == null ? "" : name;
  }

  private static String orAll(String name) {
    return name.isEmpty() ? null : name;
  }

  @Override
  public void record(IdentityChange change) {
    database.update(
        "INSERT INTO sec_audit(at, by, action, user, detail) VALUES (?, ?, ?, ?, ?)",
        change.at(),
        change.by(),
        change.action(),
        change.user(),
        change.detail());
  }

  @Override
  public List<IdentityChange> changes(int limit) {
    return all(
        database.query(
            "SELECT at, by, action, user, detail FROM sec_audit ORDER BY number DESC LIMIT ?",
            limit),
        rows ->
            new IdentityChange(
                rows.number(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5)));
  }

  private static <T> Optional<T> first(Rows found, Function<Rows, T> row) {
    try (Rows rows = found) {
      return rows.next() ? Optional.of(row.apply(rows)) : Optional.empty();
    }
  }

  private static <T> List<T> all(Rows found, Function<Rows, T> row) {
    List<T> all = new ArrayList<>();
    try (Rows rows = found) {
      while (rows.next()) {
        all.add(row.apply(rows));
      }
    }
    return all;
  }
}
