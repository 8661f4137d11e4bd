package org.prontodb.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** Which disk is full: SQLite does not say, and calls some cases of it an I/O error. */
final class FreeSpace {
  /** Less than what SQLite needs to begin: the file through which readers and writers meet. */
  private static final long NEXT_TO_NOTHING = 64 << 10;

  private FreeSpace() {}

  /** Whether nothing can be put beside a database any more. */
  static boolean isUsedUpBeside(Path database) {
    return in(database.toAbsolutePath().resolveSibling("")) < NEXT_TO_NOTHING;
  }

  /** Whether a folder is on another disk than a database, with less room than there. */
  static boolean isScarcerIn(Path folder, Path database) {
    return in(folder) < in(database.toAbsolutePath().resolveSibling(""));
  }

  /** Bytes that can be written; as many as there are if nobody knows. */
  private static long in(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  /** Where SQLite puts its temporary files: unixTempFileDir in its os_unix.c. */
  static Path temporaryFolder() {
    return Stream.of(
            System.getenv("SQLITE_TMPDIR"), System.getenv("TMPDIR"), "/var/tmp", "/usr/tmp", "/tmp")
        .filter(Objects::nonNull)
        .map(Path::of)
        .filter(folder -> Files.isDirectory(folder) && Files.isWritable(folder))
        .findFirst()
        .orElse(Path.of("").toAbsolutePath());
  }
}
