package org.prontodb.store.sqlite;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.prontodb.files.NamedOutput;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.store.Transaction;

/**
 * Puts what was a database in the place of the one that is there. The new content waits in a file
 * beside the database, is looked over, and is then copied into it by SQLite in one transaction, so
 * that whoever has the database open sees the old content or the new. What ends earlier has changed
 * nothing.
 */
public final class Restoration implements AutoCloseable {
  /** The tables of what {@link org.prontodb.store.Identities} tells of. */
  private static final List<String> IDENTITIES =
      List.of("sec_users", "sec_api_keys", "sec_sessions", "sec_grants", "sec_audit");

  private static final String OTHER_THAN_TABLES =
      "SELECT count(*) FROM sqlite_schema"
          + " WHERE type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%'";

  private final Path database;
  private final SqliteOptions options;
  private final TemporaryFile temporary;
  private final Path file;
  private int namespaces;

  private Restoration(Path database, SqliteOptions options) {
    this.database = database;
    this.options = options;
    this.temporary = TemporaryFile.beside(database, "restore");
    this.file = temporary.path();
  }

  /** Makes room for the new content of a database, which need not be there. */
  public static Restoration of(Path database, SqliteOptions options) {
    DatabaseFile.requireFile(database);
    return new Restoration(database, options);
  }

  /** The waiting file, which the new content is to be written to. */
  public OutputStream content() throws IOException {
    OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    return new NamedOutput(
        out,
        "the new content beside database " + SqliteFailure.quoted(database),
        "see that there is room for it; nothing was changed");
  }

  /** The file whose content is to be replaced. */
  public Path database() {
    return database;
  }

  /** How many bytes the waiting file may take. */
  public long room() throws IOException {
    return Files.getFileStore(file).getUsableSpace();
  }

  /**
   * Reads all of the new content, refuses what is damaged or none of ours, and brings it to the
   * schema of this release.
   *
   * @throws ProntoException with kind CONTENT
   */
  public void verify() {
    DatabaseFile.requireFile(file);
    try (Database incoming = open()) {
      requireOurs(incoming);
      incoming.execute("BEGIN IMMEDIATE");
      Schema.migrate(incoming);
      incoming.execute("COMMIT");
      requireSound(incoming);
      namespaces = new Catalog(incoming).list().size();
    } catch (ProntoException e) {
      boolean known = e.problem().kind() == Kind.CONTENT || SqliteFailure.isOfSurroundings(e);
      throw known ? e : refused(e.problem().message(), e);
    }
  }

  /** How many namespaces are in the new content, once it is verified. */
  public int namespaces() {
    return namespaces;
  }

  private Database open() {
    Database incoming = Connections.open(file, options);
    try {
      // Nobody else knows this file, and what fails is thrown away as a whole.
      incoming.execute("PRAGMA trusted_schema = OFF");
      incoming.execute("PRAGMA journal_mode = OFF");
      incoming.execute("PRAGMA synchronous = OFF");
      return incoming;
    } catch (ProntoException e) {
      incoming.close();
      throw e;
    }
  }

  private static void requireOurs(Database incoming) {
    if (incoming.number("PRAGMA application_id") != Schema.APPLICATION_ID) {
      throw refused("it is no database of ProntoDB", null);
    }
    long version = incoming.number("PRAGMA user_version");
    if (version < 1 || version > Schema.VERSION) {
      throw refused(
          "it has schema version %d, this release knows versions 1 to %d"
              .formatted(version, Schema.VERSION),
          null);
    }
    // One could give the sender rights here long after the restore.
    if (incoming.number(OTHER_THAN_TABLES) > 0) {
      throw refused(
          "it has triggers, views or virtual tables, which no database of ProntoDB has", null);
    }
  }

  private static void requireSound(Database incoming) {
    List<String> damages = SqliteTransaction.damages(incoming);
    if (!damages.isEmpty()) {
      throw refused("it is damaged: " + damages.getFirst(), null);
    }
  }

  private static ProntoException refused(String why, ProntoException cause) {
    return new ProntoException(
        Problem.of(
            Kind.CONTENT,
            "the database in the backup can not be used: " + why,
            "restore another backup; nothing was changed"),
        cause);
  }

  /**
   * Copies the verified content into the database.
   *
   * @param withIdentities whether users, keys, sessions and grants are those of the new content;
   *     else they stay as they are, where there is a database
   * @param safetyCopy where a copy of the present content is kept; nothing is written there while
   *     there is no database
   */
  public void apply(boolean withIdentities, Path safetyCopy) {
    boolean replaces = SqliteStore.exists(database);
    DatabaseFile.createIfMissing(database);
    if (replaces) {
      bringUpToDate();
    }
    try (Database live = Connections.open(database, options)) {
      if (replaces) {
        // Writers wait from here on, so that the copy has all that will have been committed. Only
        // between this lock and that of the copying can one get through that comes at the moment.
        live.execute("BEGIN IMMEDIATE");
        keep(safetyCopy);
        prepare(live.number("PRAGMA page_size"), withIdentities);
        live.execute("ROLLBACK");
      }
      live.copyFrom(file);
      tidy(live);
    }
  }

  /** The content is replaced by now: what fails here is done by the next one who writes. */
  private static void tidy(Database live) {
    try {
      live.execute("PRAGMA journal_mode = WAL");
      // Empties the log, unless somebody still reads the old content: to wait for them would keep
      // all writers waiting, too.
      live.waitForLocks(0);
      live.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (ProntoException e) {
      return;
    }
  }

  private void bringUpToDate() {
    try (SqliteStore store = SqliteStore.open(database, options);
        Transaction transaction = store.write()) {
      transaction.commit();
    }
  }

  /** Copies the present content; the copy has its name only when it is complete. */
  private void keep(Path safetyCopy) {
    TemporaryFile copy = TemporaryFile.beside(database, "snapshot");
    // SQLite does not copy out of a connection that holds the lock for writing.
    try (Database present = Connections.open(database, options)) {
      present.execute("BEGIN");
      present.number("PRAGMA user_version");
      present.copyTo(copy.path(), () -> {});
      copy.putAt(safetyCopy);
    } catch (IOException e) {
      throw DatabaseFile.uncreatable(safetyCopy, e);
    } finally {
      copy.remove();
    }
  }

  /** Gives the new content what it must have in common with the database that it goes into. */
  private void prepare(long pageSize, boolean withIdentities) {
    try (Database incoming = open()) {
      if (!withIdentities) {
        takeIdentities(incoming);
      }
      if (incoming.number("PRAGMA page_size") != pageSize) {
        incoming.execute("PRAGMA page_size = " + pageSize);
        incoming.execute("VACUUM");
      }
    }
  }

  private void takeIdentities(Database incoming) {
    incoming.execute("ATTACH '" + Connections.uri(database).replace("'", "''") + "' AS live");
    incoming.execute("BEGIN");
    for (String table : IDENTITIES) {
      incoming.execute("DELETE FROM main." + table);
      incoming.execute("INSERT INTO main." + table + " SELECT * FROM live." + table);
    }
    incoming.execute("COMMIT");
    incoming.execute("DETACH live");
  }

  @Override
  public void close() {
    temporary.remove();
  }
}
