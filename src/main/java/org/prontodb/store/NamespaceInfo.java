package org.prontodb.store;

import org.prontodb.model.CacheSettings;
import org.prontodb.model.Namespace;

/**
 * What a store knows of a namespace without a look at its records.
 *
 * @param table the backend's name for where the records are
 * @param cache the settings of a cache, null for a plain namespace
 */
public record NamespaceInfo(Namespace namespace, String table, CacheSettings cache) {
  public boolean isCache() {
    return cache != null;
  }

  /** The word that discovery shows. */
  public String kind() {
    return isCache() ? "ttl" : "std";
  }
}
