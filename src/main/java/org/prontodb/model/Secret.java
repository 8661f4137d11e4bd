package org.prontodb.model;

import java.nio.charset.StandardCharsets;

/** A password or key on its way to being verified. Printing it shows nothing of it. */
public final class Secret {
  private final byte[] utf8;

  public Secret(byte[] utf8) {
    this.utf8 = utf8.clone();
  }

  public static Secret of(String text) {
    return new Secret(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The secret's bytes, for hashing only. */
  public byte[] reveal() {
    return utf8.clone();
  }

  @Override
  public String toString() {
    return "[secret]";
  }
}
