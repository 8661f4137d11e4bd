package org.prontodb.store.sqlite;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.store.Maintenance;
import org.prontodb.store.Store;
import org.prontodb.store.Transaction;

/**
 * A store in one SQLite file. It has one lock for all that write, whatever they write into. Each
 * transaction has a connection to itself while it lasts, so that a reader keeps its view while a
 * writer commits. Any thread may use the store, one thread at a time a transaction.
 */
public final class SqliteStore implements Store {
  /** In bytes, chosen by measurement: docs/decisions/0001-table-layout.md. */
  static final int PAGE_SIZE = 8192;

  /**
   * In a file of fewer bytes, no namespace is large enough for a second connection to save the time
   * that it takes to open it.
   */
  static final int WORTH_A_TWIN = 4 << 20;

  private static final int RETRY_MILLIS = 5;

  private final Path file;
  private final SqliteOptions options;
  private final ConnectionPool pool;

  /**
   * The writers of this process wait here for each other, in their order. Left to SQLite they would
   * poll the lock, which is neither fair nor possible for more threads than the machine runs at
   * once.
   */
  private final Semaphore writers = new Semaphore(1, true);

  private SqliteStore(Path file, SqliteOptions options) {
    this.file = file;
    this.options = options;
    this.pool = new ConnectionPool(file);
  }

  /**
   * The store in {@code file}. The first transaction that writes creates the file where it is
   * missing, with mode 0600, and folders above it with mode 0700; nothing else does.
   */
  public static SqliteStore open(Path file, SqliteOptions options) {
    DatabaseFile.requireFile(file);
    return new SqliteStore(file, options);
  }

  /**
   * The file that a path leads to through symbolic links, which need not be there. All that is done
   * with a database is done by this name.
   *
   * @throws ProntoException if that can not be found out, or a link leads nowhere
   */
  public static Path locate(Path file) {
    return DatabaseFile.resolve(file);
  }

  /** Whether there is something to read: an empty file is a database to come. */
  public static boolean exists(Path file) {
    return DatabaseFile.hasContent(file);
  }

  @Override
  public boolean exists() {
    return exists(file);
  }

  @Override
  public Transaction read() {
    Database database = beginReading();
    return database == null ? EmptyDatabase.read(file, options) : transaction(database, null);
  }

  private Transaction transaction(Database database, Database twin) {
    return new SqliteTransaction(database, twin, pool);
  }

  @Override
  public Transaction readBulk() {
    if (DatabaseFile.size(file) < WORTH_A_TWIN) {
      return read();
    }
    Twin twin = Twin.open(file, options);
    try {
      Database database = beginReading();
      if (database == null) {
        twin.close();
        return EmptyDatabase.read(file, options);
      }
      return transaction(database, twin.join(database));
    } catch (ProntoException e) {
      twin.close();
      throw e;
    }
  }

  /** Null while there is nothing in the database, or no database. */
  private Database beginReading() {
    Database database = pool.take();
    if (database == null && !exists()) {
      return null;
    }
    if (database == null) {
      database = Connections.openForReading(file, options);
    }
    try {
      database.execute("BEGIN");
      if (Schema.isCreated(database)) {
        return database;
      }
      // A writer, of this process perhaps, has the file open but has committed nothing yet.
      pool.release(database, false);
      return null;
    } catch (ProntoException e) {
      database.close();
      throw e;
    }
  }

  @Override
  public Transaction write(List<Namespace> namespaces) {
    if (!awaitTurn(options.busyTimeoutMillis())) {
      throw SqliteFailure.busy(file, options);
    }
    try {
      return write(openForWriting());
    } catch (RuntimeException e) {
      writers.release();
      throw e;
    }
  }

  private boolean awaitTurn(int millis) {
    try {
      return writers.tryAcquire(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public Optional<Transaction> writeIfFree(List<Namespace> namespaces) {
    if (!writers.tryAcquire()) {
      return Optional.empty();
    }
    try {
      Optional<Transaction> transaction = writeWithoutWaiting();
      if (transaction.isEmpty()) {
        writers.release();
      }
      return transaction;
    } catch (RuntimeException e) {
      writers.release();
      throw e;
    }
  }

  private Optional<Transaction> writeWithoutWaiting() {
    Database database = openForWriting();
    database.waitForLocks(0);
    try {
      Transaction transaction = write(database);
      database.waitForLocks(options.busyTimeoutMillis());
      return Optional.of(transaction);
    } catch (ProntoException e) {
      if (e.problem().kind() == Kind.BUSY) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public Transaction writeBulk(Namespace namespace) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      // One that was killed may have put its file in place and have left its other name.
      TemporaryFile.removeAbandoned(file);
      return write(namespace);
    }
    NewFile newFile = NewFile.beside(file);
    try {
      return new SqliteTransaction(newFile.open(options), newFile);
    } catch (ProntoException e) {
      newFile.remove();
      throw e;
    }
  }

  private Transaction write(Database database) {
    try {
      Schema.requireOurs(database);
      database.execute("PRAGMA synchronous = " + (options.synchronousFull() ? "FULL" : "NORMAL"));
      // Of use to a new file alone.
      database.execute("PRAGMA page_size = " + PAGE_SIZE);
      useWriteAheadLog(database);
      database.execute("BEGIN IMMEDIATE");
      Schema.migrate(database);
      return new SqliteTransaction(database, new WriterEnd(pool, writers));
    } catch (ProntoException e) {
      database.close();
      throw e;
    }
  }

  private Database openForWriting() {
    Database database = pool.take();
    if (database != null) {
      return database;
    }
    if (!Files.exists(file)) {
      TemporaryFile.removeAbandoned(file);
      DatabaseFile.createIfMissing(file);
    }
    return Connections.open(file, options);
  }

  /**
   * Switches a file that is new, or that somebody switched back. This is the one statement for
   * which SQLite does not wait by itself.
   */
  static void useWriteAheadLog(Database database) {
    long deadline = System.nanoTime() + database.options().busyTimeoutMillis() * 1_000_000L;
    while (true) {
      try {
        database.executeOrThrow("PRAGMA journal_mode = WAL");
        return;
      } catch (SQLException e) {
        if (!SqliteFailure.isBusy(e) || System.nanoTime() > deadline) {
          throw database.failure(e);
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Optional<Maintenance> maintenance() {
    return Optional.of(new SqliteMaintenance(this, file, options));
  }

  void vacuum() {
    Database database = openForWriting();
    try {
      Schema.requireOurs(database);
      database.execute("VACUUM");
      database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } finally {
      pool.giveBack(database);
    }
  }

  @Override
  public List<String> check() {
    try (SqliteTransaction transaction = (SqliteTransaction) read()) {
      return transaction.check();
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
