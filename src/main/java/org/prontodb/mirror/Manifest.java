package org.prontodb.mirror;

import java.util.Arrays;
import java.util.Objects;

/**
 * What an export leaves beside the files, so that the next export or import can tell what has
 * changed since: JSON, an object a line. The first says what it is; then come the namespaces in
 * their order, each with its kind and settings, and behind each its records in the order of their
 * keys, with the SHA-256 of the file and in caches the instant of expiry.
 */
final class Manifest {
  /** Its file, at the top of the tree. */
  static final String FILE = ".prontodb-manifest.jsonl";

  /** The next one, while an export is under way: it tells what that export has written so far. */
  static final String JOURNAL = ".prontodb-manifest.part";

  static final int VERSION = 1;

  static final String TITLE = "prontodb_mirror";
  static final String PROJECT = "project";
  static final String NAMESPACE = "namespace";
  static final String KIND = "kind";
  static final String TIMEOUT = "timeout_sec";
  static final String MAX_ITEMS = "max_items";
  static final String EVICT_ON_READ = "evict_on_read";
  static final String KEY = "k";
  static final String SHA256 = "sha256";
  static final String EXPIRES = "expires";

  private Manifest() {}

  /**
   * What is known of a record's file.
   *
   * @param sha256 of the bytes that were written
   * @param expiresAt in milliseconds since the epoch, or null outside caches
   */
  record Known(byte[] sha256, Long expiresAt) {
    boolean says(Known other) {
      return Arrays.equals(sha256, other.sha256) && Objects.equals(expiresAt, other.expiresAt);
    }
  }
}
