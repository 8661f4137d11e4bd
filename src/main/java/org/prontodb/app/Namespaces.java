package org.prontodb.app;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.CompressionSettings;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.records.RecordWriter;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.Transaction;

/** Caches, and the life and death of namespaces. */
public final class Namespaces {
  private final ProntoDb database;

  Namespaces(ProntoDb database) {
    this.database = database;
  }

  /**
   * Makes a cache.
   *
   * @return false if it was there already, with the same settings
   * @throws ProntoException with kind FAILED if it has other settings or is no cache
   */
  public boolean createCache(Namespace name, CacheSettings settings) {
    return database.write(
        name,
        transaction -> {
          RecordWriter writer = database.writer(transaction, name);
          if (!writer.exists()) {
            writer.create(settings);
            return true;
          }
          if (!writer.isCache()) {
            throw refused(
                database.shown(name) + " is there already and is not a cache",
                "choose another name, or remove it with its records: \"prontodb admin drop-ns\"");
          }
          if (!writer.info().cache().equals(settings)) {
            throw refused(
                database.shown(name) + " is a cache already, with other settings",
                "\"prontodb admin set-cache\" changes them");
          }
          return false;
        });
  }

  /** Changes settings of a cache. */
  public void changeCache(Namespace name, UnaryOperator<CacheSettings> change) {
    database.change(
        name,
        transaction -> {
          NamespaceInfo cache = requireCache(transaction, name);
          transaction.change(cache, change.apply(cache.cache()));
          return 1;
        });
  }

  /**
   * Changes how a namespace stores the values that are written from now on.
   *
   * @param creates whether a namespace that is not there yet is made, as a plain one
   */
  public void changeCompression(
      Namespace name, boolean creates, UnaryOperator<CompressionSettings> change) {
    if (!creates) {
      database.requireExisting();
    }
    database.write(
        name,
        transaction -> {
          RecordWriter writer = database.writer(transaction, name);
          if (creates && !writer.exists()) {
            writer.create(null);
          }
          NamespaceInfo namespace = database.require(transaction, name);
          CompressionSettings present =
              namespace.compression() == null ? CompressionSettings.NONE : namespace.compression();
          CompressionSettings changed = change.apply(present);
          // A namespace that was never compressed has no column for the codec.
          if (!changed.equals(present)) {
            transaction.change(namespace, changed);
          }
          return null;
        });
  }

  /** Removes a cache and its records. */
  public void dropCache(Namespace name) {
    database.change(
        name,
        transaction -> {
          NamespaceInfo namespace = database.require(transaction, name);
          if (!namespace.isCache()) {
            throw Problem.of(
                    Kind.NOT_A_CACHE,
                    database.shown(name) + " is not a cache",
                    "\"prontodb admin drop-ns\" removes a namespace of either kind")
                .asException();
          }
          database.writer(transaction, name).drop();
          return 1;
        });
  }

  /** Removes a namespace of any kind and its records. */
  public void drop(Namespace name) {
    database.change(
        name,
        transaction -> {
          database.require(transaction, name);
          database.writer(transaction, name).drop();
          return 1;
        });
  }

  /** Removes what has expired in a cache; answers how many records that were. */
  public long purge(Namespace name) {
    database.read(transaction -> requireCache(transaction, name));
    return purgeInPortions(name);
  }

  /** Removes what has expired in all caches; answers how many records that were. */
  public long purgeAll() {
    List<NamespaceInfo> all = database.read(Transaction::namespaces);
    return all.stream()
        .filter(NamespaceInfo::isCache)
        .mapToLong(cache -> purgeInPortions(cache.namespace()))
        .sum();
  }

  /** Removes in many transactions, so that other writers get through in between. */
  private long purgeInPortions(Namespace name) {
    long now = database.now();
    PurgePace pace = new PurgePace();
    long total = 0;
    while (true) {
      long most = pace.size();
      long begun = System.nanoTime();
      long removed = purge(name, now, most);
      total += removed;
      if (removed < most) {
        return total;
      }
      pace.took(System.nanoTime() - begun);
      LockSupport.parkNanos(pace.restNanos());
    }
  }

  private long purge(Namespace name, long now, long most) {
    return database.change(
        name,
        transaction -> {
          RecordWriter writer = database.writer(transaction, name, now);
          long removed = writer.purge(most);
          writer.finish();
          return removed;
        });
  }

  private NamespaceInfo requireCache(Transaction transaction, Namespace name) {
    NamespaceInfo namespace = database.require(transaction, name);
    if (!namespace.isCache()) {
      throw database.records().notACache(name);
    }
    return namespace;
  }

  private static ProntoException refused(String message, String hint) {
    return Problem.of(Kind.FAILED, message, hint).asException();
  }
}
