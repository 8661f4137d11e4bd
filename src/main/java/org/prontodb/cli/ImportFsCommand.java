package org.prontodb.cli;

import java.io.IOException;
import org.prontodb.app.Mirror;
import org.prontodb.batch.LoadListener;
import org.prontodb.batch.LoadOptions;
import org.prontodb.batch.NamespaceOutcome;
import org.prontodb.mirror.Policy;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Problem;

/** {@code prontodb import-fs}. */
final class ImportFsCommand implements Command {

  @Override
  public Form form() {
    return Form.of("DIR", "bring in what has changed in the files of export-fs")
        .flag("--overwrite", "where a file and its record both changed, the file decides")
        .flag("--skip-existing", "where a file and its record both changed, the record stays")
        .flag("--dry-run --check", "change nothing; print what the import would do")
        .details(
            "Compares each file with its record and with what the last export wrote: a record"
                + " follows its file if only that has changed, and stays if only the record has."
                + " Where both have, it is a conflict: all are listed, nothing is imported, exit 1."
                + " With --overwrite the files decide wherever they differ from the records, with"
                + " --skip-existing the records that are there."
                + " The record of a file that was deleted is deleted. Without the manifest that"
                + " export-fs writes beside the files, every difference is a conflict.")
        .details(
            "A namespace is one transaction. Files that no record could have are left alone, links"
                + " are refused. docs/mirror.md tells more.")
        .example("prontodb import-fs mirror --dry-run")
        .example("prontodb import-fs mirror");
  }

  @Override
  public ExitCode run(Invocation call) throws IOException {
    if (call.has("--overwrite") && call.has("--skip-existing")) {
      throw call.usage("either the files decide or the records: --overwrite or --skip-existing");
    }
    if (call.has(GlobalOptions.PROJECT) || call.has(GlobalOptions.NAMESPACE)) {
      throw call.usage(
          "import-fs takes the namespaces that DIR has, so -p and -n do not go with it");
    }
    Delimiter delimiter = call.configuration().delimiter();
    LoadConsole console = new LoadConsole(call, delimiter);
    MirrorConsole files = new MirrorConsole(call);
    Mirror.Imported imported =
        call.database()
            .mirror()
            .load(
                MirrorConsole.folder(call, call.argument(0)),
                policy(call),
                options(call, delimiter),
                withoutPlans(console),
                files);
    files.clear();
    if (call.has("--dry-run")) {
      imported.plans().forEach(console::planned);
    }
    console.finish(imported.report());
    if (imported.left() > 0) {
      call.messages()
          .status(
              MirrorConsole.count(imported.left(), "record")
                  + " left, changed in the store since the export; export-fs brings that out,"
                  + " --overwrite takes what the files say");
    }
    return imported.report().problem().map(Problem::kind).map(ExitCode::of).orElse(ExitCode.DONE);
  }

  private static Policy policy(Invocation call) {
    if (call.has("--overwrite")) {
      return Policy.OVERWRITE;
    }
    return call.has("--skip-existing") ? Policy.SKIP : Policy.REFUSE;
  }

  private static LoadOptions options(Invocation call, Delimiter delimiter) {
    return LoadOptions.builder().check(call.has("--dry-run")).delimiter(delimiter).build();
  }

  /** The load knows of changes alone; the tree's own plan counts what is unchanged, too. */
  private static LoadListener withoutPlans(LoadConsole console) {
    return new LoadListener() {
      @Override
      public void problem(Problem problem) {
        console.problem(problem);
      }

      @Override
      public void warning(String message) {
        console.warning(message);
      }

      @Override
      public void committed(NamespaceOutcome outcome) {
        console.committed(outcome);
      }
    };
  }
}
