package org.prontodb.store.memory;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.CompressionSettings;
import org.prontodb.model.Entry;
import org.prontodb.model.Key;
import org.prontodb.model.Lifetime;
import org.prontodb.model.Namespace;
import org.prontodb.store.AppliedLoads;
import org.prontodb.store.EntryCursor;
import org.prontodb.store.Identities;
import org.prontodb.store.KeyRange;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.NamespaceStats;
import org.prontodb.store.NamespaceWriter;
import org.prontodb.store.Removals;
import org.prontodb.store.Transaction;
import org.prontodb.store.memory.MemoryTable.Stored;

/** Works on a state of its own until the commit. */
final class MemoryTransaction implements Transaction {
  private final MemoryState state;
  private final Consumer<MemoryState> commit;
  private Runnable release;

  MemoryTransaction(MemoryState state, Consumer<MemoryState> commit, Runnable release) {
    this.state = state;
    this.commit = commit;
    this.release = release;
  }

  @Override
  public Optional<NamespaceInfo> namespace(Namespace namespace) {
    return Optional.ofNullable(state.tables().get(namespace)).map(MemoryTable::info);
  }

  @Override
  public List<NamespaceInfo> namespaces() {
    return state.tables().values().stream().map(MemoryTable::info).toList();
  }

  @Override
  public int namespaceCount() {
    return state.tables().size();
  }

  @Override
  public NamespaceStats stats(NamespaceInfo namespace, long now) {
    long records = 0;
    long bytes = 0;
    long expired = 0;
    for (Map.Entry<Key, Stored> record : records(namespace).entrySet()) {
      if (record.getValue().isExpiredAt(now)) {
        expired++;
      } else {
        records++;
        bytes += record.getKey().utf8().length + record.getValue().value().length;
      }
    }
    return new NamespaceStats(records, bytes, expired);
  }

  @Override
  public NamespaceInfo create(Namespace namespace, CacheSettings cache) {
    return put(new NamespaceInfo(namespace, cache), new TreeMap<>());
  }

  @Override
  public NamespaceInfo change(NamespaceInfo namespace, CacheSettings cache) {
    return put(
        new NamespaceInfo(namespace.namespace(), cache, namespace.compression()),
        records(namespace));
  }

  @Override
  public NamespaceInfo change(NamespaceInfo namespace, CompressionSettings compression) {
    return put(
        new NamespaceInfo(namespace.namespace(), namespace.cache(), compression),
        records(namespace));
  }

  private NamespaceInfo put(NamespaceInfo info, TreeMap<Key, Stored> records) {
    state.tables().put(info.namespace(), new MemoryTable(info, records));
    return info;
  }

  @Override
  public void drop(NamespaceInfo namespace) {
    state.tables().remove(namespace.namespace());
  }

  @Override
  public Optional<Entry> get(NamespaceInfo namespace, Key key) {
    return Optional.ofNullable(records(namespace).get(key))
        .map(stored -> new Entry(key, stored.value(), stored.lifetime()));
  }

  @Override
  public EntryCursor scan(NamespaceInfo namespace, KeyRange range, long now) {
    Iterator<Map.Entry<Key, Stored>> found =
        table(namespace).records(range).entrySet().stream()
            .filter(record -> !record.getValue().isExpiredAt(now))
            .iterator();
    return new EntryCursor() {
      private Map.Entry<Key, Stored> current;

      @Override
      public boolean next() {
        current = found.hasNext() ? found.next() : null;
        return current != null;
      }

      @Override
      public byte[] key() {
        return current.getKey().utf8();
      }

      @Override
      public byte[] value() {
        return current.getValue().value();
      }

      @Override
      public Lifetime lifetime() {
        return current.getValue().lifetime();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public NamespaceWriter writer(NamespaceInfo namespace) {
    TreeMap<Key, Stored> records = records(namespace);
    long last = records.values().stream().mapToLong(Stored::sequence).max().orElse(0);
    return new NamespaceWriter() {
      private long deleted;

      @Override
      public void put(byte[] key, byte[] value, Lifetime lifetime, long arrival) {
        Stored stored = new Stored(value.clone(), lifetime, last + arrival);
        records.put(Key.stored(key.clone()), stored);
      }

      @Override
      public void delete(byte[] key) {
        deleted += records.remove(Key.stored(key)) != null ? 1 : 0;
      }

      @Override
      public long deleted() {
        return deleted;
      }

      @Override
      public void clear(Removals removals) {
        if (removals != null) {
          records.keySet().forEach(key -> removals.evicted(key.utf8()));
        }
        records.clear();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public long purge(NamespaceInfo cache, long now, long limit, Removals removals) {
    return remove(
        cache,
        now,
        Comparator.comparingLong(r -> r.getValue().lifetime().expiresAt()),
        limit,
        removals == null ? key -> {} : removals::expired);
  }

  @Override
  public long trim(NamespaceInfo cache, long now, Removals removals) {
    long limit = cache.cache().maxItems();
    if (limit == 0 || records(cache).size() <= limit) {
      return 0;
    }
    long expired = purge(cache, now, Long.MAX_VALUE, removals);
    long excess = Math.max(0, records(cache).size() - limit);
    return expired
        + remove(
            cache,
            Long.MAX_VALUE,
            Comparator.comparingLong(r -> r.getValue().sequence()),
            excess,
            removals == null ? key -> {} : removals::evicted);
  }

  private long remove(
      NamespaceInfo cache,
      long now,
      Comparator<Map.Entry<Key, Stored>> order,
      long limit,
      Consumer<byte[]> removed) {
    TreeMap<Key, Stored> records = records(cache);
    List<Key> doomed =
        records.entrySet().stream()
            .filter(record -> record.getValue().isExpiredAt(now))
            .sorted(order)
            .limit(limit)
            .map(Map.Entry::getKey)
            .toList();
    doomed.forEach(
        key -> {
          records.remove(key);
          removed.accept(key.utf8());
        });
    return doomed.size();
  }

  private MemoryTable table(NamespaceInfo namespace) {
    return state.tables().get(namespace.namespace());
  }

  private TreeMap<Key, Stored> records(NamespaceInfo namespace) {
    return table(namespace).records();
  }

  @Override
  public Identities identities() {
    return state.identities();
  }

  @Override
  public AppliedLoads loads() {
    return new MemoryAppliedLoads(state);
  }

  @Override
  public void commit() {
    commit.accept(state);
  }

  @Override
  public void close() {
    release.run();
    release = () -> {};
  }
}
