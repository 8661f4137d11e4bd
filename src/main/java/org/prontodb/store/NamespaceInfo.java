package org.prontodb.store;

import org.prontodb.model.CacheSettings;
import org.prontodb.model.CompressionSettings;
import org.prontodb.model.Namespace;

/**
 * What a store knows of a namespace without a look at its records.
 *
 * @param cache the settings of a cache, null for a plain namespace
 * @param compression how values are stored; null where none has ever been compressed
 */
public record NamespaceInfo(
    Namespace namespace, CacheSettings cache, CompressionSettings compression) {

  /** A namespace whose values are stored as they are. */
  public NamespaceInfo(Namespace namespace, CacheSettings cache) {
    this(namespace, cache, null);
  }

  public boolean isCache() {
    return cache != null;
  }

  /** Whether values that are written now are compressed. */
  public boolean compresses() {
    return compression != null && compression.on();
  }

  /** The word that discovery shows. */
  public String kind() {
    return isCache() ? "ttl" : "std";
  }
}
