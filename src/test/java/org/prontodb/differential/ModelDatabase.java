package org.prontodb.differential;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a database holds, said as plainly as possible: maps in memory, and the rules of
 * docs/caches.md in a few lines each. Shares no code with the program, so that an error would have
 * to be made twice. Times are milliseconds since the epoch.
 */
final class ModelDatabase {
  /** The order of UTF-8 bytes, which is that of code points and not that of String. */
  static final Comparator<String> BYTES =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  /** A record; {@code expires} is {@link Long#MAX_VALUE} outside caches. */
  record Value(byte[] bytes, long expires, long arrival) {}

  /** A namespace; {@code timeout} is 0 for a plain one. */
  static final class Space {
    long timeout;
    long maxItems;
    boolean evictOnRead = true;

    /** Writes of the transaction that is open, and whether it changed anything. */
    int written;

    boolean changed;
    final TreeMap<String, Value> records = new TreeMap<>(BYTES);

    boolean isCache() {
      return timeout > 0;
    }
  }

  final TreeMap<String, Space> spaces = new TreeMap<>(BYTES);
  long now = 1_767_225_600_000L;
  private long arrivals;

  boolean isCache(String name) {
    return spaces.containsKey(name) && spaces.get(name).isCache();
  }

  /** The live record, or null. */
  Value live(String name, String key) {
    Space space = spaces.get(name);
    Value value = space == null ? null : space.records.get(key);
    return value == null || value.expires <= now ? null : value;
  }

  /** As {@link #live}, and as a read by key does it: an expired record may be removed. */
  Value read(String name, String key) {
    Value value = live(name, key);
    Space space = spaces.get(name);
    if (value == null && space != null && space.evictOnRead) {
      space.records.remove(key);
    }
    return value;
  }

  /** The records that a listing shows. */
  TreeMap<String, Value> listed(String name, String prefix, boolean expired) {
    TreeMap<String, Value> listed = new TreeMap<>(BYTES);
    spaces
        .get(name)
        .records
        .forEach(
            (key, value) -> {
              if (key.startsWith(prefix) && (expired || value.expires > now)) {
                listed.put(key, value);
              }
            });
    return listed;
  }

  Space space(String name) {
    return spaces.computeIfAbsent(name, missing -> new Space());
  }

  /** A write of one record, without the end of its transaction. */
  void put(String name, String key, byte[] bytes, Long expires) {
    Space space = space(name);
    long end = Long.MAX_VALUE;
    if (space.isCache()) {
      end = expires == null ? now + space.timeout * 1000 : expires;
    }
    space.records.put(key, new Value(bytes, end, ++arrivals));
    space.written++;
    space.changed = true;
  }

  /** Whether a live record was there. */
  boolean delete(String name, String key) {
    boolean wasLive = live(name, key) != null;
    Space space = spaces.get(name);
    if (space != null && space.records.remove(key) != null) {
      space.changed = true;
    }
    return wasLive;
  }

  /** What ends a transaction that has written into a namespace. */
  void commit(String name) {
    Space space = spaces.get(name);
    if (space == null) {
      return;
    }
    if (space.written > 0 && space.evictOnRead) {
      space.records.entrySet().stream()
          .filter(entry -> entry.getValue().expires <= now)
          .sorted(Comparator.comparingLong(entry -> entry.getValue().expires))
          .limit(Math.max(100, 2 * space.written))
          .map(Map.Entry::getKey)
          .toList()
          .forEach(space.records::remove);
    }
    if (space.changed) {
      trim(space);
    }
    space.written = 0;
    space.changed = false;
  }

  private void trim(Space space) {
    if (space.maxItems == 0 || space.records.size() <= space.maxItems) {
      return;
    }
    space.records.values().removeIf(value -> value.expires <= now);
    while (space.records.size() > space.maxItems) {
      String oldest =
          space.records.entrySet().stream()
              .min(Comparator.comparingLong(entry -> entry.getValue().arrival))
              .orElseThrow()
              .getKey();
      space.records.remove(oldest);
    }
  }

  /** How many records {@code name}, or all caches where it is null, lose to a purge. */
  long purge(String name) {
    long purged = 0;
    for (Map.Entry<String, Space> entry : spaces.entrySet()) {
      if (name == null || name.equals(entry.getKey())) {
        Iterator<Value> values = entry.getValue().records.values().iterator();
        while (values.hasNext()) {
          if (values.next().expires <= now) {
            values.remove();
            purged++;
          }
        }
      }
    }
    return purged;
  }
}
