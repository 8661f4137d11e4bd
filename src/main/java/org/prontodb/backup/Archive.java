package org.prontodb.backup;

import java.util.List;

/**
 * What a backup is: a tar archive, compressed, with these files. The checksums cover those before
 * them, in this order.
 */
final class Archive {
  static final String DATABASE = "pronto.db";
  static final String CONFIGURATION = "pronto.conf";
  static final String MANIFEST = "manifest.json";
  static final String CHECKSUMS = "SHA256SUMS";

  /** In the order in which they stand in an archive; all but the configuration are always there. */
  static final List<String> FILES = List.of(DATABASE, CONFIGURATION, MANIFEST, CHECKSUMS);

  /** No file but the database is larger. */
  static final int SMALL_FILE = 1 << 20;

  private Archive() {}
}
