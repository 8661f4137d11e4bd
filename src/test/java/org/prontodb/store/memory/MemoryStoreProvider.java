package org.prontodb.store.memory;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.prontodb.store.Store;
import org.prontodb.store.StoreOptions;
import org.prontodb.store.StoreProvider;

/** Stores in memory that last as long as the process, by URLs such as {@code memory:shop}. */
public final class MemoryStoreProvider implements StoreProvider {
  private static final Map<URI, Store> STORES = new ConcurrentHashMap<>();

  @Override
  public Set<String> schemes() {
    return Set.of("memory");
  }

  @Override
  public Store open(URI url, StoreOptions options) {
    return STORES.computeIfAbsent(
        url, u -> new MemoryStore(options.busyTimeoutMillis(), options.adminPassword().get()));
  }
}
