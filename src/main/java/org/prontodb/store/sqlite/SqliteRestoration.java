package org.prontodb.store.sqlite;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.prontodb.files.NamedOutput;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.store.Restoration;
import org.prontodb.store.Transaction;

/**
 * Puts what was a database in the place of the one that is there. The new content waits in a file
 * beside the database, is looked over, and is then copied into it by SQLite in one transaction, so
 * that whoever has the database open sees the old content or the new. What ends earlier has changed
 * nothing.
 */
final class SqliteRestoration implements Restoration {
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

  private SqliteRestoration(Path database, SqliteOptions options) {
    this.database = database;
    this.options = options;
    this.temporary = TemporaryFile.beside(database, "restore");
    this.file = temporary.path();
  }

  /** Makes room for the new content of a database, which need not be there. */
  static SqliteRestoration of(Path database, SqliteOptions options) {
    DatabaseFile.requireFile(database);
    return new SqliteRestoration(database, options);
  }

  /** The waiting file. */
  @Override
  public OutputStream content() throws IOException {
    OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    return new NamedOutput(
        out,
        "the new content beside database " + SqliteFailure.quoted(database),
        "see that there is room for it; nothing was changed");
  }

  @Override
  public String target() {
    return database.toString();
  }

  @Override
  public long room() throws IOException {
    return Files.getFileStore(file).getUsableSpace();
  }

  /** Also brings the new content to the schema of this release. */
  @Override
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

  @Override
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

  @Override
  public String apply(boolean replaces, boolean withIdentities, String time) {
    String name = database.getFileName() + ".before-restore-" + time;
    Path kept = apply(replaces, withIdentities, database.resolveSibling(name));
    return kept == null ? null : kept.toString();
  }

  /**
   * As above.
   *
   * @param safetyCopy where a copy of the present content is kept; where that name is taken, a
   *     number is appended to it
   * @return where the copy is; null if there was nothing to keep
   */
  Path apply(boolean replaces, boolean withIdentities, Path safetyCopy) {
    prepareDatabase();
    try (Database live = Connections.open(database, options);
        Database incoming = open()) {
      usePageSize(incoming, live.number("PRAGMA page_size"));
      // Read-only, so that the lock for the incoming content does not ask for one here.
      String uri = (Connections.uri(database) + "?mode=ro").replace("'", "''");
      incoming.execute("ATTACH '" + uri + "' AS live");
      Path[] kept = new Path[1];
      live.copyFrom(incoming, () -> kept[0] = keep(incoming, replaces, withIdentities, safetyCopy));
      tidy(live);
      return kept[0];
    }
  }

  /** Brings the database to the state in which one can be read while another writes. */
  private void prepareDatabase() {
    if (SqliteStore.exists(database)) {
      try (SqliteStore store = SqliteStore.open(database, options);
          Transaction transaction = store.write(List.of())) {
        transaction.commit();
      }
    } else {
      DatabaseFile.createIfMissing(database);
      try (Database empty = Connections.open(database, options)) {
        empty.execute("PRAGMA page_size = " + SqliteStore.PAGE_SIZE);
        SqliteStore.useWriteAheadLog(empty);
      }
    }
  }

  /** What is done while nobody else can write, before anything is replaced. */
  private Path keep(Database incoming, boolean replaces, boolean withIdentities, Path safetyCopy) {
    // SQLite does not copy out of a connection that holds the lock for writing.
    Path kept;
    try (Database present = Connections.open(database, options)) {
      present.execute("BEGIN");
      if (present.number("PRAGMA user_version") == 0) {
        return null;
      }
      int count = new Catalog(present).count();
      if (count > 0 && !replaces) {
        throw Restoration.wouldReplace(count);
      }
      kept = keep(present, safetyCopy);
    }
    if (!withIdentities) {
      takeIdentities(incoming);
    }
    return kept;
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

  /** Copies the present content; the copy has its name only when it is complete. */
  private Path keep(Database present, Path safetyCopy) {
    TemporaryFile copy = TemporaryFile.beside(database, "snapshot");
    try {
      present.copyTo(copy.path(), () -> {});
      return putAtFreeName(copy, safetyCopy);
    } catch (IOException e) {
      throw DatabaseFile.uncreatable(safetyCopy, e);
    } finally {
      copy.remove();
    }
  }

  private static Path putAtFreeName(TemporaryFile copy, Path name) throws IOException {
    Path place = name;
    for (int number = 2; ; number++) {
      try {
        copy.putAt(place);
        return place;
      } catch (FileAlreadyExistsException e) {
        place = name.resolveSibling(name.getFileName() + "-" + number);
      }
    }
  }

  /** SQLite copies pages, so both must have the same size. */
  private static void usePageSize(Database incoming, long pageSize) {
    if (incoming.number("PRAGMA page_size") != pageSize) {
      incoming.execute("PRAGMA page_size = " + pageSize);
      incoming.execute("VACUUM");
    }
  }

  private static void takeIdentities(Database incoming) {
    for (String table : IDENTITIES) {
      incoming.execute("DELETE FROM main." + table);
      incoming.execute("INSERT INTO main." + table + " SELECT * FROM live." + table);
    }
  }

  @Override
  public void close() {
    temporary.remove();
  }
}
