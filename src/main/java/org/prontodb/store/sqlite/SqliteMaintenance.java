package org.prontodb.store.sqlite;

import java.nio.file.Path;
import org.prontodb.store.Maintenance;
import org.prontodb.store.Restoration;
import org.prontodb.store.Snapshot;

/** Works on a database file as a whole. */
record SqliteMaintenance(SqliteStore store, Path file, SqliteOptions options)
    implements Maintenance {
  @Override
  public void compact() {
    store.vacuum();
  }

  @Override
  public Snapshot snapshot() {
    return SqliteSnapshot.of(file, options);
  }

  @Override
  public Restoration restoration() {
    return SqliteRestoration.of(file, options);
  }
}
