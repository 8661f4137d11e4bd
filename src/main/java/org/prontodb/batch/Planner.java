package org.prontodb.batch;

import java.util.Arrays;
import java.util.List;
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

  /** Tells the listener what the load would do to each namespace. */
  void planAll(List<NamespaceTask> tasks, Staging staging, LoadContext context) {
    boolean diff = context.options().diff();
    LoadListener listener = context.listener();
    StagedCursor rows = staging.read();
    rows.next();
    for (NamespaceTask task : tasks) {
      boolean again = diff && rows.isIn(task.number);
      if (again) {
        rows.mark();
      }
      listener.planned(plan(task, rows, staging.count(), (sign, key) -> {}));
      if (again) {
        rows.reset();
      }
      if (diff) {
        plan(task, rows, staging.count(), listener::difference);
      }
    }
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
      NamespaceTask task, StagedCursor rows, long arrivals, Differences differences) {
    Optional<NamespaceInfo> info = view.namespace(task.namespace);
    Tally tally = new Tally(differences);
    if (info.isPresent() && (task.replaces() || arrivals > LOOK_UPS)) {
      try (EntryCursor stored = view.scan(info.get(), KeyRange.ALL, now)) {
        merge(task, rows, info.get(), stored, tally);
      }
    } else {
      while (rows.isIn(task.number)) {
        Entry entry = info.flatMap(i -> view.getLive(i, Key.stored(rows.key()), now)).orElse(null);
        tally.row(
            rows, info.orElse(null), task, entry != null, entry == null ? null : entry.value());
        rows.next();
      }
    }
    return tally.plan(task);
  }

  private void merge(
      NamespaceTask task, StagedCursor rows, NamespaceInfo info, EntryCursor stored, Tally tally) {
    boolean any = stored.next();
    while (rows.isIn(task.number) || (any && task.replaces())) {
      int order =
          !any
              ? -1
              : !rows.isIn(task.number) ? 1 : Arrays.compareUnsigned(rows.key(), stored.key());
      if (order > 0) {
        if (task.replaces()) {
          tally.delete(stored.key());
        }
        any = stored.next();
      } else {
        tally.row(rows, info, task, order == 0, order == 0 ? stored.value() : null);
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
        StagedCursor rows, NamespaceInfo info, NamespaceTask task, boolean there, byte[] value) {
      if (rows.isDelete()) {
        if (there) {
          delete(rows.key());
        }
      } else if (!hasExpired(rows, info, task)) {
        if (!there) {
          create++;
          differences.add('+', rows.key());
        } else if (task.isCache || !Arrays.equals(value, rows.value())) {
          update++;
          differences.add('~', rows.key());
        } else {
          unchanged++;
        }
      } else if (task.replaces() && there) {
        delete(rows.key());
      }
    }

    void delete(byte[] key) {
      delete++;
      differences.add('-', key);
    }

    NamespacePlan plan(NamespaceTask task) {
      return new NamespacePlan(task.namespace, create, update, unchanged, delete);
    }

    private boolean hasExpired(StagedCursor rows, NamespaceInfo info, NamespaceTask task) {
      if (rows.expiry() == null) {
        return false;
      }
      var settings = info != null && info.isCache() ? info.cache() : task.createCache;
      return settings != null && Lifetime.of(rows.expiry(), settings, now).isExpiredAt(now);
    }
  }
}
