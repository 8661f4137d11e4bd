package org.prontodb.app;

import java.util.List;
import java.util.function.Consumer;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.CompressionSettings;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Text;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.NamespaceStats;
import org.prontodb.store.Transaction;

/** Tells what is in a database. */
public final class Discovery {
  private final ProntoDb database;
  private final Guard guard;

  Discovery(ProntoDb database, Guard guard) {
    this.database = database;
    this.guard = guard;
  }

  /**
   * A namespace as discovery shows it.
   *
   * @param stats null if they were not asked for, since they cost a scan
   */
  public record Described(NamespaceInfo info, NamespaceStats stats) {

    /** Adds what machines read of it to an object that was begun. */
    public void appendTo(JsonWriter json) {
      json.field("project", info.namespace().project())
          .field("namespace", info.namespace().name())
          .field("kind", info.kind());
      if (stats != null) {
        json.field("records", stats.records()).field("bytes", stats.bytes());
      }
      CacheSettings cache = info.cache();
      if (cache != null) {
        json.field("timeout_sec", cache.timeoutSeconds())
            .field("max_items", cache.maxItems())
            .field("evict_on_read", cache.evictOnRead() ? 1 : 0);
        if (stats != null) {
          json.field("expired", stats.expired());
        }
      }
      CompressionSettings compression = info.compression();
      if (compression != null && compression.on()) {
        json.field("compress", "zstd").field("level", compression.level());
      }
    }
  }

  /** All namespaces that the caller may know of by project and name, one after the other. */
  public void namespaces(boolean withStats, Consumer<Described> each) {
    describe(database.read(), null, withStats, each);
  }

  /**
   * The namespaces of one project.
   *
   * @throws org.prontodb.model.ProntoException with kind NOT_FOUND if it has none
   */
  public void namespaces(String project, boolean withStats, Consumer<Described> each) {
    describe(database.read(), project, withStats, each);
  }

  private void describe(
      Transaction opened, String project, boolean withStats, Consumer<Described> each) {
    try (Transaction transaction = opened) {
      long now = database.now();
      List<NamespaceInfo> found =
          transaction.namespaces().stream()
              .filter(info -> project == null || info.namespace().project().equals(project))
              .filter(info -> guard.sees(transaction, info.namespace()))
              .toList();
      if (project != null && found.isEmpty()) {
        throw Problem.of(
                Kind.NOT_FOUND,
                "there is no project \"" + Text.visible(project) + "\"",
                "\"prontodb projects\" lists those there are")
            .asException();
      }
      for (NamespaceInfo info : found) {
        each.accept(new Described(info, withStats ? transaction.stats(info, now) : null));
      }
    }
  }
}
