package org.prontodb.store;

/** What the owner of a store can do with all of it at once. */
public interface Maintenance {

  /** Gives the space of what was deleted back to the file system. */
  void compact();

  /**
   * All of the store as it is now, which does not change while others write.
   *
   * @throws org.prontodb.model.ProntoException with kind NOT_FOUND if the store does not exist
   */
  Snapshot snapshot();

  /** Prepares to replace all of the store, which need not exist, by a snapshot. */
  Restoration restoration();
}
