package org.prontodb.batch;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.prontodb.model.Problem;

/**
 * A load that commits as it goes, because its input may never end: after so many statements, and
 * when no input has come for a second. Each part is one transaction per namespace.
 *
 * <p>Two threads use the stages: the one that reads, and a timer that commits while the first waits
 * for input. Both hold this object's lock while they do; the reader waits for input without it.
 */
final class EndlessLoad implements CommandSink {
  private static final long IDLE_NANOS = 1_000_000_000L;
  private static final long LOOK_EVERY_MILLIS = 250;

  private final long commitEvery;
  private final Stages stages;
  private final Intake intake;
  private long committedAt;
  private long lastAccepted = System.nanoTime();

  /**
   * @param commitEvery how many accepted statements are committed together
   */
  EndlessLoad(long commitEvery, Stages stages) {
    this.commitEvery = commitEvery;
    this.stages = stages;
    this.intake = stages.intake;
  }

  void carryOut(InputFiles files) {
    try (ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory())) {
      timer.scheduleWithFixedDelay(
          this::commitIfIdle, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
      try {
        files.readInto(this);
      } finally {
        timer.shutdownNow();
      }
    }
    end();
  }

  @Override
  public synchronized void beginFile(CommandReader reader) {
    intake.beginFile(reader);
  }

  @Override
  public synchronized boolean take(BatchCommand command) {
    boolean goOn = intake.take(command);
    lastAccepted = System.nanoTime();
    if (intake.accepted() - committedAt >= commitEvery) {
      commit();
    }
    return goOn && !intake.isStopped();
  }

  @Override
  public synchronized void fail(Problem problem) {
    intake.fail(problem);
  }

  @Override
  public synchronized boolean isStopped() {
    return intake.isStopped();
  }

  private synchronized void commitIfIdle() {
    if (System.nanoTime() - lastAccepted >= IDLE_NANOS) {
      commit();
    }
  }

  private synchronized void end() {
    intake.endLoad();
    commit();
  }

  /** Commits what has been accepted so far; what precedes an error, too. */
  private void commit() {
    committedAt = intake.accepted();
    if (stages.staging.isEmpty() || stages.outcomes.hasFailed()) {
      return;
    }
    stages.applier.apply(intake.load(null));
    if (stages.outcomes.hasFailed()) {
      intake.stop();
    } else {
      intake.beginChunk();
      if (stages.applier.isCopyCutOff()) {
        intake.stop();
      }
    }
  }
}
