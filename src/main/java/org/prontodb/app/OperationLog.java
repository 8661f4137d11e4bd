package org.prontodb.app;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What was done to a database, as far as it is logged. */
public final class OperationLog {
  private final ProntoDb database;

  OperationLog(ProntoDb database) {
    this.database = database;
  }

  /** Loads, and changes of identities between them, the newest first. */
  public List<LogEntry> newest(int limit) {
    return database.read(
        transaction -> {
          Stream<LogEntry> loads =
              transaction.loads().receipts(limit).stream().map(LogEntry.Load::new);
          Stream<LogEntry> changes =
              transaction.identities().changes(limit).stream().map(LogEntry.Identity::new);
          return Stream.concat(loads, changes)
              .sorted(Comparator.comparingLong(LogEntry::at).reversed())
              .limit(limit)
              .toList();
        });
  }

  /**
   * Forgets what was applied before an instant. A batch id that is forgotten would be applied
   * again.
   *
   * @param instant milliseconds since the epoch
   * @return how many receipts were forgotten
   */
  public long pruneBefore(long instant) {
    return database.change(List.of(), transaction -> transaction.loads().pruneBefore(instant));
  }
}
