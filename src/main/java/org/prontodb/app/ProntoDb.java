package org.prontodb.app;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.prontodb.auth.Identity;
import org.prontodb.auth.InitialPassword;
import org.prontodb.config.Configuration;
import org.prontodb.config.DatabaseLocation;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;
import org.prontodb.records.Observers;
import org.prontodb.records.RecordWriter;
import org.prontodb.records.WriteRules;
import org.prontodb.store.Maintenance;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.Store;
import org.prontodb.store.StoreOptions;
import org.prontodb.store.Transaction;

/**
 * A database as its users see it: what the command line and a server both call. Nothing is opened
 * before it is needed; writing brings a missing database into being, reading says that there is
 * none.
 */
public final class ProntoDb implements AutoCloseable {
  private final Configuration configuration;
  private final Delimiter delimiter;
  private final DatabaseLocation location;
  private final InstantSource clock;
  private final InitialPassword initialPassword;
  private Store store;
  private SharedWrites sharedWrites;

  /**
   * @param location where it is; it need not be there
   * @param clock the only source of time
   */
  public ProntoDb(Configuration configuration, DatabaseLocation location, InstantSource clock) {
    this.configuration = configuration;
    this.delimiter = configuration.delimiter();
    this.location = location;
    this.clock = clock;
    this.initialPassword = new InitialPassword(configuration.initialPassword().orElse(null));
  }

  /** Single records and those of a prefix. */
  public Records records() {
    return new Records(this, Guard.OWNER, null);
  }

  /**
   * As {@link #records()}, as far as this identity's grants go; for many threads at once, whose
   * single writes are committed together.
   */
  public Records records(Identity identity) {
    return new Records(this, new Guard.Of(this, identity), sharedWrites());
  }

  /** Made for servers alone, on whose threads writes meet. */
  private synchronized SharedWrites sharedWrites() {
    if (sharedWrites == null) {
      sharedWrites = new SharedWrites(this);
    }
    return sharedWrites;
  }

  /** Copying and moving records. */
  public Transfers transfers() {
    return new Transfers(this, Guard.OWNER);
  }

  /** Records that count. */
  public Counters counters() {
    return new Counters(this, Guard.OWNER);
  }

  /** Caches, and the life and death of namespaces. */
  public Namespaces namespaces() {
    return new Namespaces(this);
  }

  /** Loads of many records. */
  public Loader loader() {
    return new Loader(this);
  }

  /** The records as files of a folder. */
  public Mirror mirror() {
    return new Mirror(this);
  }

  /** Which loads were applied. */
  public OperationLog history() {
    return new OperationLog(this);
  }

  /**
   * Users, API keys, sessions and grants.
   *
   * @param by whom the audit log is to name for changes
   */
  public Accounts accounts(String by) {
    return new Accounts(this, by);
  }

  /**
   * Safety copies of the whole database.
   *
   * @param environment for the programs that encrypt and decrypt
   */
  public Backups backups(Map<String, String> environment) {
    return new Backups(this, environment);
  }

  /** What there is. */
  public Discovery discovery() {
    return new Discovery(this, Guard.OWNER);
  }

  /** What this identity may read of it. */
  public Discovery discovery(Identity identity) {
    return new Discovery(this, new Guard.Of(this, identity));
  }

  /** Whether there is something to read. */
  public boolean exists() {
    return store().exists();
  }

  /** Brings a missing database into being, with what a new one holds; answers whether it did. */
  public boolean create() {
    boolean missing = !exists();
    if (missing) {
      write(List.of(), transaction -> true);
    }
    return missing;
  }

  /** Gives the space of what was deleted back to the file system. */
  public void vacuum() {
    requireExisting();
    maintenance("admin vacuum").compact();
  }

  /** Reads everything and says what is damaged, a sentence each. */
  public List<String> check() {
    requireExisting();
    return store().check();
  }

  public Configuration configuration() {
    return configuration;
  }

