package org.prontodb.cli;

import org.prontodb.app.Discovery.Described;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;

/** {@code prontodb projects}. */
final class ProjectsCommand implements Command {

  @Override
  public Form form() {
    return Form.of("list the projects")
        .details(
            "A line for each: project, how many namespaces, how many records; tab-separated, in the"
                + " order of the names. Counting reads all records; -q prints the names alone and"
                + " reads none. --json: an object a line.")
        .example("prontodb projects")
        .example("prontodb projects -q");
  }

  @Override
  public ExitCode run(Invocation call) {
    boolean namesAlone = call.has(GlobalOptions.QUIET);
    if (call.printsToTerminal() && !namesAlone && !call.has(GlobalOptions.JSON)) {
      call.out().line("project\tnamespaces\trecords");
    }
    Count count = new Count(call, namesAlone);
    call.database().discovery().namespaces(!namesAlone, count::add);
    count.print();
    return ExitCode.DONE;
  }

  /** Adds up the namespaces of one project after the other. */
  private static final class Count {
    private final Invocation call;
    private final boolean namesAlone;
    private String project;
    private long namespaces;
    private long records;

    Count(Invocation call, boolean namesAlone) {
      this.call = call;
      this.namesAlone = namesAlone;
    }

    void add(Described described) {
      String next = described.info().namespace().project();
      if (!next.equals(project)) {
        print();
        project = next;
        namespaces = 0;
        records = 0;
      }
      namespaces++;
      records += namesAlone ? 0 : described.stats().records();
    }

    void print() {
      if (project == null) {
        return;
      }
      if (call.has(GlobalOptions.JSON)) {
        ByteBuilder line = new ByteBuilder(128);
        JsonWriter json = new JsonWriter(line).begin().field("project", project);
        json.field("namespaces", namespaces);
        if (!namesAlone) {
          json.field("records", records);
        }
        json.endLine();
        call.out().write(line.toBytes());
      } else {
        call.out().line(namesAlone ? project : project + "\t" + namespaces + "\t" + records);
      }
    }
  }
}
