package org.prontodb.store;

/** Is told the keys of records that a store chooses and removes by itself, as they are removed. */
public interface Removals {

  /** The record had expired. */
  void expired(byte[] key);

  /** The record was removed to keep a limit, or with everything else. */
  void evicted(byte[] key);
}