  /** The database's file itself, whatever link leads to it; null where it is no file. */
  public Path file() {
    return Stores.file(location);
  }

  /** What messages call the database. */
  public String place() {
    return Text.visible(location.shown());
  }

  /** Milliseconds since the epoch. */
  long now() {
    return clock.millis();
  }

  /** A view of what is there now, which the caller closes. */
  Transaction read() {
    requireExisting();
    return store().read();
  }

  /** As {@link #read}, for one who reads many records. */
  Transaction readBulk() {
    requireExisting();
    return store().readBulk();
  }

  /** What {@code work} answers from one view. */
  <T> T read(Function<Transaction, T> work) {
    try (Transaction transaction = read()) {
      return work.apply(transaction);
    }
  }

  /** Does {@code work} in one transaction on a namespace, which is undone if it throws. */
  <T> T write(Namespace namespace, Function<Transaction, T> work) {
    return write(List.of(namespace), work);
  }

  /** As above, on several namespaces, or on what is not of a namespace. */
  <T> T write(List<Namespace> namespaces, Function<Transaction, T> work) {
    try (Transaction transaction = store().write(namespaces)) {
      T answer = work.apply(transaction);
      transaction.commit();
      return answer;
    }
  }

  /** As {@link #write(Namespace, Function)}, in a database that has to be there. */
  long change(Namespace namespace, ToLongFunction<Transaction> work) {
    return change(List.of(namespace), work);
  }

  /** As {@link #write(List, Function)}, in a database that has to be there. */
  long change(List<Namespace> namespaces, ToLongFunction<Transaction> work) {
    requireExisting();
    return write(namespaces, work::applyAsLong);
  }

  /**
   * What works on all of the database at once.
   *
   * @param command that asks for it
   * @throws ProntoException with kind FAILED where the kind of store has other programs for it
   */
  Maintenance maintenance(String command) {
    return store()
        .maintenance()
        .orElseThrow(
            () ->
                Problem.of(
                        Kind.FAILED,
                        "\"prontodb " + command + "\" is not for this kind of database",
                        "use the programs that come with it")
                    .asException());
  }

  /** The store itself, for what the facade has no words for. */
  public Store store() {
    if (store == null) {
      store =
          Stores.open(
              location,
              new StoreOptions(
                  configuration.busyTimeout(),
                  configuration.durable(),
                  initialPassword,
                  configuration.environment()));
    }
    return store;
  }

  /** What the store knows of a namespace that has to be there. */
  NamespaceInfo require(Transaction transaction, Namespace namespace) {
    return transaction
        .namespace(namespace)
        .orElseThrow(
            () ->
                Problem.of(
                        Kind.NOT_FOUND,
                        "there is no namespace " + shown(namespace),
                        "\"prontodb nss\" lists those there are")
                    .asException());
  }

  /** What holds for every write: where observers of transactions are named. */
  WriteRules writeRules() {
    return new WriteRules(configuration.maxNamespaces(), Observers.NONE);
  }

  /** Writes records of a namespace, which need not exist, at the present time. */
  RecordWriter writer(Transaction transaction, Namespace namespace) {
    return writer(transaction, namespace, now());
  }

  /**
   * As above.
   *
   * @param now the time at which records are live or expired, in milliseconds since the epoch
   */
  RecordWriter writer(Transaction transaction, Namespace namespace, long now) {
    return new RecordWriter(transaction, namespace, writeRules(), now);
  }

  /** A namespace's name in a message. */
  String shown(Namespace namespace) {
    return Text.visible(namespace.path(delimiter()));
  }

  Delimiter delimiter() {
    return delimiter;
  }

  void requireExisting() {
    if (!exists()) {
      throw Problem.of(
              Kind.NOT_FOUND,
              "there is nothing yet: no database at " + place(),
              "the first write creates it; -d and PRONTO_DB name another")
          .asException();
    }
  }

  @Override
  public void close() {
    if (store != null) {
      store.close();
    }
  }
}
