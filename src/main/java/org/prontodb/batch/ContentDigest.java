package org.prontodb.batch;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.prontodb.model.Sha256;

/** The SHA-256 of a load: its only file's, or that of its files' digests if there are several. */
final class ContentDigest {
  private byte[] only;
  private MessageDigest several;

  void add(CommandReader reader) {
    byte[] next = reader.sha256();
    if (only == null) {
      only = next;
      return;
    }
    if (several == null) {
      several = Sha256.digest();
      several.update(only);
    }
    several.update(next);
  }

  String hex() {
    if (several != null) {
      only = several.digest();
      several = null;
    }
    return HexFormat.of().formatHex(only == null ? Sha256.digest().digest() : only);
  }
}
