package org.prontodb.backup;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The SHA-256 of each file of an archive, as {@code sha256sum} writes and checks them. */
final class Checksums {
  private final Map<String, String> sums = new LinkedHashMap<>();

  void add(String name, MessageDigest complete) {
    sums.put(name, HexFormat.of().formatHex(complete.digest()));
  }

  byte[] toBytes() {
    StringBuilder lines = new StringBuilder();
    sums.forEach((name, sum) -> lines.append(sum).append("  ").append(name).append('\n'));
    return lines.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether {@code file} lists just these sums. */
  boolean matches(byte[] file) {
    return MessageDigest.isEqual(toBytes(), file);
  }
}
