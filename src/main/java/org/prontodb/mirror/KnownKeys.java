package org.prontodb.mirror;

import java.io.IOException;
import org.prontodb.model.Key;
import org.prontodb.model.Namespace;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.Transaction;

/**
 * Tells whether a namespace of the store is the one that was exported, and not one of another
 * database that has the same name: it still has at least one of the exported keys. Goes through the
 * manifest on its own.
 */
final class KnownKeys implements AutoCloseable {
  private final ManifestReader manifest;
  private final Transaction view;

  KnownKeys(Tree tree, Transaction view) throws IOException {
    this.manifest = ManifestReader.of(tree);
    this.view = view;
  }

  /**
   * Whether the namespace has any of the keys that the manifest names. To be asked in the order of
   * the namespaces.
   */
  boolean anyIn(NamespaceInfo info) throws IOException {
    Namespace namespace = info.namespace();
    while (manifest.namespace() == null || manifest.namespace().compareTo(namespace) < 0) {
      if (!manifest.nextNamespace()) {
        return false;
      }
    }
    if (!manifest.namespace().equals(namespace)) {
      return false;
    }
    while (manifest.nextKey()) {
      if (view.get(info, Key.stored(manifest.key())).isPresent()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    manifest.close();
  }
}
