package org.prontodb.store;

import org.prontodb.model.Lifetime;

/** Walks over records in the order of their keys. */
public interface EntryCursor extends AutoCloseable {
  /** Moves to the next record; false behind the last. */
  boolean next();

  /** The UTF-8 of the key. */
  byte[] key();

  byte[] value();

  /** Null outside caches. */
  Lifetime lifetime();

  @Override
  void close();
}
