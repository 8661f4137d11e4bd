package org.prontodb.cli;

import org.prontodb.batch.BatchReport;
import org.prontodb.batch.CopyOutput;
import org.prontodb.batch.LoadOptions;
import org.prontodb.model.Problem;
import org.prontodb.model.ProntoException;

/**
 * Standard output as the copy that {@code --tee} makes. That its reader goes away, or that it can
 * not be written, does not stop a load half-way: it is applied, and then told.
 */
final class TeeOutput extends CopyOutput {
  private final Output out;
  private boolean cutOff;

  /** Null if the reader went away. */
  private ProntoException failure;

  TeeOutput(Output out) {
    this.out = out;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    attempt(() -> out.write(bytes, from, length));
  }

  @Override
  public void flush() {
    attempt(out::flush);
  }

  private void attempt(Runnable step) {
    if (cutOff) {
      return;
    }
    try {
      step.run();
    } catch (ClosedPipe e) {
      cutOff = true;
    } catch (ProntoException e) {
      cutOff = true;
      failure = e;
    }
  }

  @Override
  public boolean isCutOff() {
    return cutOff;
  }

  /**
   * Tells of a copy that was cut off.
   *
   * @param load complete but for the copy, unless it has a problem of its own or has no end
   * @return what the process is to end with, or null if the copy is complete
   */
  ExitCode tell(BatchReport load, LoadOptions options, Messages messages) {
    if (!cutOff) {
      return null;
    }
    String applied =
        load.problem().isPresent()
            ? "the load has ended as told above"
            : options.commitEvery() > 0
                ? "all that was read before is applied"
                : "everything was applied";
    if (failure == null) {
      messages.warning(
          "the copy on standard output was cut off, because its reader went away; " + applied);
      return ExitCode.CLOSED_PIPE;
    }
    Problem problem = failure.problem();
    messages.error(
        Problem.of(problem.kind(), "the copy was cut off; " + applied + ": " + problem.message()));
    return ExitCode.of(problem.kind());
  }
}
