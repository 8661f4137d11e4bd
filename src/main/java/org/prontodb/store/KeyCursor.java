package org.prontodb.store;

import java.util.Collection;
import java.util.Iterator;
import org.prontodb.model.Entry;
import org.prontodb.model.Key;
import org.prontodb.model.Lifetime;

/** Looks keys up one by one, for stores that answer each at once. */
final class KeyCursor implements EntryCursor {
  private final Transaction transaction;
  private final NamespaceInfo namespace;
  private final Iterator<Key> keys;
  private Entry entry;

  KeyCursor(Transaction transaction, NamespaceInfo namespace, Collection<Key> keys) {
    this.transaction = transaction;
    this.namespace = namespace;
    this.keys = keys.iterator();
  }

  @Override
  public boolean next() {
    entry = null;
    while (entry == null && keys.hasNext()) {
      entry = transaction.get(namespace, keys.next()).orElse(null);
    }
    return entry != null;
  }

  @Override
  public byte[] key() {
    return entry.key().utf8();
  }

  @Override
  public byte[] value() {
    return entry.value();
  }

  @Override
  public Lifetime lifetime() {
    return entry.lifetime();
  }

  @Override
  public void close() {
    entry = null;
  }
}
