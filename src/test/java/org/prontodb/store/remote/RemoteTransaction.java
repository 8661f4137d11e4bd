package org.prontodb.store.remote;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
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

/** A transaction whose every answer is a message, but for rows, which come many at a time. */
final class RemoteTransaction implements Transaction {
  private final RemoteStore store;
  private final Transaction server;
  private final List<Namespace> written;

  RemoteTransaction(RemoteStore store, Transaction server, List<Namespace> written) {
    this.store = store;
    this.server = server;
    this.written = written;
  }

  private Transaction call() {
    store.call();
    return server;
  }

  private Transaction write(Namespace namespace) {
    if (!written.contains(namespace)) {
      throw new IllegalStateException(namespace + " was not locked, but only " + written);
    }
    return call();
  }

  @Override
  public Optional<NamespaceInfo> namespace(Namespace namespace) {
    return call().namespace(namespace);
  }

  @Override
  public List<NamespaceInfo> namespaces() {
    return call().namespaces();
  }

  @Override
  public int namespaceCount() {
    return call().namespaceCount();
  }

  @Override
  public NamespaceStats stats(NamespaceInfo namespace, long now) {
    return call().stats(namespace, now);
  }

  @Override
  public NamespaceInfo create(Namespace namespace, CacheSettings cache) {
    return write(namespace).create(namespace, cache);
  }

  @Override
  public NamespaceInfo change(NamespaceInfo namespace, CacheSettings cache) {
    return write(namespace.namespace()).change(namespace, cache);
  }

  @Override
  public NamespaceInfo change(NamespaceInfo namespace, CompressionSettings compression) {
    return write(namespace.namespace()).change(namespace, compression);
  }

  @Override
  public void drop(NamespaceInfo namespace) {
    write(namespace.namespace()).drop(namespace);
  }

  @Override
  public Optional<Entry> get(NamespaceInfo namespace, Key key) {
    return call().get(namespace, key);
  }

  @Override
  public EntryCursor getAll(NamespaceInfo namespace, Collection<Key> keys) {
    return new RemoteCursor(server.getAll(namespace, keys));
  }

  @Override
  public EntryCursor scan(NamespaceInfo namespace, KeyRange range, long now) {
    return new RemoteCursor(server.scan(namespace, range, now));
  }

  @Override
  public NamespaceWriter writer(NamespaceInfo namespace) {
    return new RemoteWriter(write(namespace.namespace()).writer(namespace));
  }

  @Override
  public long purge(NamespaceInfo cache, long now, long limit, Removals removals) {
    return write(cache.namespace()).purge(cache, now, limit, removals);
  }

  @Override
  public long trim(NamespaceInfo cache, long now, Removals removals) {
    return write(cache.namespace()).trim(cache, now, removals);
  }

  @Override
  public Identities identities() {
    return call().identities();
  }

  @Override
  public AppliedLoads loads() {
    return call().loads();
  }

  @Override
  public void commit() {
    store.commit(server);
  }

  @Override
  public void close() {
    server.close();
  }

  /** Fetches rows many at a time. */
  private final class RemoteCursor implements EntryCursor {
    private final EntryCursor rows;
    private long fetched;

    RemoteCursor(EntryCursor rows) {
      this.rows = rows;
    }

    @Override
    public boolean next() {
      if (fetched++ % RemoteStore.ROWS == 0) {
        call();
      }
      return rows.next();
    }

    @Override
    public byte[] key() {
      return rows.key();
    }

    @Override
    public byte[] value() {
      return rows.value();
    }

    @Override
    public Lifetime lifetime() {
      return rows.lifetime();
    }

    @Override
    public void close() {
      rows.close();
    }
  }

  /** Sends writes many at a time. */
  private final class RemoteWriter implements NamespaceWriter {
    private final NamespaceWriter rows;
    private long held;

    RemoteWriter(NamespaceWriter rows) {
      this.rows = rows;
    }

    private void hold() {
      if (++held == RemoteStore.ROWS) {
        send();
      }
    }

    private void send() {
      if (held > 0) {
        call();
        held = 0;
      }
    }

    @Override
    public void put(byte[] key, byte[] value, Lifetime lifetime, long arrival) {
      rows.put(key, value, lifetime, arrival);
      hold();
    }

    @Override
    public void delete(byte[] key) {
      rows.delete(key);
      hold();
    }

    @Override
    public long deleted() {
      send();
      call();
      return rows.deleted();
    }

    @Override
    public void clear(Removals removals) {
      call();
      rows.clear(removals);
    }

    @Override
    public void close() {
      send();
      rows.close();
    }
  }
}
