package org.prontodb.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.CompressionSettings;
import org.prontodb.model.Entry;
import org.prontodb.model.Key;
import org.prontodb.model.Namespace;

/**
 * One transaction of a {@link Store}. The methods that change something are for those that {@link
 * Store#write} gave, and for the namespaces that were named there. At most one cursor or table
 * writer is open at a time for a namespace.
 */
public interface Transaction extends AutoCloseable {
  /** As an instant for {@link #scan}: expired records too. */
  long INCLUDE_EXPIRED = Long.MIN_VALUE;

  Optional<NamespaceInfo> namespace(Namespace namespace);

  /** All namespaces, by project and name, without a look at their records. */
  List<NamespaceInfo> namespaces();

  /** How many namespaces there are, without listing them. */
  int namespaceCount();

  /**
   * Counts the records that are live at {@code now}.
   *
   * @param now milliseconds since the epoch
   */
  NamespaceStats stats(NamespaceInfo namespace, long now);

  /**
   * Brings a namespace into being.
   *
   * @param cache its settings, or null for a plain one
   */
  NamespaceInfo create(Namespace namespace, CacheSettings cache);

  /** Changes the settings of a cache. */
  NamespaceInfo change(NamespaceInfo namespace, CacheSettings cache);

  /**
   * Changes how values are stored that are written from now on. Rewrites nothing; a store that has
   * no use for compression need not do any, and all that is read is the same in any case.
   */
  NamespaceInfo change(NamespaceInfo namespace, CompressionSettings compression);

  /** Removes a namespace and all its records. */
  void drop(NamespaceInfo namespace);

  /** The record with this key, an expired one too. */
  Optional<Entry> get(NamespaceInfo namespace, Key key);

  /**
   * The record with this key, if there is one that has not expired.
   *
   * @param now milliseconds since the epoch
   */
  default Optional<Entry> getLive(NamespaceInfo namespace, Key key, long now) {
    return get(namespace, key).filter(entry -> entry.isLiveAt(now));
  }

  /**
   * As {@link #get} for many keys, so that a store that is far away is asked once: the records that
   * are there, expired ones too, in the order of {@code keys}.
   */
  default EntryCursor getAll(NamespaceInfo namespace, Collection<Key> keys) {
    return new KeyCursor(this, namespace, keys);
  }

  /**
   * How many bytes {@link #get} would bring into memory, without reading them; 0 if there is no
   * such record. An expired one counts.
   */
  default long size(NamespaceInfo namespace, Key key) {
    return get(namespace, key).map(entry -> (long) entry.value().length).orElse(0L);
  }

  /**
   * How many bytes the largest value among the first {@code limit} records of a {@link #scan} would
   * bring into memory, without reading it; 0 if there is none.
   */
  default long largest(NamespaceInfo namespace, KeyRange range, long now, int limit) {
    long largest = 0;
    try (EntryCursor cursor = scan(namespace, range, now)) {
      for (int i = 0; i < limit && cursor.next(); i++) {
        largest = Math.max(largest, cursor.value().length);
      }
    }
    return largest;
  }

  /**
   * The records of {@code range} in the order of their keys, in flat memory, without those expired
   * at {@code now}.
   *
   * @param now milliseconds since the epoch, or {@link #INCLUDE_EXPIRED}
   */
  EntryCursor scan(NamespaceInfo namespace, KeyRange range, long now);

  /**
   * As {@link #scan}, for one who wants the values of all or most records: they may be read ahead,
   * by a thread of the store's own, or by two in a transaction of {@link Store#readBulk}. Nothing
   * else is asked of the transaction while it is open.
   */
  default EntryCursor scanAhead(NamespaceInfo namespace, KeyRange range, long now) {
    return scan(namespace, range, now);
  }

  /** The way to write many records; cheapest when they come in the order of their keys. */
  NamespaceWriter writer(NamespaceInfo namespace);

  /**
   * Removes records of a cache that have expired at {@code now}, the longest expired first.
   *
   * @param limit how many at the most
   * @param removals is told each key; null spares the reading of them
   * @return how many were removed
   */
  long purge(NamespaceInfo cache, long now, long limit, Removals removals);

  /**
   * Brings a cache down to its {@code max_items}: first what has expired at {@code now}, then the
   * oldest write. Does nothing where there is no limit.
   *
   * @param removals is told each key; null spares the reading of them
   * @return how many were removed
   */
  long trim(NamespaceInfo cache, long now, Removals removals);

  /** Users, keys, sessions and grants. */
  Identities identities();

  /** Which loads were applied. */
  AppliedLoads loads();

  void commit();

  /** Ends the transaction; without a commit before, nothing of it has happened. */
  @Override
  void close();
}
