package org.prontodb.store;

import org.prontodb.model.Lifetime;

/** Writes records into one namespace within a transaction. May hold back until {@link #close}. */
public interface NamespaceWriter extends AutoCloseable {

  /**
   * Writes a record, in the place of the one that has its key. Writing what is there already costs
   * no write.
   *
   * @param key checked UTF-8
   * @param lifetime null outside caches
   * @param arrival the record's number, from 1, among those that this writer is given: keys may
   *     come in another order than the records arrived in. The record counts as newer than all that
   *     were there before; ignored outside caches
   */
  void put(byte[] key, byte[] value, Lifetime lifetime, long arrival);

  /** Removes a record, if it is there. */
  void delete(byte[] key);

  /**
   * Carries out what was held back, so that the transaction reads it.
   *
   * @return how many of all deletions found a record, expired or not
   */
  long deleted();

  /**
   * Removes all records.
   *
   * @param removals is told that each was evicted; null spares the reading of their keys
   */
  void clear(Removals removals);

  /** Carries out what was held back. */
  @Override
  void close();
}
