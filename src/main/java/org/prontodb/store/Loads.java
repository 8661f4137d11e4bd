package org.prontodb.store;

import java.util.List;
import java.util.Optional;
import org.prontodb.model.Namespace;

/** The record that a store keeps of the loads applied to it. */
public interface Loads {

  /**
   * A batch that was applied to a namespace.
   *
   * @param sha256 of the input without its preamble, in hexadecimal
   * @param appliedAt milliseconds since the epoch
   */
  record Batch(String id, String sha256, long appliedAt) {}

  /** The batch of this id as it was applied to this namespace. */
  Optional<Batch> batch(Namespace namespace, String id);

  /** Any namespace's record of this batch id. */
  Optional<Batch> batch(String id);

  void saveBatch(Namespace namespace, Batch batch);

  /**
   * Keeps a receipt, in the place of the one with the same number.
   *
   * @param number what an earlier call answered, or 0 for a new receipt
   * @param receipt JSON
   * @return the receipt's number
   */
  long saveReceipt(long number, long at, String receipt);

  /** The newest receipts first. */
  List<String> receipts(int limit);

  /** Forgets receipts and batches from before {@code instant}; answers how many receipts. */
  long pruneBefore(long instant);

  /** Keeps the newest {@code count} receipts. */
  void keepNewest(int count);
}
