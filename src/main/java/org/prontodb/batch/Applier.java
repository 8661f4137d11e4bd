package org.prontodb.batch;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.prontodb.auth.Access;
import org.prontodb.auth.Authentication;
import org.prontodb.auth.Grants;
import org.prontodb.auth.Identity;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Entry;
import org.prontodb.model.Lifetime;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.records.RecordWriter;
import org.prontodb.store.EntryCursor;
import org.prontodb.store.KeyRange;
import org.prontodb.store.Loads;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.StoreFailure;
import org.prontodb.store.Transaction;

/**
 * Applies what was staged, one transaction a namespace. What may have changed since it was read is
 * checked again inside the transaction.
 */
final class Applier {
  private final LoadTarget target;
  private final LoadOptions options;
  private final EarlyWriter early;
  private final Tee tee;

  /**
   * @param early may have begun with the first namespace
   * @param tee null if no copy is wanted
   */
  Applier(LoadTarget target, LoadOptions options, EarlyWriter early, Tee tee) {
    this.target = target;
    this.options = options;
    this.early = early;
    this.tee = tee;
  }

  /**
   * Carries out one namespace's part of the load.
   *
   * @param rows stands at the namespace's first record, if there is one; behind its last afterwards
   * @param arrivals how many records were staged in all
   * @param last whether no other namespace follows
   */
  NamespaceOutcome apply(
      NamespaceLoad load,
      StagedCursor rows,
      long arrivals,
      Identity identity,
      LoadRecord record,
      LoadLog log,
      boolean last) {
    boolean begun = load.number == 0 && early.hasBegun();
    try (Transaction transaction = begun ? early.finish() : target.store().write(load.namespace)) {
      long now = target.clock().getAsLong();
      confirm(transaction, load, identity, now);
      if (wasApplied(transaction, load, record)) {
        skip(load, rows);
        return NamespaceOutcome.alreadyApplied(load.namespace);
      }
      checkConditions(begun, transaction, load, now);
      RecordWriter writer =
          begun
              ? early.writer()
              : new RecordWriter(transaction, load.namespace, target.rules(), now);
      NamespaceOutcome outcome = new Change(transaction, load, writer, now).write(rows, arrivals);
      if (record.batch() != null) {
        Loads.Batch batch = new Loads.Batch(record.batch(), record.sha256(), now);
        transaction.loads().saveBatch(load.namespace, batch);
      }
      log.add(transaction, outcome, last, now);
      transaction.commit();
      return outcome;
    }
  }

  /**
   * Conditions are about the state before the load. Where records were written early, a view shows
   * that state: no other transaction can have committed to the namespace since the early writer
   * locked it.
   */
  private void checkConditions(
      boolean begun, Transaction transaction, NamespaceLoad load, long now) {
    if (!begun) {
      checkConditions(transaction, load, now);
      return;
    }
    try (Transaction view = target.store().read()) {
      checkConditions(view, load, now);
    }
  }

  private void confirm(Transaction transaction, NamespaceLoad load, Identity identity, long now) {
    if (identity == null) {
      return;
    }
    Authentication authentication = target.authentication();
    authentication.confirm(transaction, identity, now);
    authentication.renew(transaction, identity);
    if (!authentication.mayWrite(transaction, identity, load.namespace)) {
      Problem problem =
          Grants.refusal(identity, Access.WRITE, load.namespace, options.delimiter()).problem();
      throw NamespaceLoad.place(problem, load.chosenAt).asException();
    }
  }

  private static boolean wasApplied(
      Transaction transaction, NamespaceLoad load, LoadRecord record) {
    if (record.batch() == null) {
      return false;
    }
    Optional<Loads.Batch> earlier = transaction.loads().batch(load.namespace, record.batch());
    earlier.ifPresent(batch -> refuseOtherContent(batch, record));
    return earlier.isPresent();
  }

  /** Refuses a batch id that stood for something else before. */
  static void refuseOtherContent(Loads.Batch earlier, LoadRecord record) {
    if (!earlier.sha256().equals(record.sha256())) {
      throw Problem.of(
              Kind.CONTENT,
              "batch \""
                  + earlier.id()
                  + "\" was applied at "
                  + Instant.ofEpochMilli(earlier.appliedAt())
                  + " with other content",
              "give new content a new id; prontodb log shows what was applied")
          .asException();
    }
  }

  /** Refuses if a precondition of the load does not hold in what is committed. */
  static void checkConditions(Transaction transaction, NamespaceLoad load, long now) {
    if (load.preconditions().isEmpty()) {
      return;
    }
    Optional<NamespaceInfo> info = transaction.namespace(load.namespace);
    for (NamespaceLoad.Precondition precondition : load.preconditions()) {
      Optional<Entry> entry = info.flatMap(i -> transaction.getLive(i, precondition.key(), now));
      String violation = precondition.condition().violation(entry.map(Entry::value).orElse(null));
      if (violation != null) {
        Problem problem =
            Problem.of(
                Kind.PRECONDITION,
                "precondition failed: key \"" + precondition.key() + "\" " + violation,
                "read " + load.namespace + " again and decide anew");
        throw NamespaceLoad.place(problem, precondition.place()).asException();
      }
    }
  }

  private static void skip(NamespaceLoad load, StagedCursor rows) {
    while (rows.isIn(load.number)) {
      rows.next();
    }
  }

