package org.prontodb.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.prontodb.app.Dialects;
import org.prontodb.app.RejectsFile;
import org.prontodb.app.ReportJson;
import org.prontodb.batch.BatchReport;
import org.prontodb.batch.LoadListener;
import org.prontodb.dialect.Dialect;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Problem;
import org.prontodb.model.ProntoException;

/** What a load writes beside its messages: the file of rejects and the report for machines. */
final class LoadOutputs implements AutoCloseable {
  private final Delimiter delimiter;
  private final RejectsFile rejects;
  private final OutputStream report;

  LoadOutputs(Invocation call, Delimiter delimiter, Dialect dialect) throws IOException {
    this.delimiter = delimiter;
    // Before the first of them is made.
    List<String> options = List.of("--rejects", "--report");
    options.forEach(option -> announce(call, option));
    OutputStream rejected = open(call, "--rejects");
    this.rejects =
        rejected == null ? null : new RejectsFile(rejected, delimiter, dialect == Dialects.STREAM);
    OutputStream reported = open(call, "--report");
    this.report = reported == null ? null : new BufferedOutputStream(reported);
  }

  private static void announce(Invocation call, String option) {
    String file = call.option(option);
    if (file != null && !call.files().isStandardOutput(file)) {
      call.files().output(option, file);
    }
  }

  /** Null if the option is not there. */
  private static OutputStream open(Invocation call, String option) throws IOException {
    String file = call.option(option);
    if (file == null) {
      return null;
    }
    return call.files().isStandardOutput(file) ? call.out() : call.files().write(file);
  }

  List<LoadListener> listeners() {
    List<LoadListener> listeners = new ArrayList<>();
    if (rejects != null) {
      listeners.add(rejects);
    }
    if (report != null) {
      listeners.add(
          new LoadListener() {
            @Override
            public void problem(Problem problem) {
              write(ReportJson.error(problem));
            }
          });
    }
    return listeners;
  }

  /**
   * Writes how the load ended.
   *
   * @throws ProntoException that also says that the load itself is through, if that can not be
   *     written
   */
  void finish(BatchReport load) throws IOException {
    try {
      if (report != null) {
        write(ReportJson.receipt(load, delimiter));
      }
      close();
    } catch (ProntoException e) {
      Problem problem = e.problem();
      throw new ProntoException(
          Problem.of(
              problem.kind(),
              problem.message(),
              "the load itself has ended; prontodb log tells what it has committed"),
          e);
    }
  }

  private void write(byte[] line) {
    try {
      report.write(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (rejects != null) {
      rejects.close();
    }
    if (report != null) {
      report.close();
    }
  }
}
