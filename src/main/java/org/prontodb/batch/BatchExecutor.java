package org.prontodb.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;
import org.prontodb.store.Loads;
import org.prontodb.store.Transaction;

/**
 * Carries out loads of any dialect: reads all of the input, then applies it, one transaction per
 * namespace in the order of their first appearance. Nothing is committed before the whole input has
 * been read and found valid, and no lock is held while waiting for input.
 *
 * <p>With {@code --commit-every} the input has no end that could be waited for, and these two
 * promises hold for each part of it.
 */
public final class BatchExecutor {
  /** The record of a load whose end, and so whose content, is not known while it is applied. */
  private static final LoadRecord ENDLESS = new LoadRecord(null, null);

  private final LoadTarget target;
  private final LoadOptions options;
  private final LoadListener listener;
  private final LoadSender sender;
  private final Tee tee;
  private final Map<Namespace, NamespaceOutcome> outcomes = new LinkedHashMap<>();
  private long alreadyAppliedAt;
  private Problem applyFailure;
  private EarlyWriter early;
  private final long started = System.nanoTime();

  /**
   * @param copy where what is committed is copied to, or null
   */
  public BatchExecutor(
      LoadTarget target,
      LoadOptions options,
      LoadListener listener,
      LoadSender sender,
      LoadCopy copy) {
    this.target = target;
    this.options = options;
    this.listener = listener;
    this.sender = sender;
    this.tee = copy == null ? null : new Tee(copy, target.spillFiles());
  }

  /** Carries out one load. To be called once. */
  public BatchReport run(List<LoadInput> inputs) {
    try (Views views = new Views(target.store(), options.check());
        Staging staging = new Staging(target.spillFiles());
        tee) {
      Intake intake = new Intake(views, target, options, listener, staging, sender.identity());
      early = new EarlyWriter(target, () -> plainFirstNamespace(intake));
      if (mayWriteEarly(inputs)) {
        staging.offerTo(early);
      }
      ContentDigest digest = new ContentDigest();
      if (options.commitEvery() > 0) {
        new EndlessLoad(intake, staging).read(inputs, digest);
      } else {
        try {
          read(inputs, intake, digest);
        } catch (EarlyWriter.Failure e) {
          intake.stop();
          tellFailure(e.getCause());
        }
        finish(views, intake, staging, new LoadRecord(intake.batch(), digest.hex()));
      }
      return report(intake, digest.hex(), (System.nanoTime() - started) / 1e9);
    } catch (UncheckedIOException e) {
      throw ioProblem(e);
    } finally {
      if (early != null) {
        early.close();
      }
    }
  }

  /** Whether holding the write lock while reading blocks nobody for longer than reading takes. */
  private boolean mayWriteEarly(List<LoadInput> inputs) {
    return !options.check()
        && options.commitEvery() == 0
        && tee == null
        && (!target.store().exists() || inputs.stream().allMatch(LoadInput::isRegularFile));
  }

  /** The load's first namespace if nothing but its records decides what is written, else null. */
  private static NamespaceLoad plainFirstNamespace(Intake intake) {
    NamespaceLoad first = intake.namespaces().getFirst();
    return first.isCache || first.replaces() || intake.batch() != null ? null : first;
  }

  private void read(List<LoadInput> inputs, Intake intake, ContentDigest digest) {
    for (LoadInput input : inputs) {
      if (intake.isStopped()) {
        return;
      }
      try (CommandReader reader = input.open()) {
        intake.beginFile(reader);
        while (intake.take(reader.next())) {}
        digest.add(reader);
      } catch (IOException e) {
        intake.fail(unreadable(input, e));
      } catch (UncheckedIOException e) {
        intake.fail(ioProblem(e).problem());
      } catch (ProntoException e) {
        intake.fail(e.problem());
      }
    }
    intake.endLoad();
  }

