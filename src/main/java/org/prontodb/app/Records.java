package org.prontodb.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.prontodb.model.Address;
import org.prontodb.model.Entry;
import org.prontodb.model.Expiry;
import org.prontodb.model.Key;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;
import org.prontodb.records.Condition;
import org.prontodb.records.RecordWriter;
import org.prontodb.store.EntryCursor;
import org.prontodb.store.KeyRange;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.Transaction;

/** Reading and writing records directly, each call a transaction. */
public final class Records {
  private final ProntoDb database;
  private final Guard guard;
  private final SharedWrites shared;

  /**
   * @param shared what commits single writes together with those of other threads, or null
   */
  Records(ProntoDb database, Guard guard, SharedWrites shared) {
    this.database = database;
    this.guard = guard;
    this.shared = shared;
  }

  /** A reader of single records. */
  public Lookup lookup(boolean includeExpired) {
    return new Lookup(database, guard, includeExpired);
  }

  /**
   * Writes a record, and brings its namespace into being where it is missing.
   *
   * @param expiry the life it is to have in a cache, or null for the cache's own
   * @throws ProntoException with kind NOT_A_CACHE if an expiry is asked outside of a cache, with
   *     PRECONDITION if the condition does not hold; nothing is written then
   */
  public void set(Address address, byte[] value, Expiry expiry, Condition condition) {
    if (!database.exists()) {
      checkExpiry(address.namespace(), null, expiry);
      check(address, null, condition);
    }
    database.write(
        address.namespace(),
        transaction -> {
          RecordWriter writer = writer(transaction, address.namespace());
          checkExpiry(address.namespace(), writer.info(), expiry);
          if (!(condition instanceof Condition.None)) {
            check(address, writer.live(address.key()).orElse(null), condition);
          }
          put(writer, address.key(), value, expiry);
          return null;
        });
  }

  /** As {@link #set}, in a database that is there, and answers whether the record is a new one. */
  public boolean put(Address address, byte[] value, Expiry expiry, Condition condition) {
    return commit(
        address.namespace(),
        (transaction, permissions) -> {
          permissions.require(guard, transaction, address.namespace());
          RecordWriter writer = database.writer(transaction, address.namespace());
          checkExpiry(address.namespace(), writer.info(), expiry);
          boolean present = isPresent(writer, address, condition);
          writer.requireRoom();
          return () -> {
            put(writer, address.key(), value, expiry);
            return !present;
          };
        });
  }

  /**
   * Deletes a record if the condition holds.
   *
   * @return whether it was there; an expired one was not, and goes all the same
   * @throws ProntoException with kind PRECONDITION if the condition does not hold
   */
  public boolean delete(Address address, Condition condition) {
    return commit(
        address.namespace(),
        (transaction, permissions) -> {
          permissions.require(guard, transaction, address.namespace());
          RecordWriter writer = database.writer(transaction, address.namespace());
          if (!(condition instanceof Condition.None)) {
            check(address, writer.live(address.key()).orElse(null), condition);
          }
          return () -> {
            writer.delete(address.key().utf8());
            writer.finish();
            return writer.deleted() > 0;
          };
        });
  }

  private boolean isPresent(RecordWriter writer, Address address, Condition condition) {
    Entry present = writer.live(address.key()).orElse(null);
    check(address, present, condition);
    return present != null;
  }

  private <T> T commit(Namespace namespace, SharedWrites.Write<T> write) {
    return shared == null
        ? database.write(
            namespace, transaction -> write.prepare(transaction, new Permissions()).get())
        : shared.commit(namespace, write);
  }

  /** A writer of what the caller may write. */
  private RecordWriter writer(Transaction transaction, Namespace namespace) {
    guard.write(transaction, namespace);
    return database.writer(transaction, namespace);
  }

  private static void put(RecordWriter writer, Key key, byte[] value, Expiry expiry) {
    if (!writer.exists()) {
      writer.create(null);
    }
    writer.put(key.utf8(), value, writer.lifetime(expiry), 1);
    writer.finish();
  }

  /**
   * Gives a record of a cache a new life from now on; its place in the order of arrival is that of
   * a new record.
   *
   * @throws ProntoException with kind NOT_FOUND if it is not there, NOT_A_CACHE outside of a cache,
   *     PRECONDITION if the condition does not hold
   */
  public void touch(Address address, Expiry expiry, Condition condition) {
    database.change(
        address.namespace(),
        transaction -> {
          guard.write(transaction, address.namespace());
          database.require(transaction, address.namespace());
          RecordWriter writer = database.writer(transaction, address.namespace());
          checkExpiry(address.namespace(), writer.info(), expiry);
          Entry entry = writer.live(address.key()).orElseThrow(() -> missing(address));
          check(address, entry, condition);
          put(writer, address.key(), entry.value(), expiry);
          return 1;
        });
  }

