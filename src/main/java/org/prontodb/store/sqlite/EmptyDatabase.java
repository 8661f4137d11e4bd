package org.prontodb.store.sqlite;

import java.nio.file.Path;
import org.prontodb.store.Transaction;

/** What a database would be that is created now, in memory and for reading alone. */
final class EmptyDatabase implements TransactionEnd {
  private EmptyDatabase() {}

  /**
   * @param file where there is none yet; messages name it
   */
  static Transaction read(Path file, SqliteOptions options) {
    Database database = Connections.openInMemory(file, options);
    try {
      database.execute("BEGIN");
      Schema.migrate(database);
      return new SqliteTransaction(database, new EmptyDatabase());
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  @Override
  public void commit(Database database) {
    throw new IllegalStateException("a transaction that reads has nothing to commit");
  }

  @Override
  public void release(Database database, boolean committed) {
    database.close();
  }
}
