package org.prontodb.batch;

import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;

/** What became of the namespaces of a load, and what kept the load from being applied. */
final class Outcomes {
  private final LoadContext context;
  private final Map<Namespace, NamespaceOutcome> outcomes = new LinkedHashMap<>();
  private long alreadyAppliedAt;
  private Problem failure;

  Outcomes(LoadContext context) {
    this.context = context;
  }

  void add(NamespaceOutcome outcome) {
    outcomes.merge(outcome.namespace(), outcome, NamespaceOutcome::and);
  }

  void notTried(List<NamespaceTask> tasks) {
    tasks.forEach(task -> add(NamespaceOutcome.notTried(task.namespace)));
  }

  /** The same batch was applied at this instant, in milliseconds since the epoch. */
  void alreadyApplied(long at) {
    alreadyAppliedAt = at;
  }

  /** Tells what ended the applying; anything but a problem is thrown again. */
  void fail(RuntimeException cause) {
    switch (cause) {
      case ProntoException e -> fail(e.problem());
      case UncheckedIOException e ->
          fail(InputFiles.notStaged(context.target().spillFiles(), e).problem());
      default -> throw cause;
    }
  }

  private void fail(Problem problem) {
    boolean any = outcomes.values().stream().anyMatch(NamespaceOutcome::committed);
    boolean all = outcomes.values().stream().allMatch(NamespaceOutcome::committed);
    failure =
        any
            ? new Problem(
                Kind.PARTIAL,
                (all ? "everything was applied, but: " : "applied in part: ") + problem.message(),
                problem.hint(),
                problem.position(),
                problem.source())
            : problem;
    context.listener().problem(failure);
  }

  boolean hasFailed() {
    return failure != null;
  }

  /** The report of a load of which this is what became of it. */
  BatchReport report(Intake intake, ReadLoad load, double seconds) {
    return new BatchReport(
        failure != null ? failure : intake.problems().failure(),
        intake.problems().count() + (failure == null ? 0 : 1),
        intake.problems().rejected(),
        List.copyOf(outcomes.values()),
        load.content().batch(),
        alreadyAppliedAt,
        intake.isStopped() ? null : load.content().sha256(),
        load.statements(),
        load.bytes(),
        seconds,
        intake.nulls(),
        intake.warnings());
  }
}
