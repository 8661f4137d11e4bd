package org.prontodb.store.sqlite;

import java.util.concurrent.Semaphore;

/** Ends a transaction that held the turn to write, which passes to the next one then. */
record WriterEnd(TransactionEnd end, Semaphore writers) implements TransactionEnd {
  @Override
  public void commit(Database database) {
    end.commit(database);
  }

  @Override
  public void release(Database database, boolean committed) {
    try {
      end.release(database, committed);
    } finally {
      writers.release();
    }
  }
}
