package org.prontodb.store;

import java.util.List;
import java.util.Optional;
import org.prontodb.model.Namespace;

/**
 * A place where namespaces are kept. What holds of every store: keys are ordered by their UTF-8
 * bytes, unsigned; the time comes from the caller; a transaction that is closed without a commit
 * has done nothing; what one transaction reads does not change under it, but for what it writes
 * itself. Any thread may use a store; a transaction belongs to one thread at a time.
 *
 * <p>A call may be a message to another machine. So callers ask for much at once, and expect each
 * call to fail: with a {@link StoreFailure} of kind BUSY where nothing was done and the same may
 * succeed later, of kind FAILED otherwise.
 */
public interface Store extends AutoCloseable {

  /**
   * Whether it was created. The first commit creates a store; until then it reads as what it would
   * be: without namespaces or loads, and with the user {@link Identities#ADMIN}.
   */
  boolean exists();

  /** A consistent view of what is committed now. It holds no lock that a writer would meet. */
  Transaction read();

  /** As {@link #read}, for one who is going to read many records. */
  default Transaction readBulk() {
    return read();
  }

  /**
   * A transaction that writes into namespaces, which need not be there. No other one writes into
   * any of them meanwhile: it waits for those that do, as long as the configuration says. The
   * transaction also writes what is not of a namespace: users and keys, and which loads were
   * applied. Into other namespaces it does not write.
   *
   * @param namespaces in any order; none for what is not of a namespace
   * @throws StoreFailure with kind BUSY if another writer keeps a lock
   */
  Transaction write(List<Namespace> namespaces);

  /** As {@link #write(List)}, for one namespace. */
  default Transaction write(Namespace namespace) {
    return write(List.of(namespace));
  }

  /** As {@link #write(List)}, but without waiting: empty if another writer has a lock. */
  Optional<Transaction> writeIfFree(List<Namespace> namespaces);

  /**
   * As {@link #write(Namespace)}, for much data. While the store does not {@link #exists exist},
   * the transaction keeps no other from writing before its commit, so it may be kept open for as
   * long as it takes.
   *
   * @throws StoreFailure at the commit with kind BUSY, and nothing done, if another process has
   *     created the store in the meantime
   */
  default Transaction writeBulk(Namespace namespace) {
    return write(namespace);
  }

  /** Reads everything and says what is damaged, a sentence each; empty if all is well. */
  List<String> check();

  /** What its owner can do with all of it at once; empty where other programs are made for that. */
  default Optional<Maintenance> maintenance() {
    return Optional.empty();
  }

  @Override
  void close();
}
