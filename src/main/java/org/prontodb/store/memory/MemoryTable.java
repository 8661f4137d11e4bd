package org.prontodb.store.memory;

import java.util.NavigableMap;
import java.util.TreeMap;
import org.prontodb.model.Key;
import org.prontodb.model.Lifetime;
import org.prontodb.store.KeyRange;
import org.prontodb.store.NamespaceInfo;

/** A namespace and its records. */
record MemoryTable(NamespaceInfo info, TreeMap<Key, Stored> records) {

  record Stored(byte[] value, Lifetime lifetime, long sequence) {
    boolean isExpiredAt(long now) {
      return lifetime != null && lifetime.isExpiredAt(now);
    }
  }

  MemoryTable copy() {
    return new MemoryTable(info, new TreeMap<>(records));
  }

  NavigableMap<Key, Stored> records(KeyRange range) {
    Key from = Key.stored(range.from());
    if (range.to() == null) {
      return records.tailMap(from, true);
    }
    Key to = Key.stored(range.to());
    return from.compareTo(to) < 0 ? records.subMap(from, true, to, false) : new TreeMap<>();
  }
}
