package org.prontodb.cli;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.prontodb.app.Dialects;
import org.prontodb.batch.LoadInput;
import org.prontodb.batch.LoadOptions;
import org.prontodb.config.Configuration;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Namespace;

/** {@code prontodb stream}. */
final class StreamCommand implements Command {

  @Override
  public Form form() {
    Form form = Form.of("[FILE…]", 0, Integer.MAX_VALUE, "apply a stream: all of it, or nothing");
    return TableForm.reading(
            LoadForm.declare(form)
                .option(
                    "--commit-every", "N", "commit every N statements, for input without an end")
                .flag("--require-end", "refuse input that does not end with meta:end;")
                .option(
                    "--from",
                    "DIALECT",
                    "the input's dialect, else what the files' names end in: "
                        + TableForm.ALL_NAMES)
                .flag("--tee", "copy what was committed to standard output, as a stream"))
        .details(
            "Reads the files, or standard input, as one stream. Nothing is committed before the"
                + " whole of it has been read and found valid; then each namespace is one"
                + " transaction. No lock is held while waiting for input. -p and -n choose the"
                + " namespace at the beginning.")
        .details(
            "A stream begins with a preamble, meta:sec:pass=…; meta:sec:user=…;, unless"
                + " PRONTO_SESSION or PRONTO_APIKEY is set, or pronto.conf says"
                + " security.required=false.")
        .example("cat samples/quickstart.pronto | prontodb stream")
        .example("prontodb stream --check --diff batch.pronto")
        .example("prontodb stream --keep-going --rejects bad.pronto batch.pronto");
  }

  @Override
  public ExitCode run(Invocation call) throws IOException {
    LoadOptions options = options(call);
    Dialect dialect = dialect(call);
    checkCombinations(call);
    DialectOptions form = TableForm.read(call, dialect);
    call.messages().detail(dialect.name() + " is read by " + dialect.readBy(form));
    List<LoadInput> inputs = inputs(call, dialect, form);
    TeeOutput copy = call.has("--tee") ? new TeeOutput(call.out()) : null;
    return LoadForm.run(call, options, dialect, inputs, copy);
  }

  /** The dialect that {@code --from} names, else the one of the files' names, else a stream. */
  private static Dialect dialect(Invocation call) {
    if (call.has("--from")) {
      return Dialects.named(call.option("--from"));
    }
    List<Dialect> named =
        call.arguments().stream()
            .map(file -> Dialects.ofFile(file).orElse(Dialects.STREAM))
            .distinct()
            .toList();
    if (named.size() > 1) {
      throw call.usage(
          "the files' names mean "
              + named.stream().map(Dialect::name).collect(Collectors.joining(" and "))
              + "; say with --from what all of them are");
    }
    return named.isEmpty() ? Dialects.STREAM : named.getFirst();
  }

  private static void checkCombinations(Invocation call) {
    LoadForm.checkCombinations(call);
    if (call.has("--check") && (call.has("--tee") || call.has("--commit-every"))) {
      throw call.usage("--check commits nothing, so neither --tee nor --commit-every goes with it");
    }
  }

  private static List<LoadInput> inputs(Invocation call, Dialect dialect, DialectOptions options) {
    List<String> names = call.arguments().isEmpty() ? List.of("-") : call.arguments();
    if (names.stream().anyMatch(name -> name.stripLeading().startsWith("meta:"))) {
      // It is not quoted, since what it begins with is a password.
      throw call.usage("a stream is given on standard input or in a file, not as an argument");
    }
    if (names.stream().filter(call.files()::isStandardInput).count() > 1) {
      throw call.usage("standard input can be read once only");
    }
    return names.stream()
        .<LoadInput>map(name -> LoadForm.input(call, name, dialect, options))
        .toList();
  }

  private static LoadOptions options(Invocation call) {
    String project = call.option(GlobalOptions.PROJECT);
    String namespace = call.option(GlobalOptions.NAMESPACE);
    Delimiter delimiter = call.configuration().delimiter();
    if (namespace != null && project == null) {
      throw call.usage("-n needs -p");
    }
    if (project != null) {
      Namespace.checkName("project", project, delimiter);
    }
    if (namespace != null) {
      Namespace.checkName("namespace", namespace, delimiter);
    }
    Configuration configuration = call.configuration();
    return LoadForm.options(call)
        .commitEvery(call.number("--commit-every", 1, Long.MAX_VALUE, 0))
        .requireEnd(call.has("--require-end"))
        .startingIn(project, namespace)
        .authenticationRequired(configuration.securityRequired())
        .session(configuration.session().orElse(null))
        .apiKey(configuration.apiKey().orElse(null))
        .build();
  }
}
