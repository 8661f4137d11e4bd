package org.prontodb.install;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.prontodb.files.OwnerOnly;

/** A folder and all that is in it. Links are never followed. */
record FileTree(Path top) {
  private static final int ATTEMPTS = 20;

  /** What every SQLite database begins with: https://www.sqlite.org/fileformat.html */
  private static final byte[] DATABASE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  /** Makes a folder and those above it that are missing, which nobody else may enter. */
  static void createFolder(Path folder) throws IOException {
    OwnerOnly.createFolders(folder);
  }

  /** Copies it to a place where there is nothing yet, with modes and times. */
  void copyTo(Path target) throws IOException {
    for (Path path : paths()) {
      Path copy = target.resolve(top.relativize(path));
      Files.copy(path, copy, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
      if (Files.isDirectory(copy, LinkOption.NOFOLLOW_LINKS)) {
        makeWritable(copy);
      }
    }
  }

  /** A folder that is read-only where it comes from has to take its files, and be removed again. */
  private static void makeWritable(Path folder) throws IOException {
    Set<PosixFilePermission> permissions =
        EnumSet.copyOf(Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS));
    if (permissions.add(PosixFilePermission.OWNER_WRITE)) {
      Files.setPosixFilePermissions(folder, permissions);
    }
  }

  /** Whether the other has the same files, by name, size and time. */
  boolean looksLike(FileTree other) throws IOException {
    if (!Files.isDirectory(other.top)) {
      return false;
    }
    List<Path> mine = paths();
    if (mine.size() != other.paths().size()) {
      return false;
    }
    for (Path path : mine) {
      Path theirs = other.top.resolve(top.relativize(path));
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      if (!Files.exists(theirs, LinkOption.NOFOLLOW_LINKS)
          || Files.size(path) != Files.size(theirs)
          || !Files.getLastModifiedTime(path).equals(Files.getLastModifiedTime(theirs))) {
        return false;
      }
    }
    return true;
  }

  /** Deletes all of it, also what others add or delete meanwhile. */
  void delete() throws IOException {
    for (int attempt = 1; Files.exists(top, LinkOption.NOFOLLOW_LINKS); attempt++) {
      try {
        for (Path path : paths().reversed()) {
          Files.deleteIfExists(path);
        }
      } catch (DirectoryNotEmptyException | NoSuchFileException | UncheckedIOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** The SQLite databases in it, while another process may replace or remove it. */
  List<Path> databases() throws IOException {
    for (int attempt = 1; Files.exists(top, LinkOption.NOFOLLOW_LINKS); attempt++) {
      try {
        List<Path> databases = new ArrayList<>();
        for (Path path : paths()) {
          if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && isDatabase(path)) {
            databases.add(path);
          }
        }
        return databases;
      } catch (NoSuchFileException | UncheckedIOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
    return List.of();
  }

  private static boolean isDatabase(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(DATABASE.length), DATABASE);
    }
  }

  /** Everything in it, each folder before what it holds. */
  private List<Path> paths() throws IOException {
    try (Stream<Path> paths = Files.walk(top)) {
      return paths.toList();
    }
  }
}
