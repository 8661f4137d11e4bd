package org.prontodb.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.prontodb.app.FileInput;
import org.prontodb.batch.BatchReport;
import org.prontodb.batch.LoadInput;
import org.prontodb.batch.LoadListener;
import org.prontodb.batch.LoadListeners;
import org.prontodb.batch.LoadOptions;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.model.Problem;
import org.prontodb.model.Sha256;

/** What {@code stream} and {@code import} have in common: a load, told to a person and to files. */
final class LoadForm {
  private LoadForm() {}

  /** The options of every load. */
  static Form declare(Form form) {
    return form.flag("--check --dry-run", "change nothing; print what the load would do")
        .flag("--diff", "with --check, list the keys: + new, ~ changed, - deleted")
        .flag("--keep-going", "skip bad statements and apply the rest; exit 65")
        .flag("--allow-empty", "a replacement may bring no record: all there is is deleted")
        .option("--expect-rows", "N", "refuse a table that has not just N rows, its header aside")
        .option("--rejects", "FILE", "write what was skipped to FILE, to be mended and run again")
        .option("--report", "FILE|-", "write errors and the receipt as JSON, an object a line");
  }

  /** Refuses options of {@link #declare} that do not go together. */
  static void checkCombinations(Invocation call) {
    if (call.has("--diff") && !call.has("--check")) {
      throw call.usage("--diff goes with --check");
    }
    if (call.has("--rejects") && !call.has("--keep-going")) {
      throw call.usage("--rejects goes with --keep-going");
    }
    String report = call.option("--report");
    String rejects = call.option("--rejects");
    boolean reported = report != null && call.files().isStandardOutput(report);
    boolean rejected = rejects != null && call.files().isStandardOutput(rejects);
    boolean used = call.has("--check") || call.has("--tee");
    if (reported && (used || rejected)) {
      throw call.usage("only one thing can go to standard output; give --report a file");
    }
    if (rejected && used) {
      throw call.usage("only one thing can go to standard output; give --rejects a file");
    }
    if (reported || rejected || call.has("--tee")) {
      call.files().requireStandardOutput();
    }
  }

  /** What the options of {@link #declare} set, for the command to go on from. */
  static LoadOptions.Builder options(Invocation call) {
    return LoadOptions.builder()
        .keepGoing(call.has("--keep-going"))
        .check(call.has("--check"))
        .diff(call.has("--diff"))
        .allowEmpty(call.has("--allow-empty"))
        .expectedRows(call.number("--expect-rows", 0, Long.MAX_VALUE, -1))
        .delimiter(call.configuration().delimiter());
  }

  /** The file of this name; standard input if that is {@code -}. */
  static FileInput input(Invocation call, String name, Dialect dialect, DialectOptions options) {
    return call.files().isStandardInput(name)
        ? FileInput.ofStdin(call.stdin(), dialect, options)
        : FileInput.of(name, call.files().input(name), dialect, options);
  }

  /**
   * Carries it out.
   *
   * @param copy where what was committed is copied to, or null
   */
  static ExitCode run(
      Invocation call,
      LoadOptions options,
      Dialect dialect,
      List<? extends LoadInput> inputs,
      TeeOutput copy)
      throws IOException {
    Sha256.prepare();
    LoadConsole console = new LoadConsole(call, options.delimiter(), inputs);
    try (LoadOutputs outputs = new LoadOutputs(call, options.delimiter(), dialect)) {
      List<LoadListener> listeners = new ArrayList<>(List.of(console));
      listeners.addAll(outputs.listeners());
      BatchReport report =
          call.database()
              .loader()
              .load(
                  List.copyOf(inputs), options, new LoadListeners(listeners), call.account(), copy);
      console.finish(report);
      outputs.finish(report);
      ExitCode cutOff = copy == null ? null : copy.tell(report, options, call.messages());
      ExitCode done = cutOff == null ? ExitCode.DONE : cutOff;
      return report.problem().map(Problem::kind).map(ExitCode::of).orElse(done);
    }
  }
}
