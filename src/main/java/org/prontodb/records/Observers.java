package org.prontodb.records;

import java.util.List;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.Transaction;

/** Says who observes a transaction that writes into a namespace. */
@FunctionalInterface
public interface Observers {
  /** No writes are observed. A class, because a lambda in an interface makes each start longer. */
  Observers NONE =
      new Observers() {
        @Override
        public List<RecordObserver> of(Transaction transaction, NamespaceInfo namespace) {
          return List.of();
        }
      };

  /**
   * The observers of what {@code transaction} writes into {@code namespace}; called once for each
   * {@link RecordWriter} before its first write. None is best: then the store need not read the
   * keys that it removes by itself.
   */
  List<RecordObserver> of(Transaction transaction, NamespaceInfo namespace);
}
