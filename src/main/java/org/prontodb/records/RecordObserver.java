package org.prontodb.records;

import org.prontodb.model.Entry;
import org.prontodb.model.Lifetime;

/**
 * Is told what one transaction does to the records of one namespace, within that transaction and
 * before the commit. What it throws ends the transaction. Keys and values are not copies and are
 * not to be changed.
 */
public interface RecordObserver {

  /**
   * Whether {@link #put} and {@link #deleted} are to say what was there before, which costs a read
   * for each of them.
   */
  default boolean needsPrevious() {
    return false;
  }

  /**
   * A record is written.
   *
   * @param previous what has the key until then, expired or not; null if nothing has it, or if
   *     {@link #needsPrevious} says no
   * @param lifetime null outside caches
   */
  default void put(byte[] key, Entry previous, byte[] value, Lifetime lifetime) {}

  /**
   * A record that had not expired is deleted because a caller asked for it.
   *
   * @param previous null if {@link #needsPrevious} says no
   */
  default void deleted(byte[] key, Entry previous) {}

  /** A record that had not expired is removed to keep the limit of its cache. */
  default void evicted(byte[] key) {}

  /** A record that had expired is removed; to readers it was absent before. */
  default void expired(byte[] key) {}

  /** The namespace is removed with all its records. */
  default void dropped() {}

  /** The transaction writes nothing more into the namespace. */
  default void finished() {}
}
