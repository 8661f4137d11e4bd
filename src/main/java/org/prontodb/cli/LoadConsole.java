package org.prontodb.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.prontodb.app.ReportJson;
import org.prontodb.batch.BatchReport;
import org.prontodb.batch.LoadInput;
import org.prontodb.batch.LoadListener;
import org.prontodb.batch.NamespaceOutcome;
import org.prontodb.batch.NamespacePlan;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Text;

/** Tells the person at the terminal how a load goes, and prints its plan. */
final class LoadConsole implements LoadListener {
  /** How many errors that say the same are shown; the rest is counted. */
  private static final long SHOWN_OF_EACH = 5;

  private static final int MOST_SHAPES = 200;

  private final Messages messages;
  private final Output out;
  private final boolean json;
  private final Progress progress;
  private final boolean plans;
  private final Delimiter delimiter;
  private final List<? extends LoadInput> inputs;
  private final long size;
  private final Map<String, Long> repeated = new LinkedHashMap<>();
  private long expired;

  LoadConsole(Invocation call, Delimiter delimiter) {
    this(call, delimiter, List.of());
  }

  /**
   * @param inputs what is read, to tell how much of it has been read
   */
  LoadConsole(Invocation call, Delimiter delimiter, List<? extends LoadInput> inputs) {
    this.inputs = inputs;
    this.size =
        !call.showsProgress() || inputs.stream().anyMatch(input -> input.size() < 0)
            ? -1
            : inputs.stream().mapToLong(LoadInput::size).sum();
    this.messages = call.messages();
    this.out = call.out();
    this.json = call.has(GlobalOptions.JSON);
    this.progress = new Progress(call);
    this.plans = call.has("--check") || call.has("--dry-run");
    this.delimiter = delimiter;
  }

  @Override
  public void problem(Problem problem) {
    if (json || isNews(problem)) {
      progress.clear();
      messages.error(problem);
    }
  }

  /** Whether no more than a few errors before this one say the same of other places. */
  private boolean isNews(Problem problem) {
    String shape = problem.message().replaceAll("\"[^\"]*\"", "\"…\"");
    if (problem.position() == null
        || (repeated.size() == MOST_SHAPES && !repeated.containsKey(shape))) {
      return true;
    }
    return repeated.merge(shape, 1L, Long::sum) <= SHOWN_OF_EACH;
  }

  private void tellRepeated() {
    repeated.forEach(
        (shape, times) -> {
          if (times > SHOWN_OF_EACH) {
            messages.write(
                "prontodb: error: "
                    + (times - SHOWN_OF_EACH)
                    + " more like these: "
                    + shape
                    + "\n  hint: --report FILE has all of them with their places\n");
          }
        });
  }

  @Override
  public void warning(String message) {
    progress.clear();
    messages.warning(message);
  }

  @Override
  public void progress(long statements, long bytes) {
    long done = 0;
    for (LoadInput input : inputs) {
      done += input.consumed();
    }
    progress.tell(
        () -> "%,d statements, %,d MB read".formatted(statements, bytes >> 20), done, size);
  }

  @Override
  public void planned(NamespacePlan plan) {
    if (json) {
      out.write(ReportJson.plan(plan, delimiter));
    } else {
      out.line(
          Text.visible(plan.namespace().path(delimiter))
              + " create="
              + plan.create()
              + " update="
              + plan.update()
              + " unchanged="
              + plan.unchanged()
              + " delete="
              + plan.delete());
    }
  }

  @Override
  public void difference(char sign, byte[] key) {
    if (json) {
      out.write(ReportJson.difference(sign, key));
    } else {
      out.write(sign);
      out.write(' ');
      out.write(key);
      out.write('\n');
    }
  }

  @Override
  public void committed(NamespaceOutcome outcome) {
    expired += outcome.expired();
  }

  /** Tells how the load ended. */
  void finish(BatchReport report) {
    progress.clear();
    tellRepeated();
    if (report.rejected() > 0) {
      messages.status(count(report.rejected(), "statement") + " skipped");
    }
    if (plans) {
      return;
    }
    if (report.failure() != null && report.committedNamespaces() == 0) {
      messages.status("nothing was changed");
      return;
    }
    if (report.alreadyAppliedAt() > 0 && report.committedNamespaces() == 0) {
      messages.status(
          "batch \""
              + Text.visible(report.batch())
              + "\" was applied at "
              + Instant.ofEpochMilli(report.alreadyAppliedAt())
              + " already; nothing was changed");
      return;
    }
    if (report.failure() != null && report.failure().kind() == Kind.PARTIAL) {
      tellParts(report.namespaces());
    }
    if (expired > 0) {
      String whose = expired == 1 ? "its" : "their";
      messages.status(count(expired, "record") + " left out, because " + whose + " end had passed");
    }
    if (report.nulls() > 0) {
      String whose = report.nulls() == 1 ? "its value is" : "their values are";
      messages.status(count(report.nulls(), "record") + " left out, because " + whose + " NULL");
    }
    tellTotals(report);
  }

  private void tellParts(List<NamespaceOutcome> outcomes) {
    for (NamespaceOutcome outcome : outcomes) {
      messages.status(
          (outcome.committed() ? "committed:     " : "not committed: ")
              + Text.visible(outcome.namespace().path(delimiter)));
    }
  }

  /** Put together by hand: a format that knows of locales would cost a small load 5 ms. */
  private void tellTotals(BatchReport report) {
    long records = report.puts() + report.deletes();
    long perSecond = Math.round(records / Math.max(report.seconds(), 1e-3));
    messages.status(
        count(report.committedNamespaces(), "namespace")
            + ", "
            + count(report.puts(), "put")
            + ", "
            + count(report.deletes(), "delete")
            + ", "
            + (report.duplicates() == 0 ? "" : count(report.duplicates(), "duplicate key") + ", ")
            + count(report.bytes(), "byte")
            + " in "
            + twoDecimals(report.seconds())
            + " s ("
            + perSecond
            + " records/s)");
  }

  private static String twoDecimals(double number) {
    long hundredths = Math.round(number * 100);
    return hundredths / 100 + "." + hundredths / 10 % 10 + hundredths % 10;
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
