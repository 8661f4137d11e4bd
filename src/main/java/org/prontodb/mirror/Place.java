package org.prontodb.mirror;

import org.prontodb.model.Namespace;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Sha256;

/**
 * Where a record's file is.
 *
 * @param key UTF-8
 */
record Place(Namespace namespace, byte[] key, TreePath path) {

  /** What the file says of a value. */
  byte[] content(byte[] value) {
    return FileContent.of(value, this);
  }

  /** The SHA-256 of what an export would write for what the file says; null if it says nothing. */
  byte[] canonicalHash(byte[] there) {
    try {
      return Sha256.of(content(FileContent.parse(there, path.toString()).value()));
    } catch (ProntoException e) {
      return null;
    }
  }
}
