package org.prontodb.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.prontodb.app.LogEntry;
import org.prontodb.app.ReportJson;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Text;
import org.prontodb.store.AppliedLoads.Part;
import org.prontodb.store.AppliedLoads.Receipt;
import org.prontodb.store.Identities.IdentityChange;

/** {@code prontodb log}. */
final class LogCommand implements Command {
  private static final int LIMIT = 50;

  @Override
  public Form form() {
    return Form.of("list loads and changes of identities, the newest first")
        .option("--limit", "N", "at most N of them, " + LIMIT + " unless told")
        .option("--prune-before", "TIME", "forget older ones: 2026-01-31 or 2026-01-31T12:00:00Z")
        .details(
            "A line a load: when, whose (a user, or os:NAME, an account of the system, where"
                + " nobody has authenticated), ok or part, the batch id, namespaces, puts, deletes,"
                + " bytes, separated by tabs, - where there is none. The newest 10,000 are kept."
                + " --prune-before forgets batch ids as well: a forgotten batch would be applied"
                + " again.")
        .details(
            "Between them, a line for each change of a user, an API key or a grant: when, which"
                + " account of the system, what, whom it concerns, and details. These are"
                + " kept for ever.")
        .example("prontodb log --limit 5")
        .example("prontodb log --json | jq 'select(.event == \"receipt\").batch'");
  }

  @Override
  public ExitCode run(Invocation call) {
    if (call.has("--prune-before")) {
      long instant = instant(call.option("--prune-before"), call);
      long pruned = call.database().history().pruneBefore(instant);
      call.messages().status(pruned + (pruned == 1 ? " load forgotten" : " loads forgotten"));
      return ExitCode.DONE;
    }
    int limit = (int) call.number("--limit", 0, Integer.MAX_VALUE, LIMIT);
    Delimiter delimiter = call.configuration().delimiter();
    for (LogEntry entry : call.database().history().newest(limit)) {
      if (call.has(GlobalOptions.JSON)) {
        call.out()
            .write(
                switch (entry) {
                  case LogEntry.Load(Receipt receipt) -> ReportJson.receipt(receipt, delimiter);
                  case LogEntry.Identity(IdentityChange change) -> ReportJson.identity(change);
                });
      } else {
        call.out()
            .line(
                switch (entry) {
                  case LogEntry.Load(Receipt receipt) -> line(receipt);
                  case LogEntry.Identity(IdentityChange change) -> line(change);
                });
      }
    }
    return ExitCode.DONE;
  }

  private static long instant(String text, Invocation call) {
    try {
      return text.contains("T")
          ? Instant.parse(text).toEpochMilli()
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    } catch (DateTimeParseException e) {
      throw call.usage(
          "--prune-before needs a date or an instant in UTC, not \"" + Text.visible(text) + "\"");
    }
  }

  private static String line(Receipt receipt) {
    return String.join(
        "\t",
        Instant.ofEpochMilli(receipt.at()).toString(),
        orDash(receipt.user()),
        receipt.ok() ? "ok" : "part",
        orDash(receipt.batch()),
        Long.toString(receipt.parts().size()),
        Long.toString(receipt.parts().stream().mapToLong(Part::puts).sum()),
        Long.toString(receipt.parts().stream().mapToLong(Part::deletes).sum()),
        Long.toString(receipt.bytes()));
  }

  private static String line(IdentityChange change) {
    return String.join(
        "\t",
        Instant.ofEpochMilli(change.at()).toString(),
        Text.visible(change.by()),
        change.action(),
        Text.visible(change.user()),
        change.detail().isEmpty() ? "-" : Text.visible(change.detail()));
  }

  private static String orDash(String text) {
    return text == null ? "-" : Text.visible(text);
  }
}
