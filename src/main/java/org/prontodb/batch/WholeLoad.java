package org.prontodb.batch;

import java.util.List;
import java.util.Optional;
import org.prontodb.model.ProntoException;
import org.prontodb.store.AppliedLoads;
import org.prontodb.store.Transaction;

/**
 * A load that is applied when all of it has been read: one transaction per namespace, and nothing
 * if anything is wrong.
 *
 * <p>One thread reads and then applies. Where the lock may be held meanwhile, the records of the
 * first namespace are written by the thread of a {@link DirectWriter}.
 */
final class WholeLoad {
  private final LoadContext context;
  private final Views views;
  private final Stages stages;

  WholeLoad(LoadContext context, Views views, Stages stages) {
    this.context = context;
    this.views = views;
    this.stages = stages;
  }

  void carryOut(InputFiles files) {
    Intake intake = stages.intake;
    try {
      files.readInto(intake);
      intake.endLoad();
    } catch (DirectWriter.Failure e) {
      intake.stop();
      stages.outcomes.fail(e.getCause());
    }
    ReadLoad load = intake.load(files.sha256());
    if (intake.isRefused() || !passesPreflight(load)) {
      stages.outcomes.notTried(load.tasks());
    } else if (context.options().check()) {
      views.look(view -> plan(view, load));
    } else {
      stages.applier.apply(load);
    }
  }

  /**
   * Whether nothing speaks against the load that would be found at a later commit than the first.
   */
  private boolean passesPreflight(ReadLoad load) {
    try {
      views.look(view -> preflight(view, load));
      return true;
    } catch (ProntoException e) {
      stages.outcomes.fail(e);
      return false;
    }
  }

  private Void preflight(Transaction view, ReadLoad load) {
    String batch = load.content().batch();
    if (batch != null) {
      Optional<AppliedLoads.Batch> earlier = view.loads().batch(batch);
      if (earlier.isPresent()) {
        TransactionChecks.requireSameContent(earlier.get(), load.content());
        stages.outcomes.alreadyApplied(earlier.get().appliedAt());
      }
    }
    long now = context.now();
    for (NamespaceTask task : load.tasks()) {
      if (batch == null || view.loads().batch(task.namespace, batch).isEmpty()) {
        TransactionChecks.checkPreconditions(view, task, now);
      }
    }
    return null;
  }

  private Void plan(Transaction view, ReadLoad load) {
    List<NamespaceTask> tasks = load.tasks();
    new Planner(view, context.now()).planAll(tasks, stages.staging, context);
    return null;
  }
}