  private static Problem unreadable(LoadInput input, IOException e) {
    return Problem.of(
        Kind.FAILED,
        e instanceof NoSuchFileException
            ? "there is no file \"" + Text.visible(input.name()) + "\""
            : "can not read " + Text.visible(input.name()) + ": " + e.getMessage());
  }

  private ProntoException ioProblem(UncheckedIOException e) {
    return new ProntoException(
        Problem.of(
            Kind.FAILED,
            "can not stage the load in %s: %s"
                .formatted(target.spillFiles().place(), e.getCause().getMessage()),
            "see that its disk has room"),
        e);
  }

  private void finish(Views views, Intake intake, Staging staging, LoadRecord record) {
    List<NamespaceLoad> loads = Applier.withWork(intake.namespaces());
    if (intake.isRefused()) {
      loads.forEach(load -> note(NamespaceOutcome.notTried(load.namespace)));
      return;
    }
    try {
      views.look(view -> foresee(view, loads, record));
    } catch (ProntoException e) {
      fail(e.problem());
      loads.forEach(load -> note(NamespaceOutcome.notTried(load.namespace)));
      return;
    }
    if (options.check()) {
      views.look(view -> plan(view, loads, staging));
    } else {
      apply(intake, loads, staging, record, new LoadLog(intake, record, sender.account(), started));
    }
  }

  /** Refuses before the first commit what would be refused at a later one. */
  private Void foresee(Transaction view, List<NamespaceLoad> loads, LoadRecord record) {
    if (record.batch() != null) {
      Optional<Loads.Batch> earlier = view.loads().batch(record.batch());
      earlier.ifPresent(
          batch -> {
            Applier.refuseOtherContent(batch, record);
            alreadyAppliedAt = batch.appliedAt();
          });
    }
    long now = target.clock().getAsLong();
    for (NamespaceLoad load : loads) {
      if (record.batch() == null || view.loads().batch(load.namespace, record.batch()).isEmpty()) {
        Applier.checkConditions(view, load, now);
      }
    }
    return null;
  }

  private Void plan(Transaction view, List<NamespaceLoad> loads, Staging staging) {
    StagedCursor rows = staging.read();
    rows.next();
    Planner planner = new Planner(view, target.clock().getAsLong());
    for (NamespaceLoad load : loads) {
      boolean again = options.diff() && rows.isIn(load.number);
      if (again) {
        rows.mark();
      }
      listener.planned(planner.plan(load, rows, staging.count(), (sign, key) -> {}));
      if (again) {
        rows.reset();
      }
      if (options.diff()) {
        planner.plan(load, rows, staging.count(), listener::difference);
      }
    }
    return null;
  }

  /** Applies the namespaces one after the other, up to the first that can not be. */
  private void apply(
      Intake intake, List<NamespaceLoad> loads, Staging staging, LoadRecord record, LoadLog log) {
    if (loads.isEmpty()) {
      return;
    }
    Applier applier = new Applier(target, options, early, tee);
    int done = 0;
    RuntimeException failure = null;
    try {
      listener.applying();
      StagedCursor rows = staging.read();
      rows.next();
      for (NamespaceLoad load : loads) {
        NamespaceOutcome outcome =
            applier.apply(
                load,
                rows,
                staging.count(),
                intake.identity(),
                record,
                log,
                done == loads.size() - 1);
        note(outcome);
        done++;
        listener.committed(outcome);
        copyCommitted();
      }
    } catch (EarlyWriter.Failure e) {
      failure = e.getCause();
    } catch (ProntoException | UncheckedIOException e) {
      failure = e;
    }
    for (NamespaceLoad load : loads.subList(done, loads.size())) {
      note(NamespaceOutcome.notTried(load.namespace));
    }
    if (failure != null) {
      tellFailure(failure);
    }
  }

  /** Only once it is known what was committed: a copy that fails takes nothing back. */
  private void copyCommitted() {
    if (tee != null) {
      tee.committed();
    }
  }

