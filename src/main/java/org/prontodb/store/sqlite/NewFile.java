package org.prontodb.store.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;

/**
 * A database in the making, under a name of its own beside the place where it is to be. As nobody
 * else sees it, it needs neither log nor journal: what fails is thrown away as a whole. The commit
 * brings it to the disk and then links it to its place, which succeeds only where nothing is.
 *
 * <p>The name tells which process is at work, so that what a killed one left can be removed.
 */
final class NewFile implements TransactionEnd {
  private static final String SUFFIX = ".new";

  private final Path place;
  private final Path file;

  private NewFile(Path place, Path file) {
    this.place = place;
    this.file = file;
  }

  static NewFile beside(Path place) {
    long process = ProcessHandle.current().pid();
    String unique = process + "-" + Long.toHexString(System.nanoTime());
    Path file = place.resolveSibling(prefix(place) + unique + SUFFIX);
    DatabaseFile.createIfMissing(file);
    removeAbandoned(place);
    return new NewFile(place, file);
  }

  private static String prefix(Path place) {
    return "." + place.getFileName() + ".";
  }

  Database open(SqliteOptions options) {
    Database database = Connections.open(file, options);
    database.execute("PRAGMA page_size = " + SqliteStore.PAGE_SIZE);
    database.execute("PRAGMA journal_mode = OFF");
    database.execute("PRAGMA synchronous = OFF");
    database.execute("BEGIN IMMEDIATE");
    Schema.migrate(database);
    return database;
  }

  @Override
  public void commit(Database database) {
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      throw tooLate(null);
    }
    database.execute("COMMIT");
    database.execute("PRAGMA journal_mode = WAL");
    database.close();
    try {
      toDisk(file, StandardOpenOption.WRITE);
      putInPlace();
      toDisk(place.toAbsolutePath().getParent(), StandardOpenOption.READ);
    } catch (FileAlreadyExistsException e) {
      throw tooLate(e);
    } catch (IOException e) {
      throw DatabaseFile.uncreatable(place, e);
    }
  }

  private ProntoException tooLate(IOException cause) {
    return new ProntoException(
        Problem.of(
            Kind.BUSY,
            "another process has made database " + SqliteFailure.quoted(place) + " meanwhile",
            "try again; nothing was changed"),
        cause);
  }

  private void putInPlace() throws IOException {
    try {
      Files.createLink(place, file);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | IOException e) {
      // A file system without links: the moment between the look and the move has to be risked.
      Files.move(file, place);
    }
  }

  private static void toDisk(Path path, StandardOpenOption access) throws IOException {
    try (FileChannel channel = FileChannel.open(path, access)) {
      channel.force(true);
    }
  }

  @Override
  public void release(Database database, boolean committed) {
    database.close();
    remove();
  }

  void remove() {
    remove(file);
  }

  private static void removeAbandoned(Path place) {
    Path folder = place.toAbsolutePath().getParent();
    Pattern abandoned =
        Pattern.compile(Pattern.quote(prefix(place)) + "(\\d{1,9})-\\p{XDigit}+\\" + SUFFIX);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Matcher name = abandoned.matcher(file.getFileName().toString());
        if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
          remove(file);
        }
      }
    } catch (IOException e) {
      // Somebody else's litter is no reason not to work.
      return;
    }
  }

  private static void remove(Path file) {
    for (String suffix : List.of("", "-wal", "-shm")) {
      try {
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
      } catch (IOException e) {
        // It is ours to tidy up, not to fail for; the next one that makes a database tries again.
        continue;
      }
    }
  }
}
