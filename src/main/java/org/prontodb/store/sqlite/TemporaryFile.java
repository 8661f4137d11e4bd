package org.prontodb.store.sqlite;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.prontodb.files.Disk;
import org.prontodb.files.TemporaryName;

/**
 * A file of ours beside a database, while something is being made. Its name tells which process is
 * at work, so that what a killed one left is removed by the next that makes such a file.
 */
final class TemporaryFile {
  private static final String[] SUFFIXES = {".new", ".snapshot", ".restore"};

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
    Path file = TemporaryName.in(folder(database), prefix(database), "." + suffix);
    DatabaseFile.create(file);
    removeAbandoned(database);
    return new TemporaryFile(file);
  }

  private static String prefix(Path database) {
    return "." + database.getFileName() + ".";
  }

  Path path() {
    return path;
  }

  /** Removes what killed processes have left beside a database. */
  static void removeAbandoned(Path database) {
    TemporaryName.removeAbandoned(folder(database), prefix(database), SUFFIXES);
  }

  private static Path folder(Path database) {
    return database.toAbsolutePath().getParent();
  }

  /**
   * Gives the file, which is complete and on the disk, its own name, for good; fails where
   * something has that name.
   */
  void putAt(Path place) throws IOException {
    try {
      Files.createLink(place, path);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | IOException e) {
      // A file system without links: the moment between the look and the move has to be risked.
      Files.move(path, place);
    }
    try {
      Disk.syncFolder(place.toAbsolutePath().getParent());
    } catch (IOException e) {
      // What is told to have failed is not to be there.
      Files.deleteIfExists(place);
      throw e;
    }
  }

  void remove() {
    TemporaryName.remove(path);
  }
}
