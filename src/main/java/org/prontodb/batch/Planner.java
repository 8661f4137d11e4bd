package org.prontodb.batch;

import java.util.Arrays;
import java.util.Optional;
import org.prontodb.model.Entry;
import org.prontodb.model.Key;
import org.prontodb.model.Lifetime;
import org.prontodb.store.EntryCursor;
import org.prontodb.store.KeyRange;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.Transaction;

/** Compares what was staged with one view of the store, and changes nothing. */
final class Planner {
  /** Up to so many keys are looked up one by one; more are met by walking the namespace. */
  private static final long LOOK_UPS = 20_000;

  private final Transaction view;
  private final long now;

  Planner(Transaction view, long now) {
    this.view = view;
    this.now = now;
  }

  /** Is told the fate of each key that would change. */
  interface Differences {
    void add(char sign, byte[] key);
  }

  /**
   * Counts what the load would do to a namespace.
   *
   * @param rows stands at the namespace's first record, if there is one; behind its last afterwards
   * @param arrivals how many records were staged in all
   */
  NamespacePlan plan(
      NamespaceLoad load, StagedCursor rows, long arrivals, Differences differences) {
    Optional<NamespaceInfo> info = view.namespace(load.namespace);
    Tally tally = new Tally(differences);
    if (info.isPresent() && (load.replaces() || arrivals > LOOK_UPS)) {
      try (EntryCursor stored = view.scan(info.get(), KeyRange.ALL, now)) {
        merge(load, rows, info.get(), stored, tally);
      }
    } else {
      while (rows.isIn(load.number)) {
        Entry entry = info.flatMap(i -> view.getLive(i, Key.stored(rows.key()), now)).orElse(null);
        tally.row(
            rows, info.orElse(null), load, entry != null, entry == null ? null : entry.value());
        rows.next();
      }
    }
    return tally.plan(load);
  }

  private void merge(
      NamespaceLoad load, StagedCursor rows, NamespaceInfo info, EntryCursor stored, Tally tally) {
    boolean any = stored.next();
    while (rows.isIn(load.number) || (any && load.replaces())) {
      int order =
          !any
              ? -1
              : !rows.isIn(load.number) ? 1 : Arrays.compareUnsigned(rows.key(), stored.key());
      if (order > 0) {
        if (load.replaces()) {
          tally.delete(stored.key());
        }
        any = stored.next();
      } else {
        tally.row(rows, info, load, order == 0, order == 0 ? stored.value() : null);
        rows.next();
        any = order == 0 ? stored.next() : any;
      }
    }
  }

  private final class Tally {
    private final Differences differences;
    private long create;
    private long update;
    private long unchanged;
    private long delete;

    Tally(Differences differences) {
      this.differences = differences;
    }

    void row(
        StagedCursor rows, NamespaceInfo info, NamespaceLoad load, boolean there, byte[] value) {
      if (rows.isDelete()) {
        if (there) {
          delete(rows.key());
        }
      } else if (!hasExpired(rows, info, load)) {
        if (!there) {
          create++;
          differences.add('+', rows.key());
        } else if (load.isCache || !Arrays.equals(value, rows.value())) {
          update++;
          differences.add('~', rows.key());
        } else {
          unchanged++;
        }
      } else if (load.replaces() && there) {
        delete(rows.key());
      }
    }

    void delete(byte[] key) {
      delete++;
      differences.add('-', key);
    }

    NamespacePlan plan(NamespaceLoad load) {
      return new NamespacePlan(load.namespace, create, update, unchanged, delete);
    }

    private boolean hasExpired(StagedCursor rows, NamespaceInfo info, NamespaceLoad load) {
      if (rows.expiry() == null) {
        return false;
      }
      var settings = info != null && info.isCache() ? info.cache() : load.createCache;
      return settings != null && Lifetime.of(rows.expiry(), settings, now).isExpiredAt(now);
    }
  }
}
