package org.prontodb.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.prontodb.app.Dialects;
import org.prontodb.app.ImportInput;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.LoadOptions;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.stream.Settings;
import org.prontodb.model.Namespace;

/** {@code prontodb import}. */
final class ImportCommand implements Command {

  @Override
  public Form form() {
    Form form =
        Form.of("P.N [FILE]", 0, 2, "load a table into a namespace: all of it, or nothing")
            .option("--from", "DIALECT", TableForm.NAMES + "; else what the file's name ends in")
            .flag("--replace", "delete the keys that the table does not bring")
            .option("--create-cache", "SETTINGS", "make a cache if the namespace is missing");
    return LoadForm.declare(TableForm.reading(form))
        .details(
            "Reads KEY, a tab and the value in base64, in caches also a tab and the instant of"
                + " expiry, from FILE or standard input; compressed input (.gz, .zst) is"
                + " recognised. CSV holds text, and JSON lines are {\"k\":…,\"v\":…}. A wrong line"
                + " is told with its place, and nothing of the table lands.")
        .details(
            "Tables of other programs: --from excel, mysql, postgresql-text, postgresql-csv,"
                + " oracle, mongodb-csv, mongodb-tsv, informix; or csv and tsv with --separator,"
                + " --quote, --escape, --comment. --encoding names what is not UTF-8. -v says which"
                + " reader runs.")
        .details(
            "--check without --diff also shows the first records as they would be stored, on"
                + " standard error: key, type (json, text or bytes), value.")
        .details(
            "Like set, import asks for no preamble: whoever may write the database's file may"
                + " import.")
        .example("prontodb import kb.recipes recipes.tsv")
        .example("prontodb import kb.people people.csv --header --key id --value :json")
        .example("prontodb import kb.people export.csv --from excel --key id --value :json")
        .example("prontodb import kb.people export.csv --from excel --check")
        .example("prontodb import kb.cache hits.tsv --create-cache 'timeout=60'");
  }

  @Override
  public ExitCode run(Invocation call) throws IOException {
    LoadForm.checkCombinations(call);
    List<String> words = new ArrayList<>(call.arguments());
    List<String> path = new ArrayList<>();
    if (call.addresses().chosen().isEmpty() && !words.isEmpty()) {
      path.add(words.removeFirst());
    }
    Namespace namespace = call.addresses().namespace(path);
    call.addresses().checkNew(namespace);
    if (words.size() > 1) {
      throw call.usage("with -p and -n, import takes one FILE");
    }
    String file = words.isEmpty() ? "-" : words.getFirst();
    Dialect dialect = TableForm.dialect(call, "--from", file);
    if (dialect == Dialects.STREAM) {
      throw call.usage("import reads tables; a stream is for prontodb stream");
    }
    DialectOptions options = TableForm.read(call, dialect);
    call.messages().detail(dialect.name() + " is read by " + dialect.readBy(options));
    Preview preview = new Preview(call.has("--check") && !call.has("--diff") ? Preview.RECORDS : 0);
    ImportInput input =
        new ImportInput(
            LoadForm.input(call, file, dialect, options), namespace, first(call), preview::add);
    ExitCode exit = LoadForm.run(call, loadOptions(call, namespace), dialect, List.of(input), null);
    preview.tell(call);
    return exit;
  }

  private static List<BatchCommand> first(Invocation call) {
    List<BatchCommand> commands = new ArrayList<>();
    if (call.has("--create-cache")) {
      String settings = call.option("--create-cache");
      commands.add(
          new BatchCommand.CreateCache(Settings.ofCache(Settings.parseOfCache(settings), null)));
    }
    if (call.has("--replace")) {
      commands.add(new BatchCommand.ReplaceAll());
    }
    return commands;
  }

  private static LoadOptions loadOptions(Invocation call, Namespace namespace) {
    return LoadForm.options(call).startingIn(namespace.project(), namespace.name()).build();
  }
}
