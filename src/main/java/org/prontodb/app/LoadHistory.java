package org.prontodb.app;

import java.util.List;
import org.prontodb.store.Loads.Receipt;

/** The loads that were applied to a database. */
public final class LoadHistory {
  private final ProntoDb database;

  LoadHistory(ProntoDb database) {
    this.database = database;
  }

  /** The newest first. */
  public List<Receipt> newest(int limit) {
    return database.read(transaction -> transaction.loads().receipts(limit));
  }

  /**
   * Forgets what was applied before an instant. A batch id that is forgotten would be applied
   * again.
   *
   * @param instant milliseconds since the epoch
   * @return how many receipts were forgotten
   */
  public long pruneBefore(long instant) {
    return database.change(transaction -> transaction.loads().pruneBefore(instant));
  }
}