  private void note(NamespaceOutcome outcome) {
    outcomes.merge(outcome.namespace(), outcome, NamespaceOutcome::and);
  }

  private void tellFailure(RuntimeException cause) {
    switch (cause) {
      case ProntoException e -> fail(e.problem());
      case UncheckedIOException e -> fail(ioProblem(e).problem());
      default -> throw cause;
    }
  }

  private void fail(Problem problem) {
    boolean any = outcomes.values().stream().anyMatch(NamespaceOutcome::committed);
    boolean all = outcomes.values().stream().allMatch(NamespaceOutcome::committed);
    applyFailure =
        any
            ? new Problem(
                Kind.PARTIAL,
                (all ? "everything was applied, but: " : "applied in part: ") + problem.message(),
                problem.hint(),
                problem.position(),
                problem.source())
            : problem;
    listener.problem(applyFailure);
  }

  private BatchReport report(Intake intake, String sha256, double seconds) {
    Problem failure = applyFailure != null ? applyFailure : intake.failure();
    return new BatchReport(
        failure,
        intake.problems() + (applyFailure == null ? 0 : 1),
        intake.rejected(),
        List.copyOf(outcomes.values()),
        intake.batch(),
        alreadyAppliedAt,
        intake.isStopped() ? null : sha256,
        intake.statements(),
        intake.bytes(),
        seconds,
        intake.nulls(),
        intake.warnings());
  }

  /** A load that commits as it goes, because its input may never end. */
  private final class EndlessLoad {
    private static final long IDLE_NANOS = 1_000_000_000L;
    private static final long LOOK_EVERY_MILLIS = 250;

    private final Intake intake;
    private final Staging staging;
    private final LoadLog log;
    private long committedAt;
    private long lastAccepted = System.nanoTime();

    EndlessLoad(Intake intake, Staging staging) {
      this.intake = intake;
      this.staging = staging;
      this.log = new LoadLog(intake, ENDLESS, sender.account(), started);
    }

    void read(List<LoadInput> inputs, ContentDigest digest) {
      try (ScheduledExecutorService timer =
          Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory())) {
        timer.scheduleWithFixedDelay(
            this::commitIfIdle, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        try {
          readAll(inputs, digest);
        } finally {
          timer.shutdownNow();
        }
      }
      synchronized (this) {
        intake.endLoad();
        commit();
      }
    }

    private void readAll(List<LoadInput> inputs, ContentDigest digest) {
      for (LoadInput input : inputs) {
        try (CommandReader reader = input.open()) {
          synchronized (this) {
            intake.beginFile(reader);
          }
          BatchCommand command;
          do {
            // Waiting for input happens outside the lock, so that idle time can be used.
            command = reader.next();
          } while (take(command));
          digest.add(reader);
        } catch (IOException e) {
          fail(unreadable(input, e));
        } catch (UncheckedIOException e) {
          fail(ioProblem(e).problem());
        } catch (ProntoException e) {
          fail(e.problem());
        }
        if (intake.isStopped()) {
          return;
        }
      }
    }

    private synchronized void fail(Problem problem) {
      intake.fail(problem);
    }

    private synchronized boolean take(BatchCommand command) {
      boolean goOn = intake.take(command);
      lastAccepted = System.nanoTime();
      if (intake.accepted() - committedAt >= options.commitEvery()) {
        commit();
      }
      return goOn && !intake.isStopped();
    }

    private synchronized void commitIfIdle() {
      if (System.nanoTime() - lastAccepted >= IDLE_NANOS) {
        commit();
      }
    }

    /** Commits what has been accepted so far; what precedes an error, too. */
    private void commit() {
      committedAt = intake.accepted();
      if (staging.isEmpty() || applyFailure != null) {
        return;
      }
      List<NamespaceLoad> loads = Applier.withWork(intake.namespaces());
      apply(intake, loads, staging, ENDLESS, log);
      if (applyFailure != null) {
        intake.stop();
      } else {
        intake.beginChunk();
      }
    }
  }
}
