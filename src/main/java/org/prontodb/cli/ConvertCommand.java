package org.prontodb.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.prontodb.app.Conversion;
import org.prontodb.app.Dialects;
import org.prontodb.app.OutputFile;
import org.prontodb.batch.CommandReader;
import org.prontodb.batch.EntryWriter;
import org.prontodb.batch.LoadInput;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.model.Problem;

/** {@code prontodb convert}. */
final class ConvertCommand implements Command {

  @Override
  public Form form() {
    String names = TableForm.ALL_NAMES;
    Form form =
        Form.of("[FILE]", 0, 1, "say in one dialect what was said in another; uses no database")
            .option("--from", "DIALECT", names + "; else what FILE ends in")
            .option("--to", "DIALECT", "as well; else what the file of -o ends in")
            .option(
                "-o",
                "FILE",
                "write to FILE, which is there whole or not at all; - is standard output");
    return TableForm.reading(form)
        .details(
            "What the other dialect can not say, a deletion in a table for one, is refused with"
                + " exit 65. A preamble does not pass: secrets stay where they are. -p and -n name"
                + " the namespace that a stream of the records of a table is for.")
        .example("prontodb convert --from stream --to jsonl < batch.pronto")
        .example("prontodb convert --from csv --to stream -p kb -n people people.csv");
  }

  @Override
  public ExitCode run(Invocation call) throws IOException {
    String file = call.arguments().isEmpty() ? "-" : call.arguments().getFirst();
    Dialect from = dialect(call, "--from", file);
    Dialect to = dialect(call, "--to", TableForm.output(call));
    DialectOptions options = TableForm.read(call, from, to);
    List<Problem> problems = convert(call, LoadForm.input(call, file, from, options), to, options);
    problems.forEach(call.messages()::error);
    return problems.isEmpty() ? ExitCode.DONE : ExitCode.of(problems.getFirst().kind());
  }

  private static List<Problem> convert(
      Invocation call, LoadInput input, Dialect to, DialectOptions options) throws IOException {
    String output = TableForm.output(call);
    if (output == null) {
      return convert(call, input, to, options, call.out());
    }
    try (OutputFile whole = call.files().replace("-o", output)) {
      List<Problem> problems = convert(call, input, to, options, whole.stream());
      if (problems.isEmpty()) {
        whole.finish();
      }
      return problems;
    }
  }

  private static List<Problem> convert(
      Invocation call, LoadInput input, Dialect to, DialectOptions options, OutputStream out)
      throws IOException {
    DialectOptions naming =
        new DialectOptions(
            options.delimiter(), options.table().withNamespaces(), options.encoding());
    try (CommandReader reader = input.open();
        EntryWriter writer = to.writer(out, naming)) {
      Conversion conversion =
          new Conversion(reader, writer, call.addresses().chosen().orElse(null));
      List<Problem> problems = conversion.run();
      conversion.warnings().forEach(call.messages()::warning);
      return problems;
    }
  }

  private static Dialect dialect(Invocation call, String option, String file) {
    if (!call.has(option) && (file == null || Dialects.ofFile(file).isEmpty())) {
      throw call.usage("convert needs " + option + " DIALECT");
    }
    return TableForm.dialect(call, option, file);
  }
}
