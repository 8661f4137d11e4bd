package org.prontodb.app;

import java.nio.file.Path;
import org.prontodb.auth.InitialPassword;
import org.prontodb.config.Configuration;
import org.prontodb.store.Store;
import org.prontodb.store.sqlite.SqliteOptions;
import org.prontodb.store.sqlite.SqliteStore;

/** The kinds of store there are: the one place that names an implementation. */
final class Stores {
  private Stores() {}

  /** The file that a path leads to. */
  static Path locate(Path database) {
    return SqliteStore.locate(database);
  }

  /** The store of this database, which the first write creates. */
  static Store open(Path database, Configuration configuration, InitialPassword admin) {
    return SqliteStore.open(
        database, new SqliteOptions(configuration.busyTimeout(), configuration.durable(), admin));
  }
}
