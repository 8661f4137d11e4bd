package org.prontodb.batch;

import java.util.List;
import org.prontodb.store.AppliedLoads;
import org.prontodb.store.Transaction;

/**
 * Writes the receipt of a load, within the transactions that apply it: so the receipt says what was
 * committed even if the process dies between two of them.
 */
final class ReceiptWriter {
  /** How many receipts are kept. */
  private static final int KEPT = 10_000;

  private final String account;
  private final long started;
  private long number;

  /**
   * @param account whom the receipt names where no sender has authenticated, or null
   * @param started when the load began, on the clock of {@link System#nanoTime}
   */
  ReceiptWriter(String account, long started) {
    this.account = account;
    this.started = started;
  }

  /**
   * Adds what a transaction is about to commit.
   *
   * @param complete whether this is the last of the load
   */
  void add(
      Transaction transaction,
      ReadLoad load,
      NamespaceOutcome outcome,
      boolean complete,
      long now) {
    AppliedLoads loads = transaction.loads();
    boolean first = number == 0;
    number =
        loads.save(
            new AppliedLoads.Receipt(
                number,
                now,
                load.sender() == null ? account : load.sender().user(),
                complete && load.valid(),
                load.content().batch(),
                load.content().sha256(),
                load.statements(),
                load.bytes(),
                (System.nanoTime() - started) / 1e9,
                List.of()));
    loads.add(
        number, new AppliedLoads.Part(outcome.namespace(), outcome.puts(), outcome.deletes()));
    if (first) {
      loads.keepNewest(KEPT);
    }
  }
}
