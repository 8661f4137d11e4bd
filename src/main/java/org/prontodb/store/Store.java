package org.prontodb.store;

import java.util.List;
import java.util.Optional;

/**
 * A place where namespaces are kept. What holds of every store: keys are ordered by their UTF-8
 * bytes, unsigned; the time comes from the caller; a transaction that is closed without a commit
 * has done nothing; what one transaction reads does not change under it.
 */
public interface Store extends AutoCloseable {

  /** A consistent view of what is committed now. It holds no lock that a writer would meet. */
  Transaction read();

  /** As {@link #read}, for one who is going to read many records. */
  default Transaction readBulk() {
    return read();
  }

  /**
   * A transaction that holds the write lock, waiting for it as long as the configuration says.
   *
   * @throws org.prontodb.model.ProntoException with kind BUSY if another writer keeps the lock
   */
  Transaction write();

  /** As {@link #write}, but without waiting: empty if another writer has the lock. */
  Optional<Transaction> writeIfFree();

  /** Whether there is a store to read; the first write creates it. */
  default boolean exists() {
    return true;
  }

  /**
   * As {@link #write}, for much data. Where there is no store yet, nobody sees anything of it
   * before the commit, so it may be kept open for as long as it takes.
   *
   * @throws org.prontodb.model.ProntoException at the commit with kind BUSY, and nothing done, if
   *     somebody else has created the store in the meantime
   */
  default Transaction writeBulk() {
    return write();
  }

  /** Gives the space of what was deleted back to the file system. */
  void vacuum();

  /** Reads everything and says what is damaged, a sentence each; empty if all is well. */
  List<String> check();

  @Override
  void close();
}
