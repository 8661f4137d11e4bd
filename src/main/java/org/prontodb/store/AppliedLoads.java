package org.prontodb.store;

import java.util.List;
import java.util.Optional;
import org.prontodb.model.Namespace;

/** The record that a store keeps of the loads applied to it. */
public interface AppliedLoads {

  /**
   * A batch that was applied to a namespace.
   *
   * @param sha256 of the input without its preamble, in hexadecimal
   * @param appliedAt milliseconds since the epoch
   */
  record Batch(String id, String sha256, long appliedAt) {}

  /**
   * What is remembered of a load that committed something.
   *
   * @param number 0 before it was saved
   * @param at when it was applied, in milliseconds since the epoch
   * @param user who it was from, or null
   * @param ok whether all of it was applied
   * @param batch its batch id, or null
   * @param sha256 of the input without its preamble, in hexadecimal, or null
   * @param parts what was committed, by namespace
   */
  record Receipt(
      long number,
      long at,
      String user,
      boolean ok,
      String batch,
      String sha256,
      long statements,
      long bytes,
      double seconds,
      List<Part> parts) {}

  /** What a load did to a namespace. */
  record Part(Namespace namespace, long puts, long deletes) {}

  /** The batch of this id as it was applied to this namespace. */
  Optional<Batch> batch(Namespace namespace, String id);

  /** Any namespace's record of this batch id. */
  Optional<Batch> batch(String id);

  void saveBatch(Namespace namespace, Batch batch);

  /**
   * Keeps a receipt without its parts, in the place of the one with the same number.
   *
   * @return the receipt's number: a new one if it had none
   */
  long save(Receipt receipt);

  /** Adds to what a load did to a namespace. */
  void add(long number, Part part);

  /** The newest receipts first. */
  List<Receipt> receipts(int limit);

  /** Forgets receipts and batches from before {@code instant}; answers how many receipts. */
  long pruneBefore(long instant);

  /** Keeps the newest {@code count} receipts. */
  void keepNewest(int count);
}
