package org.prontodb.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.prontodb.model.Address;
import org.prontodb.model.Entry;
import org.prontodb.model.Expiry;
import org.prontodb.model.Key;
import org.prontodb.model.Lifetime;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;
import org.prontodb.store.EntryCursor;
import org.prontodb.store.KeyRange;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.TableWriter;
import org.prontodb.store.Transaction;

/** Reading and writing records directly, each call a transaction. */
public final class Records {
  private static final int KEYS_AT_A_TIME = 1000;

  private final ProntoDb database;
  private final Guard guard;

  Records(ProntoDb database, Guard guard) {
    this.database = database;
    this.guard = guard;
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
        transaction -> {
          guard.write(transaction, address.namespace());
          NamespaceInfo namespace = transaction.namespace(address.namespace()).orElse(null);
          checkExpiry(address.namespace(), namespace, expiry);
          if (!(condition instanceof Condition.None)) {
            check(address, present(transaction, namespace, address), condition);
          }
          put(transaction, namespace, address, value, expiry);
          return null;
        });
  }

  /** As {@link #set}, in a database that is there, and answers whether the record is a new one. */
  public boolean put(Address address, byte[] value, Expiry expiry, Condition condition) {
    return database.write(
        transaction -> {
          guard.write(transaction, address.namespace());
          NamespaceInfo namespace = transaction.namespace(address.namespace()).orElse(null);
          checkExpiry(address.namespace(), namespace, expiry);
          Entry present = present(transaction, namespace, address);
          check(address, present, condition);
          put(transaction, namespace, address, value, expiry);
          return present == null;
        });
  }

  /**
   * Deletes a record if the condition holds.
   *
   * @return whether it was there; an expired one was not, and goes all the same
   * @throws ProntoException with kind PRECONDITION if the condition does not hold
   */
  public boolean delete(Address address, Condition condition) {
    return database.write(
        transaction -> {
          guard.write(transaction, address.namespace());
          NamespaceInfo namespace = transaction.namespace(address.namespace()).orElse(null);
          Entry present = present(transaction, namespace, address);
          check(address, present, condition);
          if (namespace != null) {
            try (TableWriter writer = transaction.writer(namespace)) {
              writer.delete(address.key().utf8());
            }
          }
          return present != null;
        });
  }

  private Entry present(Transaction transaction, NamespaceInfo namespace, Address address) {
    return namespace == null ? null : alive(transaction, namespace, address, database.now());
  }

  private void put(
      Transaction transaction, NamespaceInfo known, Address address, byte[] value, Expiry expiry) {
    NamespaceInfo namespace =
        known == null ? database.create(transaction, address.namespace(), null) : known;
    put(transaction, namespace, address.key(), value, expiry, database.now());
  }

  /**
   * Gives a record of a cache a new life from now on; its place in the order of arrival is that of
   * a new record.
   *
   * @throws ProntoException with kind NOT_FOUND if it is not there, NOT_A_CACHE outside of a cache
   */
  public void touch(Address address, Expiry expiry) {
    database.change(
        transaction -> {
          guard.write(transaction, address.namespace());
          long now = database.now();
          NamespaceInfo namespace = database.require(transaction, address.namespace());
          checkExpiry(address.namespace(), namespace, expiry);
          Entry entry = alive(transaction, namespace, address, now);
          if (entry == null) {
            throw missing(address);
          }
          put(transaction, namespace, address.key(), entry.value(), expiry, now);
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
        transaction -> {
          long deleted = 0;
          for (Address address : addresses) {
            guard.write(transaction, address.namespace());
            Optional<NamespaceInfo> namespace = transaction.namespace(address.namespace());
            if (namespace.isPresent()) {
              boolean there = alive(transaction, namespace.get(), address, database.now()) != null;
              try (TableWriter writer = transaction.writer(namespace.get())) {
                writer.delete(address.key().utf8());
              }
              deleted += there ? 1 : 0;
            }
          }
          return deleted;
        });
  }

  /** Deletes the records of a range in one transaction; answers how many were there. */
  public long delete(Namespace name, KeyRange range) {
    return database.change(
        transaction -> {
          guard.write(transaction, name);
          NamespaceInfo namespace = database.require(transaction, name);
          long now = database.now();
          long deleted = 0;
          KeyRange rest = range;
          while (true) {
            List<byte[]> keys = new ArrayList<>();
            try (EntryCursor cursor =
                transaction.scan(namespace, rest, Transaction.INCLUDE_EXPIRED)) {
              while (keys.size() < KEYS_AT_A_TIME && cursor.next()) {
                keys.add(cursor.key());
                boolean dead = cursor.lifetime() != null && cursor.lifetime().isExpiredAt(now);
                deleted += dead ? 0 : 1;
              }
            }
            if (keys.isEmpty()) {
              return deleted;
            }
            try (TableWriter writer = transaction.writer(namespace)) {
              keys.forEach(writer::delete);
            }
            rest = rest.after(keys.getLast());
          }
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

  /** The problem of a record that is not there. */
  public ProntoException missing(Address address) {
    return Problem.of(
            Kind.NOT_FOUND, "not found: " + Text.visible(address.path(database.delimiter())))
        .asException();
  }

  private void put(
      Transaction transaction,
      NamespaceInfo namespace,
      Key key,
      byte[] value,
      Expiry expiry,
      long now) {
    Lifetime lifetime = null;
    long sequence = 0;
    if (namespace.isCache()) {
      lifetime = Lifetime.of(expiry == null ? Expiry.DEFAULT : expiry, namespace.cache(), now);
      sequence = transaction.lastSequence(namespace) + 1;
    }
    try (TableWriter writer = transaction.writer(namespace)) {
      writer.put(key.utf8(), value, lifetime, sequence);
    }
    if (namespace.isCache()) {
      transaction.trim(namespace, now);
    }
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
    switch (condition) {
      case Condition.None none -> {}
      case Condition.Absent absent -> {
        if (present != null) {
          throw unmet(address, " is there already");
        }
      }
      case Condition.Passes test -> {
        if (!test.holds().test(present == null ? null : present.value())) {
          throw unmet(address, present == null ? " is not there" : " is not as you expect it");
        }
      }
      case Condition.Equal equal -> {
        if (present == null) {
          throw unmet(address, " is not there");
        }
        if (!Arrays.equals(present.value(), equal.value())) {
          throw unmet(address, " has another value");
        }
      }
    }
  }

  private ProntoException unmet(Address address, String state) {
    String path = Text.visible(address.path(database.delimiter()));
    return Problem.of(Kind.PRECONDITION, path + state + "; nothing was written").asException();
  }

  private static Entry alive(
      Transaction transaction, NamespaceInfo namespace, Address address, long now) {
    return transaction
        .get(namespace, address.key())
        .filter(entry -> entry.lifetime() == null || !entry.lifetime().isExpiredAt(now))
        .orElse(null);
  }
}
