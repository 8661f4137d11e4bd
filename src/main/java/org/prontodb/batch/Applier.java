package org.prontodb.batch;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.prontodb.auth.Access;
import org.prontodb.auth.Authentication;
import org.prontodb.auth.Grants;
import org.prontodb.auth.Identity;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Entry;
import org.prontodb.model.Key;
import org.prontodb.model.Lifetime;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.store.EntryCursor;
import org.prontodb.store.KeyRange;
import org.prontodb.store.Loads;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.Store;
import org.prontodb.store.TableWriter;
import org.prontodb.store.Transaction;

/**
 * Applies what was staged, one transaction a namespace. What may have changed since it was read is
 * checked again inside the transaction.
 */
final class Applier {
  private final Store store;
  private final Authentication authentication;
  private final LoadOptions options;
  private final LongSupplier clock;
  private final SpillFiles spillFiles;
  private final EarlyWriter early;
  private final Tee tee;

  /**
   * @param early may have begun with the first namespace
   * @param tee null if nobody wants a copy
   */
  Applier(
      Store store,
      Authentication authentication,
      LoadOptions options,
      LongSupplier clock,
      SpillFiles spillFiles,
      EarlyWriter early,
      Tee tee) {
    this.store = store;
    this.authentication = authentication;
    this.options = options;
    this.clock = clock;
    this.spillFiles = spillFiles;
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
    try (Transaction transaction = begun ? early.finish() : store.write()) {
      long now = clock.getAsLong();
      confirm(transaction, load, identity, now);
      if (wasApplied(transaction, load, record)) {
        skip(load, rows);
        return NamespaceOutcome.alreadyApplied(load.namespace);
      }
      checkConditions(begun, transaction, load, now);
      NamespaceOutcome outcome = new Change(transaction, load, now).write(rows, arrivals);
      if (record.batch() != null) {
        Loads.Batch batch = new Loads.Batch(record.batch(), record.sha256(), now);
        transaction.loads().saveBatch(load.namespace, batch);
      }
      log.add(transaction, outcome, last, now);
      transaction.commit();
      return outcome;
    }
  }

  /** What has been written early is not to be met: the lock is held, so a view shows the rest. */
  private void checkConditions(
      boolean begun, Transaction transaction, NamespaceLoad load, long now) {
    if (!begun) {
      checkConditions(transaction, load, now);
      return;
    }
    try (Transaction view = store.read()) {
      checkConditions(view, load, now);
    }
  }

  private void confirm(Transaction transaction, NamespaceLoad load, Identity identity, long now) {
    if (identity == null) {
      return;
    }
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
    if (load.conditions().isEmpty()) {
      return;
    }
    Optional<NamespaceInfo> info = transaction.namespace(load.namespace);
    for (NamespaceLoad.Condition condition : load.conditions()) {
      Optional<Entry> entry =
          info.flatMap(i -> transaction.get(i, condition.key()))
              .filter(e -> e.lifetime() == null || !e.lifetime().isExpiredAt(now));
      String violation = violation(condition, entry);
      if (violation != null) {
        Problem problem =
            Problem.of(
                Kind.PRECONDITION,
                "precondition failed: key \"" + condition.key() + "\" " + violation,
                "read " + load.namespace + " again and decide anew");
        throw NamespaceLoad.place(problem, condition.place()).asException();
      }
    }
  }

  private static String violation(NamespaceLoad.Condition condition, Optional<Entry> entry) {
    if (!condition.present()) {
      return entry.isPresent() ? "is there" : null;
    }
    if (entry.isEmpty()) {
      return "is not there";
    }
    return condition.value() == null || Arrays.equals(condition.value(), entry.get().value())
        ? null
        : "has another value";
  }

  private static void skip(NamespaceLoad load, StagedCursor rows) {
    while (rows.isIn(load.number)) {
      rows.next();
    }
  }

  /** Brings the load's namespace into being, if there may be one more. */
  static NamespaceInfo create(Transaction transaction, NamespaceLoad load, LoadOptions options) {
    if (transaction.namespaceCount() >= options.maxNamespaces()) {
      Problem problem = Refusal.tooMany(options.maxNamespaces()).problem();
      throw NamespaceLoad.place(problem, load.chosenAt).asException();
    }
    return transaction.create(load.namespace, load.createCache);
  }

