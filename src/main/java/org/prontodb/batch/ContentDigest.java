package org.prontodb.batch;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
      several = sha256();
      several.update(only);
    }
    several.update(next);
  }

  String hex() {
    if (several != null) {
      only = several.digest();
      several = null;
    }
    return HexFormat.of().formatHex(only == null ? sha256().digest() : only);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
