package org.prontodb.store;

import org.prontodb.model.Lifetime;

/** Writes records into one namespace within a transaction. May hold back until {@link #close}. */
public interface TableWriter extends AutoCloseable {

  /**
   * Writes a record, in the place of the one that has its key. Writing what is there already costs
   * no write.
   *
   * @param key checked UTF-8
   * @param lifetime null outside caches
   * @param sequence the record's number in the order of arrival; 0 outside caches
   */
  void put(byte[] key, byte[] value, Lifetime lifetime, long sequence);

  /** Removes a record and says whether it was there, expired or not. */
  boolean delete(byte[] key);

  /** Removes all records. */
  void clear();

  /** Carries out what was held back. */
  @Override
  void close();
}
