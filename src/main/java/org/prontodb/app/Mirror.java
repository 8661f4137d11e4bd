package org.prontodb.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.prontodb.batch.BatchReport;
import org.prontodb.batch.LoadListener;
import org.prontodb.batch.LoadOptions;
import org.prontodb.batch.NamespacePlan;
import org.prontodb.mirror.MirrorExport;
import org.prontodb.mirror.MirrorImport;
import org.prontodb.mirror.MirrorListener;
import org.prontodb.mirror.Policy;
import org.prontodb.model.Namespace;
import org.prontodb.store.Transaction;

/** A folder with a file for each record, and its way back. */
public final class Mirror {
  private final ProntoDb database;

  Mirror(ProntoDb database) {
    this.database = database;
  }

  /**
   * What an import did, or would do.
   *
   * @param plans what it does to each namespace of the tree
   * @param left how many records were left as they are, because only they have changed or because
   *     the policy says so
   */
  public record Imported(BatchReport report, List<NamespacePlan> plans, long left) {}

  /** The namespaces there are that {@code selected} accepts. */
  public List<Namespace> namespaces(Predicate<Namespace> selected) {
    return database.read(
        view -> view.namespaces().stream().map(info -> info.namespace()).filter(selected).toList());
  }

  /**
   * Makes the files of a folder say what the namespaces say that {@code selected} accepts.
   *
   * @param overwrite whether the store decides where a file and its record have both changed
   */
  public MirrorExport.Summary export(
      Path folder, Predicate<Namespace> selected, boolean overwrite, MirrorListener listener)
      throws IOException {
    try (Transaction view = database.read()) {
      boolean durable = database.configuration().durable();
      return MirrorExport.run(folder, view, database.now(), selected, overwrite, durable, listener);
    }
  }

  /** Makes the store follow what has changed in the files of a folder. */
  public Imported load(
      Path folder,
      Policy policy,
      LoadOptions options,
      LoadListener loadListener,
      MirrorListener listener) {
    MirrorImport tree =
        new MirrorImport(
            folder, database.store()::read, database.now(), options.delimiter(), policy, listener);
    BatchReport report = database.loader().load(List.of(tree), options, loadListener, null);
    return new Imported(report, tree.plans(), tree.left());
  }
}