  /**
   * Deletes records in one transaction.
   *
   * @return how many were there; an expired one was not, and goes all the same
   */
  public long delete(List<Address> addresses) {
    return database.change(
        addresses.stream().map(Address::namespace).distinct().toList(),
        transaction -> {
          Map<Namespace, RecordWriter> writers = new LinkedHashMap<>();
          for (Address address : addresses) {
            writers
                .computeIfAbsent(address.namespace(), name -> writer(transaction, name))
                .delete(address.key().utf8());
          }
          writers.values().forEach(RecordWriter::finish);
          return writers.values().stream().mapToLong(RecordWriter::deleted).sum();
        });
  }

  /** Deletes the records of a range in one transaction; answers how many were there. */
  public long delete(Namespace namespace, KeyRange range) {
    return database.change(
        namespace,
        transaction -> {
          guard.write(transaction, namespace);
          database.require(transaction, namespace);
          RecordWriter writer = database.writer(transaction, namespace);
          writer.delete(range);
          writer.finish();
          return writer.deleted();
        });
  }

  /**
   * How many bytes the largest of the first records that {@link #list} would answer brings into
   * memory, without reading it.
   *
   * @throws ProntoException with kind NOT_FOUND if there is no such namespace
   */
  public long largest(Namespace namespace, KeyRange range, int limit) {
    return database.read(
        view -> {
          guard.read(view, namespace);
          return view.largest(database.require(view, namespace), range, database.now(), limit);
        });
  }

  /**
   * The records of a range, from one view, which the caller closes.
   *
   * @throws ProntoException with kind NOT_FOUND if there is no such namespace
   */
  public Listing list(Namespace namespace, KeyRange range, boolean includeExpired) {
    return list(database.read(), namespace, range, includeExpired, Transaction::scan);
  }

  /** As {@link #list}, for one who wants the values of most or all records. */
  public Listing listAll(Namespace namespace, KeyRange range, boolean includeExpired) {
    return list(database.readBulk(), namespace, range, includeExpired, Transaction::scanAhead);
  }

  private interface Scan {
    EntryCursor of(Transaction view, NamespaceInfo namespace, KeyRange range, long now);
  }

  private Listing list(
      Transaction view, Namespace namespace, KeyRange range, boolean includeExpired, Scan scan) {
    try {
      guard.read(view, namespace);
      long now = database.now();
      NamespaceInfo info = database.require(view, namespace);
      EntryCursor cursor =
          scan.of(view, info, range, includeExpired ? Transaction.INCLUDE_EXPIRED : now);
      return new Listing(view, info, cursor, now);
    } catch (ProntoException e) {
      view.close();
      throw e;
    }
  }

  /** The problem of a record that is not there, which also tells of a namespace that is not. */
  public ProntoException missing(Address address, Lookup lookup) {
    if (lookup.namespace(address.namespace()).isPresent()) {
      return missing(address);
    }
    return Problem.of(
            Kind.NOT_FOUND,
            missing(address).getMessage(),
            "there is no namespace " + database.shown(address.namespace()))
        .asException();
  }

  /** The problem of a record that is not there. */
  public ProntoException missing(Address address) {
    return Problem.of(
            Kind.NOT_FOUND, "not found: " + Text.visible(address.path(database.delimiter())))
        .asException();
  }

  /** The problem of an expiry asked of a namespace that is there and is no cache. */
  public ProntoException notACache(Namespace namespace) {
    return notACache(
        namespace,
        "only namespaces made with \"prontodb admin create-cache P.N 'timeout=60'\" are caches");
  }

  private ProntoException notACache(Namespace namespace, String hint) {
    return Problem.of(
            Kind.NOT_A_CACHE,
            database.shown(namespace) + " is not a cache, so its records do not expire",
            hint)
        .asException();
  }

  private void checkExpiry(Namespace name, NamespaceInfo namespace, Expiry expiry) {
    if (expiry == null || (namespace != null && namespace.isCache())) {
      return;
    }
    if (namespace != null) {
      throw notACache(name);
    }
    throw notACache(
        name, "make it one: prontodb admin create-cache " + database.shown(name) + " 'timeout=60'");
  }

  private void check(Address address, Entry present, Condition condition) {
    String violation = condition.violation(present == null ? null : present.value());
    if (violation != null) {
      String path = Text.visible(address.path(database.delimiter()));
      throw Problem.of(Kind.PRECONDITION, path + " " + violation + "; nothing was written")
          .asException();
    }
  }
}
