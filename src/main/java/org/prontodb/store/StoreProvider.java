package org.prontodb.store;

import java.net.URI;
import java.util.Set;

/**
 * A kind of store that is named by URLs. Found with {@link java.util.ServiceLoader}: a jar names
 * its class in {@code META-INF/services/org.prontodb.store.StoreProvider}.
 */
public interface StoreProvider {
  /** The schemes of its URLs, in lower case, such as {@code postgres}. */
  Set<String> schemes();

  /**
   * The store of a URL. Nothing need be connected to before the store is first used.
   *
   * @param url has one of {@link #schemes}; messages must not repeat a password in it
   * @throws org.prontodb.model.ProntoException with kind USAGE if the URL says too little or too
   *     much
   */
  Store open(URI url, StoreOptions options);
}
