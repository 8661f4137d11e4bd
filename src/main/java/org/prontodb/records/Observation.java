package org.prontodb.records;

import java.util.List;
import org.prontodb.model.Entry;
import org.prontodb.model.Key;
import org.prontodb.model.Lifetime;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.Removals;
import org.prontodb.store.Transaction;

/** Tells the observers of a transaction what it does to a namespace, each event once. */
final class Observation implements Removals {
  private final List<RecordObserver> observers;
  private final Transaction transaction;
  private final NamespaceInfo info;
  private final boolean needsPrevious;

  /**
   * @param observers at least one
   */
  Observation(List<RecordObserver> observers, Transaction transaction, NamespaceInfo info) {
    this.observers = List.copyOf(observers);
    this.transaction = transaction;
    this.info = info;
    this.needsPrevious = observers.stream().anyMatch(RecordObserver::needsPrevious);
  }

  /** Whether {@link #deleted} has to know the value that is removed. */
  boolean needsPrevious() {
    return needsPrevious;
  }

  /** To be called before the record is written. */
  void put(byte[] key, byte[] value, Lifetime lifetime) {
    Entry previous = needsPrevious ? transaction.get(info, Key.stored(key)).orElse(null) : null;
    for (RecordObserver observer : observers) {
      observer.put(key, observer.needsPrevious() ? previous : null, value, lifetime);
    }
  }

  /** A caller asked for the removal of a record, which may have expired. */
  void deleted(Entry previous, boolean live) {
    byte[] key = previous.key().utf8();
    if (!live) {
      expired(key);
      return;
    }
    for (RecordObserver observer : observers) {
      observer.deleted(key, observer.needsPrevious() ? previous : null);
    }
  }

  @Override
  public void expired(byte[] key) {
    observers.forEach(observer -> observer.expired(key));
  }

  @Override
  public void evicted(byte[] key) {
    observers.forEach(observer -> observer.evicted(key));
  }

  void dropped() {
    observers.forEach(RecordObserver::dropped);
  }

  void finished() {
    observers.forEach(RecordObserver::finished);
  }
}
