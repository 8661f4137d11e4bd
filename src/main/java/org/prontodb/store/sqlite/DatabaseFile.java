package org.prontodb.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import org.prontodb.files.Disk;
import org.prontodb.files.OwnerOnly;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.store.StoreFailure;

/** The file of a database, before SQLite sees it: nobody but its owner may look into it. */
final class DatabaseFile {
  /** MAX_PATHNAME in SQLite's os_unix.c, less the longest that it appends. */
  private static final int LONGEST_PATH = 512 - "-journal".length() - 1;

  private static final String CHOOSE = "choose a ProntoDB database with -d";

  private static final String LOOP = "its symbolic links lead in a circle";

  private DatabaseFile() {}

  /**
   * The file that a path leads to through symbolic links: SQLite's other files stand beside that
   * one. What is missing of it may be created.
   *
   * @throws ProntoException if that can not be found out, or a link leads nowhere
   */
  static Path resolve(Path path) {
    try {
      return inText(path.toRealPath(), path.toAbsolutePath());
    } catch (NoSuchFileException e) {
      return inText(resolveMissing(path.toAbsolutePath()), path.toAbsolutePath());
    } catch (IOException e) {
      throw unreachable(path, e);
    }
  }

  /** The JDK has no text for a name that is not UTF-8; another path to the same folder will do. */
  private static Path inText(Path resolved, Path path) {
    if (Path.of(resolved.toString()).equals(resolved)) {
      return resolved;
    }
    if (Files.isSymbolicLink(path)) {
      throw failed(
          "database %s leads to a name that is not UTF-8".formatted(SqliteFailure.quoted(path)),
          CHOOSE);
    }
    return path;
  }

  private static Path resolveMissing(Path path) {
    for (Path above = path; above != null; above = above.getParent()) {
      try {
        return above.toRealPath().resolve(above.relativize(path)).normalize();
      } catch (NoSuchFileException e) {
        if (Files.isSymbolicLink(above)) {
          throw failed(
              "database %s can not be reached: the link %s leads to nothing"
                  .formatted(SqliteFailure.quoted(path), SqliteFailure.quoted(above)),
              "remove the link, or create what it leads to; " + CHOOSE);
        }
        // what is above it may be there
      } catch (IOException e) {
        throw unreachable(path, e);
      }
    }
    return path;
  }

  /**
   * Makes an empty file, and the folders above it, where there is none. One thread at a time,
   * because closing a file drops every lock that this process has on it.
   */
  static synchronized void createIfMissing(Path file) {
    if (Files.exists(file)) {
      return;
    }
    try {
      createFolder(file.getParent());
      // SQLite gives its -wal and -shm the mode of this file.
      OwnerOnly.createFile(file);
    } catch (FileAlreadyExistsException e) {
      if (!Files.exists(file)) {
        throw uncreatable(file, e);
      }
    } catch (IOException e) {
      throw uncreatable(file, e);
    }
  }

  /** Makes an empty file where nothing may be yet, not even a link. */
  static void create(Path file) {
    try {
      createFolder(file.getParent());
      OwnerOnly.createFile(file);
    } catch (IOException e) {
      throw uncreatable(file, e);
    }
  }

  private static void createFolder(Path folder) throws IOException {
    if (folder != null && !Files.isDirectory(folder)) {
      createFolders(folder);
    }
  }

  /** SQLite brings the name of its file to the disk, but knows nothing of the folders above. */
  private static void createFolders(Path folder) throws IOException {
    for (Path made : OwnerOnly.createFolders(folder)) {
      Disk.syncFolder(made.resolveSibling(""));
    }
  }

  /** Refuses what SQLite should not even open. */
  static void requireFile(Path file) {
    if (file.toAbsolutePath().toString().getBytes(UTF_8).length > LONGEST_PATH) {
      throw failed(
          "the path of database %s is longer than the %d bytes that SQLite takes"
              .formatted(SqliteFailure.quoted(file), LONGEST_PATH),
          "choose a shorter one with -d");
    }
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (IOException e) {
      return;
    }
    String name = SqliteFailure.quoted(file);
    if (attributes.isDirectory()) {
      throw failed("database " + name + " is a folder", "name a file in it with -d");
    }
    if (!attributes.isRegularFile()) {
      throw failed("database " + name + " is not a regular file", CHOOSE);
    }
    if (attributes.size() == 1) {
      // SQLite would take it for an empty one: see unixFileSize in its os_unix.c.
      throw failed("file " + name + " is not a database", CHOOSE);
    }
  }

  /**
   * What tells this file from another that takes its name later, or null if there is none, or no
   * way to tell.
   */
  static Object identity(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Whether there is something in the file: an empty one is a database to come.
   *
   * @throws ProntoException if that can not be found out
   */
  static boolean hasContent(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isRegularFile() && attributes.size() == 0) {
        file.getFileSystem().provider().checkAccess(file, AccessMode.READ);
        return false;
      }
      return true;
    } catch (NoSuchFileException e) {
      resolve(file); // a link that leads nowhere is not an absent database
      return false;
    } catch (IOException e) {
      throw unreachable(file, e);
    }
  }

  /** In bytes; 0 where it can not be told. */
  static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * Whether a writer has left something beside the file without which it is no state of the
   * database: changes that are not in it yet, or what undoes half of them.
   */
  static boolean hasLog(Path file) {
    return isFilled(file, "-wal") || isFilled(file, "-journal");
  }

  private static boolean isFilled(Path file, String suffix) {
    Path companion = file.resolveSibling(file.getFileName() + suffix);
    try {
      return Files.size(companion) > 0;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw unreachable(file, e);
    }
  }

  /** Where it can not even be told whether there is a database. */
  static ProntoException unreachable(Path file, IOException cause) {
    String message = "database " + SqliteFailure.quoted(file) + " can not be reached: ";
    Problem problem =
        switch (cause) {
          case AccessDeniedException denied ->
              Problem.of(
                  Kind.FAILED,
                  message + "permission denied",
                  "this account must be allowed to enter all folders above it and to read it; "
                      + CHOOSE);
          case FileSystemLoopException loop -> Problem.of(Kind.FAILED, message + LOOP, CHOOSE);
          case FileSystemException failed when failed.getReason() != null ->
              Problem.of(Kind.FAILED, message + reason(failed.getReason()), CHOOSE);
          default -> Problem.of(Kind.FAILED, message + cause.getMessage(), CHOOSE);
        };
    return new StoreFailure(problem, cause);
  }

  /** The operating system's sentence as part of ours. */
  private static String reason(String said) {
    String words = said.startsWith("Too many levels") ? LOOP : said;
    return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
  }

  static ProntoException uncreatable(Path file, IOException cause) {
    String message = "database " + SqliteFailure.quoted(file) + " can not be created";
    Problem problem =
        cause instanceof FileSystemException failed && failed.getReason() != null
            ? Problem.of(Kind.FAILED, message + ": " + failed.getReason(), "look at its disk")
            : Problem.of(Kind.FAILED, message, "make sure that you may write to its folder");
    return new StoreFailure(problem, cause);
  }

  private static ProntoException failed(String message, String hint) {
    return Problem.of(Kind.FAILED, message, hint).asException();
  }
}
