package org.prontodb.store.sqlite;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.prontodb.files.Disk;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;

/**
 * A database in the making, under a name of its own beside the place where it is to be. As nobody
 * else sees it, it needs neither log nor journal: what fails is thrown away as a whole. The commit
 * brings it to the disk and then links it to its place, which succeeds only where nothing is.
 */
final class NewFile implements TransactionEnd {
  private final Path place;
  private final TemporaryFile temporary;
  private final Path file;

  private NewFile(Path place, TemporaryFile temporary) {
    this.place = place;
    this.temporary = temporary;
    this.file = temporary.path();
  }

  static NewFile beside(Path place) {
    return new NewFile(place, TemporaryFile.beside(place, "new"));
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
      Disk.sync(file);
      temporary.putAt(place);
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

  @Override
  public void release(Database database, boolean committed) {
    database.close();
    remove();
  }

  void remove() {
    temporary.remove();
  }
}