  /** The writing of one namespace within its transaction. */
  private final class Change {
    private final Transaction transaction;
    private final NamespaceLoad load;
    private final long now;
    private NamespaceInfo info;
    private TableWriter writer;
    private long puts;
    private long deletes;
    private long expired;

    Change(Transaction transaction, NamespaceLoad load, long now) {
      this.transaction = transaction;
      this.load = load;
      this.now = now;
      this.info = transaction.namespace(load.namespace).orElse(null);
      this.puts = load.number == 0 ? early.puts() : 0;
    }

    NamespaceOutcome write(StagedCursor rows, long arrivals) {
      checkKind();
      boolean existed = info != null;
      if (!existed && load.createCache != null) {
        create();
      }
      if (tee != null && existed) {
        tee.namespace(info);
      }
      if (load.replaces() && existed) {
        deleteAbsent(rows);
      }
      if (rows.isIn(load.number)) {
        writeRows(rows, arrivals, existed);
      }
      if (writer != null) {
        writer.close();
      }
      if (info != null && info.isCache()) {
        transaction.trim(info, now);
      }
      return new NamespaceOutcome(load.namespace, true, puts, deletes, expired, false);
    }

    private void checkKind() {
      boolean isCache = info == null ? load.createCache != null : info.isCache();
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
      info = Applier.create(transaction, load, options);
      if (tee != null) {
        tee.namespace(info);
      }
    }

    private TableWriter writer() {
      if (writer == null) {
        writer = transaction.writer(info);
      }
      return writer;
    }

    private void writeRows(StagedCursor rows, long arrivals, boolean existed) {
      CacheSettings cache = info == null ? null : info.cache();
      CacheWindow window = CacheWindow.over(rows, load.number, arrivals, cache, now);
      long lastSequence = cache == null ? 0 : transaction.lastSequence(info);
      boolean cleared = existed && window.fillsCache();
      if (cleared) {
        clear(rows);
      }
      do {
        if (!rows.isDelete()) {
          put(rows, window, lastSequence, existed && !cleared);
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
            || (load.replaces()
                && CacheWindow.lifetime(rows, info.cache(), now).isExpiredAt(now))) {
          delete(rows.key());
        }
      } while (rows.next() && rows.isIn(load.number));
      rows.reset();
      writer().clear();
    }

    /**
     * @param mayBeThere whether a record of before may have the key
     */
    private void put(StagedCursor rows, CacheWindow window, long lastSequence, boolean mayBeThere) {
      if (info == null) {
        create();
      }
      if (!info.isCache()) {
        writePlain(rows.key(), rows.value());
        return;
      }
      Lifetime lifetime = CacheWindow.lifetime(rows, info.cache(), now);
      if (lifetime.isExpiredAt(now)) {
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
        writer().put(key, value, lifetime, lastSequence + rows.sequence());
        if (tee != null) {
          tee.put(key, value, lifetime);
        }
      }
    }

    private void writePlain(byte[] key, byte[] value) {
      puts++;
      writer().put(key, value, null, 0);
      if (tee != null) {
        tee.put(key, value, null);
      }
    }

    private void delete(byte[] key) {
      if (info == null) {
        return;
      }
      boolean live = !info.isCache() || isLive(key);
      if (writer().delete(key) && live) {
        deletes++;
      }
      if (tee != null) {
        tee.delete(key);
      }
    }

    private boolean isLive(byte[] key) {
      return transaction
          .get(info, Key.stored(key))
          .filter(e -> !e.lifetime().isExpiredAt(now))
          .isPresent();
    }

    /** Deletes the keys that the load does not bring; they wait in a staging of their own. */
    private void deleteAbsent(StagedCursor rows) {
      try (Staging absent = new Staging(spillFiles)) {
        boolean any = rows.isIn(load.number);
        if (any) {
          rows.mark();
        }
        try (EntryCursor stored =
            transaction.scan(info, KeyRange.ALL, Transaction.INCLUDE_EXPIRED)) {
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
