package org.prontodb.batch;

import java.util.ArrayList;
import java.util.List;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Key;
import org.prontodb.model.Namespace;
import org.prontodb.records.Condition;

/** What a load asks of one namespace as a whole; its records are staged under its number. */
final class NamespaceTask {
  /** What must hold of a record before the transaction. */
  record Precondition(Key key, Condition condition, InputPlace place) {}

  final int number;
  final Namespace namespace;

  /** Where the namespace was chosen. */
  final InputPlace chosenAt;

  private final List<Precondition> preconditions = new ArrayList<>();

  /** Whether the namespace was a cache when it was chosen, or the load makes it one. */
  boolean isCache;

  /** What to create the cache with where it is missing, or null. */
  CacheSettings createCache;

  InputPlace createCacheAt;

  /** Where the first expiry was asked, or null. */
  InputPlace expiryAt;

  /** Where it was asked that keys go which the load does not bring; null if it was not. */
  InputPlace replaceAt;

  /** Whether any record or deletion was staged. */
  boolean touched;

  /** How many records and deletions were staged. */
  long arrivals;

  /** Whether any record was staged. */
  boolean bringsRecords;

  NamespaceTask(int number, Namespace namespace, InputPlace chosenAt) {
    this.number = number;
    this.namespace = namespace;
    this.chosenAt = chosenAt;
  }

  List<Precondition> preconditions() {
    return preconditions;
  }

  void require(Precondition precondition) {
    preconditions.add(precondition);
  }

  /** The same namespace in the next part of a load that commits as it goes. */
  NamespaceTask next() {
    NamespaceTask next = new NamespaceTask(0, namespace, chosenAt);
    next.isCache = isCache;
    next.expiryAt = expiryAt;
    return next;
  }

  /** Whether keys that the load does not bring go. */
  boolean replaces() {
    return replaceAt != null;
  }

  /** Whether there is anything to do in a transaction. */
  boolean hasWork() {
    return touched || replaces() || createCache != null || !preconditions.isEmpty();
  }
}
