package org.prontodb.batch;

import java.util.Arrays;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Lifetime;
import org.prontodb.model.ProntoException;
import org.prontodb.records.RecordWriter;
import org.prontodb.store.EntryCursor;
import org.prontodb.store.KeyRange;
import org.prontodb.store.StoreFailure;
import org.prontodb.store.Transaction;

/** The writing of one namespace's part of a load within its transaction. */
final class NamespaceChange {
  private final SpillFiles spillFiles;
  private final Transaction transaction;
  private final NamespaceTask task;
  private final RecordWriter writer;
  private final Tee tee;
  private final boolean existed;
  private long now;
  private long puts;
  private long expired;

  /** The keys that were written before the staged ones; null if none were. */
  private final KeySpool written;

  /** How many keys the load writes or deletes. */
  private long keys;

  /**
   * @param writer may have written records of the load already
   * @param written the keys of those records; null if there are none
   * @param tee null if no copy is wanted
   */
  NamespaceChange(
      LoadContext context,
      Transaction transaction,
      NamespaceTask task,
      RecordWriter writer,
      KeySpool written,
      Tee tee) {
    this.spillFiles = context.target().spillFiles();
    this.transaction = transaction;
    this.task = task;
    this.writer = writer;
    this.tee = tee;
    this.existed = writer.exists();
    this.puts = writer.written();
    this.keys = puts;
    this.written = written;
  }

  /** Creates the namespace of a task; a refusal names the place where it was chosen. */
  static void create(RecordWriter writer, NamespaceTask task) {
    try {
      writer.create(task.createCache);
    } catch (StoreFailure e) {
      throw e;
    } catch (ProntoException e) {
      throw task.chosenAt.of(e.problem()).asException();
    }
  }

  /**
   * Writes what the load asks.
   *
   * @param rows stands at the namespace's first record, if there is one; behind its last afterwards
   * @param arrivals how many records were staged in all
   * @param now milliseconds since the epoch
   */
  NamespaceOutcome write(StagedCursor rows, long arrivals, long now) {
    this.now = now;
    checkKind();
    if (!existed && task.createCache != null) {
      create();
    }
    if (tee != null && existed) {
      tee.namespace(writer.info());
    }
    if (task.replaces() && existed) {
      deleteAbsent(rows);
    }
    if (rows.isIn(task.number)) {
      writeRows(rows, arrivals);
    }
    writer.finish();
    return new NamespaceOutcome(
        task.namespace, true, puts, writer.deleted(), expired, task.arrivals - keys, false);
  }

  private void checkKind() {
    boolean isCache = existed ? writer.isCache() : task.createCache != null;
    if (!isCache && task.createCache != null) {
      throw task.createCacheAt.of(Refusal.plainAlready(task.namespace).problem()).asException();
    }
    if (!isCache && task.expiryAt != null) {
      throw task.expiryAt.of(Refusal.notACache(task.namespace).problem()).asException();
    }
    if (!isCache && task.isCache) {
      throw task.chosenAt.of(Refusal.noCacheAnyMore(task.namespace).problem()).asException();
    }
  }

  private void create() {
    create(writer, task);
    if (tee != null) {
      tee.namespace(writer.info());
    }
  }

  private void writeRows(StagedCursor rows, long arrivals) {
    CacheSettings cache = writer.isCache() ? writer.info().cache() : null;
    CacheWindow window = CacheWindow.over(rows, task.number, arrivals, cache, now);
    boolean cleared = existed && window.fillsCache();
    if (cleared) {
      clear(rows);
    }
    do {
      if (written == null || !written.contains(rows.key())) {
        keys++;
      }
      if (!rows.isDelete()) {
        put(rows, window, existed && !cleared);
      } else if (!cleared) {
        delete(rows.key());
      }
    } while (rows.next() && rows.isIn(task.number));
  }

  /** Empties a cache that the load fills anew, once the deletions have met what is there. */
  private void clear(StagedCursor rows) {
    rows.mark();
    do {
      if (rows.isDelete() || (task.replaces() && writer.lifetime(rows.expiry()).isExpiredAt(now))) {
        delete(rows.key());
      }
    } while (rows.next() && rows.isIn(task.number));
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
      if (task.replaces() && mayBeThere) {
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
    writer.delete(key);
    if (tee != null) {
      tee.delete(key);
    }
  }

  /** Deletes the keys that the load does not bring; they wait in a staging of their own. */
  private void deleteAbsent(StagedCursor rows) {
    try (Staging absent = new Staging(spillFiles)) {
      boolean any = rows.isIn(task.number);
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
    while (rows.isIn(task.number)) {
      int order = Arrays.compareUnsigned(rows.key(), key);
      if (order >= 0) {
        return order == 0;
      }
      rows.next();
    }
    return false;
  }
}