  /** Creates the load's namespace; a refusal names the place where it was chosen. */
  static void create(RecordWriter writer, NamespaceLoad load) {
    try {
      writer.create(load.createCache);
    } catch (StoreFailure e) {
      throw e;
    } catch (ProntoException e) {
      throw NamespaceLoad.place(e.problem(), load.chosenAt).asException();
    }
  }

  /** The writing of one namespace within its transaction. */
  private final class Change {
    private final Transaction transaction;
    private final NamespaceLoad load;
    private final RecordWriter writer;
    private final long now;
    private final boolean existed;
    private long puts;
    private long deletes;
    private long expired;

    /**
     * @param writer may have written records of the load already
     */
    Change(Transaction transaction, NamespaceLoad load, RecordWriter writer, long now) {
      this.transaction = transaction;
      this.load = load;
      this.writer = writer;
      this.now = now;
      this.existed = writer.exists();
      this.puts = writer.written();
    }

    NamespaceOutcome write(StagedCursor rows, long arrivals) {
      checkKind();
      if (!existed && load.createCache != null) {
        create();
      }
      if (tee != null && existed) {
        tee.namespace(writer.info());
      }
      if (load.replaces() && existed) {
        deleteAbsent(rows);
      }
      if (rows.isIn(load.number)) {
        writeRows(rows, arrivals);
      }
      writer.finish();
      return new NamespaceOutcome(load.namespace, true, puts, deletes, expired, false);
    }

    private void checkKind() {
      boolean isCache = existed ? writer.isCache() : load.createCache != null;
      if (!isCache && load.createCache != null) {
        Problem problem = Refusal.plainAlready(load.namespace).problem();
        throw NamespaceLoad.place(problem, load.createCacheAt).asException();
      }
      if (!isCache && load.expiryAt != null) {
        Problem problem = Refusal.notACache(load.namespace).problem();
        throw NamespaceLoad.place(problem, load.expiryAt).asException();
      }
      if (!isCache && load.isCache) {
        Problem problem = Refusal.noCacheAnyMore(load.namespace).problem();
        throw NamespaceLoad.place(problem, load.chosenAt).asException();
      }
    }

    private void create() {
      Applier.create(writer, load);
      if (tee != null) {
        tee.namespace(writer.info());
      }
    }

    private void writeRows(StagedCursor rows, long arrivals) {
      CacheSettings cache = writer.isCache() ? writer.info().cache() : null;
      CacheWindow window = CacheWindow.over(rows, load.number, arrivals, cache, now);
      boolean cleared = existed && window.fillsCache();
      if (cleared) {
        clear(rows);
      }
      do {
        if (!rows.isDelete()) {
          put(rows, window, existed && !cleared);
        } else if (!cleared) {
          delete(rows.key());
        }
      } while (rows.next() && rows.isIn(load.number));
    }

    /** Empties a cache that the load fills anew, once the deletions have met what is there. */
    private void clear(StagedCursor rows) {
      rows.mark();
      do {
        if (rows.isDelete()
            || (load.replaces() && writer.lifetime(rows.expiry()).isExpiredAt(now))) {
          delete(rows.key());
        }
      } while (rows.next() && rows.isIn(load.number));
      rows.reset();
      writer.evictAll();
    }

    /**
     * @param mayBeThere whether a record of before may have the key
     */
    private void put(StagedCursor rows, CacheWindow window, boolean mayBeThere) {
      if (!writer.exists()) {
        create();
      }
      Lifetime lifetime = writer.lifetime(rows.expiry());
      if (!Lifetime.isLive(lifetime, now)) {
        expired++;
        if (load.replaces() && mayBeThere) {
          delete(rows.key());
        }
        return;
      }
      puts++;
      if (!window.isEvictedAtOnce(rows.sequence())) {
        byte[] key = rows.key();
        byte[] value = rows.value();
        writer.put(key, value, lifetime, rows.sequence());
        if (tee != null) {
          tee.put(key, value, lifetime);
        }
      }
    }

    private void delete(byte[] key) {
      if (!writer.exists()) {
        return;
      }
      if (writer.delete(key)) {
        deletes++;
      }
      if (tee != null) {
        tee.delete(key);
      }
    }

    /** Deletes the keys that the load does not bring; they wait in a staging of their own. */
    private void deleteAbsent(StagedCursor rows) {
      try (Staging absent = new Staging(target.spillFiles())) {
        boolean any = rows.isIn(load.number);
        if (any) {
          rows.mark();
        }
        try (EntryCursor stored =
            transaction.scan(writer.info(), KeyRange.ALL, Transaction.INCLUDE_EXPIRED)) {
          while (stored.next()) {
            byte[] key = stored.key();
            if (!isBrought(rows, key)) {
              absent.delete(0, key);
            }
          }
        }
        if (any) {
          rows.reset();
        }
        StagedCursor keys = absent.read();
        while (keys.next()) {
          delete(keys.key());
        }
      }
    }

    private boolean isBrought(StagedCursor rows, byte[] key) {
      while (rows.isIn(load.number)) {
        int order = Arrays.compareUnsigned(rows.key(), key);
        if (order >= 0) {
          return order == 0;
        }
        rows.next();
      }
      return false;
    }
  }

  /** The namespaces in the order of their commits, for a report that names what did not happen. */
  static List<NamespaceLoad> withWork(List<NamespaceLoad> loads) {
    return loads.stream().filter(NamespaceLoad::hasWork).toList();
  }
}
