package org.prontodb.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.prontodb.app.Mirror;
import org.prontodb.mirror.MirrorExport;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Text;

/** {@code prontodb export-fs}. */
final class ExportFsCommand implements Command {

  @Override
  public Form form() {
    return Form.of("[P[.N]] DIR", 1, 2, "write a folder with a file for each record")
        .flag("--overwrite", "let the store decide where a file and its record both changed")
        .details(
            "Writes PROJECT/NAMESPACE/KEY.json, with a context PROJECT/NAMESPACE/CONTEXT/KEY.json:"
                + " of the whole database, of a project or of a namespace. Again into the same DIR,"
                + " it writes what has changed, removes the files of records that are gone, and"
                + " touches nothing else. It completes what an interrupted export began.")
        .details(
            "A file that was edited and not imported is left as it is. Exit 1 if its record has"
                + " changed, too. docs/mirror.md tells more.")
        .example("prontodb export-fs mirror")
        .example("prontodb export-fs kb.recipes mirror && rg -l dente mirror");
  }

  @Override
  public ExitCode run(Invocation call) throws IOException {
    Path folder = MirrorConsole.folder(call, call.arguments().getLast());
    Predicate<Namespace> selected = selection(call);
    Mirror mirror = call.database().mirror();
    boolean all = call.arguments().size() == 1 && !call.has(GlobalOptions.PROJECT);
    if (!all && mirror.namespaces(selected).isEmpty()) {
      throw Problem.of(
              Kind.NOT_FOUND, "there is no " + what(call), "\"prontodb nss\" lists those there are")
          .asException();
    }
    MirrorConsole console = new MirrorConsole(call);
    MirrorExport.Summary summary =
        mirror.export(folder, selected, call.has("--overwrite"), console);
    console.clear();
    tell(call.messages(), summary);
    if (summary.conflicts() == 0) {
      return ExitCode.DONE;
    }
    call.messages()
        .error(
            Problem.of(
                Kind.FAILED,
                MirrorConsole.count(summary.conflicts(), "file")
                    + " left, because of conflicts; the others are up to date",
                "import-fs brings changes of files in; --overwrite writes the records over them"));
    return ExitCode.FAILED;
  }

  private static void tell(Messages messages, MirrorExport.Summary summary) {
    messages.status(
        MirrorConsole.count(summary.written(), "file")
            + " written, "
            + summary.removed()
            + " removed, "
            + summary.unchanged()
            + " unchanged");
    if (summary.edited() > 0) {
      messages.status(
          MirrorConsole.count(summary.edited(), "file")
              + " left as edited since the export before; import-fs brings that in");
    }
  }

  private static Predicate<Namespace> selection(Invocation call) {
    String project = call.option(GlobalOptions.PROJECT);
    String name = call.option(GlobalOptions.NAMESPACE);
    if (project == null && name != null) {
      throw call.usage("-n needs -p");
    }
    boolean word = call.arguments().size() == 2;
    if (word && project != null) {
      throw call.usage("give a project or namespace either as an argument or with -p and -n");
    }
    if (word) {
      return selection(call.argument(0), call.configuration().delimiter());
    }
    if (project == null) {
      return namespace -> true;
    }
    return name == null ? ofProject(project) : new Namespace(project, name)::equals;
  }

  /** What was asked for, in the words of the user. */
  private static String what(Invocation call) {
    Delimiter delimiter = call.configuration().delimiter();
    String project = call.option(GlobalOptions.PROJECT);
    String name = call.option(GlobalOptions.NAMESPACE);
    String asked =
        project == null ? call.argument(0) : name == null ? project : project + delimiter + name;
    boolean one = name != null || (project == null && delimiter.in(asked));
    return (one ? "namespace " : "project ") + Text.visible(asked);
  }

  private static Predicate<Namespace> selection(String word, Delimiter delimiter) {
    if (!delimiter.in(word)) {
      return ofProject(word);
    }
    return Namespace.parse(word, delimiter)::equals;
  }

  private static Predicate<Namespace> ofProject(String project) {
    Namespace.checkName("project", project);
    return namespace -> namespace.project().equals(project);
  }
}
