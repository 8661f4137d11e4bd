package org.prontodb.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.prontodb.model.Address;
import org.prontodb.model.Entry;
import org.prontodb.model.Key;
import org.prontodb.model.Namespace;
import org.prontodb.model.ProntoException;
import org.prontodb.records.RecordWriter;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.Transaction;

/**
 * Reads records by their keys from one view of the store, until {@link #refresh}. Expired records
 * that it meets in a cache with evict_on_read are removed afterwards, if that needs no waiting.
 */
public final class Lookup implements AutoCloseable {
  private static final int MOST_EVICTIONS = 10_000;

  private final ProntoDb database;
  private final Guard guard;
  private final boolean includeExpired;
  private final Map<Namespace, Optional<NamespaceInfo>> known = new HashMap<>();
  private final List<Address> expired = new ArrayList<>();
  private Transaction view;

  Lookup(ProntoDb database, Guard guard, boolean includeExpired) {
    this.database = database;
    this.guard = guard;
    this.includeExpired = includeExpired;
  }

  /**
   * How many bytes {@link #find} would bring into memory, without reading them; 0 where nothing is.
   */
  public long size(Address address) {
    return known(address).map(namespace -> view.size(namespace, address.key())).orElse(0L);
  }

  private Optional<NamespaceInfo> known(Address address) {
    if (view == null) {
      view = database.read();
    }
    return known.computeIfAbsent(address.namespace(), this::meet);
  }

  /** The record at the address, if it is there and, unless asked otherwise, alive. */
  public Optional<Entry> find(Address address) {
    Optional<NamespaceInfo> namespace = known(address);
    if (namespace.isEmpty()) {
      return Optional.empty();
    }
    Optional<Entry> entry = view.get(namespace.get(), address.key());
    if (includeExpired || entry.isEmpty() || entry.get().isLiveAt(database.now())) {
      return entry;
    }
    if (namespace.get().cache().evictOnRead() && expired.size() < MOST_EVICTIONS) {
      expired.add(address);
    }
    return Optional.empty();
  }

  private Optional<NamespaceInfo> meet(Namespace namespace) {
    guard.read(view, namespace);
    return view.namespace(namespace);
  }

  /** Whether the namespace of an address is known, for a message about a miss. */
  public Optional<NamespaceInfo> namespace(Namespace namespace) {
    return known.getOrDefault(namespace, Optional.empty());
  }

  /** Ends the view: what is found from now on is what is there then. */
  public void refresh() {
    if (view != null) {
      view.close();
      view = null;
      known.clear();
    }
    if (!expired.isEmpty()) {
      evict();
      expired.clear();
    }
  }

  /** A reader has been answered already, so whatever stands in the way of tidying up may stay. */
  private void evict() {
    List<Namespace> namespaces = expired.stream().map(Address::namespace).distinct().toList();
    try (Transaction transaction = database.store().writeIfFree(namespaces).orElse(null)) {
      if (transaction == null) {
        return;
      }
      Map<Namespace, List<Key>> keys = new HashMap<>();
      for (Address address : expired) {
        keys.computeIfAbsent(address.namespace(), name -> new ArrayList<>()).add(address.key());
      }
      keys.forEach(
          (namespace, expiredKeys) -> {
            RecordWriter writer = database.writer(transaction, namespace);
            writer.deleteIfExpired(expiredKeys);
            writer.finish();
          });
      transaction.commit();
    } catch (ProntoException e) {
      // a file that may only be read, for one
    }
  }

  @Override
  public void close() {
    refresh();
  }
}
