package org.prontodb.store.sqlite;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of ours beside a database, while something is being made. Its name tells which process is
 * at work, so that what a killed one left is removed by the next that makes such a file.
 */
final class TemporaryFile {
  private static final Pattern REST =
      Pattern.compile("(\\d{1,9})-\\p{XDigit}+\\.(new|snapshot|restore)(-wal|-shm|-journal)?");

  private final Path path;

  private TemporaryFile(Path path) {
    this.path = path;
  }

  /**
   * An empty file that nobody but its owner may read.
   *
   * @param suffix new, snapshot or restore
   */
  static TemporaryFile beside(Path database, String suffix) {
    String unique = ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());
    Path file = database.resolveSibling(prefix(database) + unique + "." + suffix);
    DatabaseFile.createIfMissing(file);
    removeAbandoned(database);
    return new TemporaryFile(file);
  }

  private static String prefix(Path database) {
    return "." + database.getFileName() + ".";
  }

  Path path() {
    return path;
  }

  private static void removeAbandoned(Path database) {
    String prefix = prefix(database);
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(database.toAbsolutePath().getParent())) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.startsWith(prefix)) {
          Matcher rest = REST.matcher(name.substring(prefix.length()));
          if (rest.matches() && ProcessHandle.of(Long.parseLong(rest.group(1))).isEmpty()) {
            remove(file);
          }
        }
      }
    } catch (IOException e) {
      // Somebody else's litter is no reason not to work.
      return;
    }
  }

  /** Gives the file, which is complete, its own name; fails where something has that name. */
  void putAt(Path place) throws IOException {
    try {
      Files.createLink(place, path);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | IOException e) {
      // A file system without links: the moment between the look and the move has to be risked.
      Files.move(path, place);
    }
  }

  void remove() {
    remove(path);
  }

  private static void remove(Path file) {
    for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
      try {
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
      } catch (IOException e) {
        // It is ours to tidy up, not to fail for; the next one that makes such a file tries again.
        continue;
      }
    }
  }
}
