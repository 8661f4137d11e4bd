package org.prontodb.app;

import org.prontodb.json.JsonWriter;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Expiry;
import org.prontodb.model.Instants;
import org.prontodb.model.Lifetime;
import org.prontodb.model.Namespace;
import org.prontodb.store.EntryCursor;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.Transaction;

/** Walks over records of a namespace in the order of their keys, in flat memory. */
public final class Listing implements AutoCloseable {
  private final Transaction view;
  private final NamespaceInfo namespace;
  private final EntryCursor cursor;
  private final long now;

  Listing(Transaction view, NamespaceInfo namespace, EntryCursor cursor, long now) {
    this.view = view;
    this.namespace = namespace;
    this.cursor = cursor;
    this.now = now;
  }

  /** Moves to the next record; false behind the last. */
  public boolean next() {
    return cursor.next();
  }

  /** The UTF-8 of the key. */
  public byte[] key() {
    return cursor.key();
  }

  public byte[] value() {
    return cursor.value();
  }

  /** Null outside caches. */
  public Lifetime lifetime() {
    return cursor.lifetime();
  }

  /** When the record ends, as a writer is told of it; null outside caches. */
  public Expiry expiry() {
    Lifetime lifetime = cursor.lifetime();
    return lifetime == null ? null : new Expiry.At(lifetime.expiresAt());
  }

  public Namespace namespace() {
    return namespace.namespace();
  }

  /** The settings of a cache, null for a plain namespace. */
  public CacheSettings cache() {
    return namespace.cache();
  }

  /**
   * Adds the record to an object that was begun: {@code k}, {@code v} or {@code b64}, and in caches
   * {@code ttl} and {@code expires}.
   *
   * @param base64 whether the value is to be {@code b64} in any case
   */
  public void appendTo(JsonWriter json, boolean withValue, boolean base64) {
    json.text("k", key());
    if (withValue) {
      if (base64) {
        json.base64(value());
      } else {
        json.value(value());
      }
    }
    Lifetime lifetime = lifetime();
    if (lifetime != null) {
      json.field("ttl", lifetime.secondsLeftAt(now));
      json.field("expires", Instants.format(lifetime.expiresAt()));
    }
  }

  /** When the listing began, in milliseconds since the epoch: the time it is about. */
  public long now() {
    return now;
  }

  @Override
  public void close() {
    try (view;
        cursor) {
      // both, the cursor first
    }
  }
}
