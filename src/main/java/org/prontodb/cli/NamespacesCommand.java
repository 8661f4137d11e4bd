package org.prontodb.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.prontodb.app.Discovery;
import org.prontodb.app.Discovery.Described;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Namespace;

/** {@code prontodb namespaces} and {@code prontodb nss}. */
final class NamespacesCommand implements Command {
  private static final String HEADER =
      "namespace\tkind\trecords\tbytes\ttimeout_sec\tmax_items\tevict_on_read\texpired";

  private final boolean ofAllProjects;

  private NamespacesCommand(boolean ofAllProjects) {
    this.ofAllProjects = ofAllProjects;
  }

  static Command ofProject() {
    return new NamespacesCommand(false);
  }

  static Command all() {
    return new NamespacesCommand(true);
  }

  @Override
  public Form form() {
    Form form =
        Form.of(
            ofAllProjects
                ? "list all namespaces, as PROJECT.NAMESPACE"
                : "list the namespaces of the project that -p names");
    form.details(
        "A line for each: name, kind (std or ttl), records, bytes of keys and values, and for"
            + " caches timeout_sec, max_items, evict_on_read and how many records are stored"
            + " although expired; tab-separated, in the order of the names. Counting reads all"
            + " records; -q prints the names alone and reads none. --json: an object a line,"
            + " with compress and level where values are compressed; bytes are counted uncompressed"
            + " in any case.");
    return ofAllProjects
        ? form.example("prontodb nss").example("prontodb nss --json")
        : form.example("prontodb namespaces -p kb").example("prontodb namespaces -p kb -q");
  }

  @Override
  public ExitCode run(Invocation call) {
    boolean namesAlone = call.has(GlobalOptions.QUIET);
    List<Namespace> inexpressible = new ArrayList<>();
    Consumer<Described> row = row(call, namesAlone, inexpressible);
    if (call.printsToTerminal() && !namesAlone && !call.has(GlobalOptions.JSON)) {
      call.out().line(HEADER);
    }
    Discovery discovery = call.database().discovery();
    if (ofAllProjects) {
      discovery.namespaces(!namesAlone, row);
    } else {
      String project = call.option(GlobalOptions.PROJECT);
      if (project == null) {
        throw call.usage("namespaces needs -p PROJECT");
      }
      discovery.namespaces(project, !namesAlone, row);
    }
    tellOf(inexpressible, call);
    return ExitCode.DONE;
  }

  private Consumer<Described> row(
      Invocation call, boolean namesAlone, List<Namespace> inexpressible) {
    if (call.has(GlobalOptions.JSON)) {
      ByteBuilder line = new ByteBuilder(256);
      return described -> {
        appendJson(described, line);
        call.out().write(line.array(), 0, line.length());
        line.setLength(0);
      };
    }
    Delimiter delimiter = call.addresses().delimiter();
    return described -> {
      Namespace namespace = described.info().namespace();
      if (ofAllProjects && !namespace.isExpressibleWith(delimiter)) {
        inexpressible.add(namespace);
        return;
      }
      String name = ofAllProjects ? namespace.path(delimiter) : namespace.name();
      call.out().line(namesAlone ? name : text(name, described));
    };
  }

  private static String text(String name, Described described) {
    StringBuilder line = new StringBuilder(name);
    line.append('\t').append(described.info().kind());
    line.append('\t').append(described.stats().records());
    line.append('\t').append(described.stats().bytes());
    CacheSettings cache = described.info().cache();
    if (cache != null) {
      line.append('\t').append(cache.timeoutSeconds());
      line.append('\t').append(cache.maxItems());
      line.append('\t').append(cache.evictOnRead() ? 1 : 0);
      line.append('\t').append(described.stats().expired());
    }
    return line.toString();
  }

  private static void appendJson(Described described, ByteBuilder line) {
    JsonWriter json = new JsonWriter(line).begin();
    described.appendTo(json);
    json.endLine();
  }

  /** A path with the delimiter in one of its names could not be read back. */
  private static void tellOf(List<Namespace> inexpressible, Invocation call) {
    for (Namespace namespace : inexpressible) {
      call.messages()
          .warning(
              "not listed, since a name holds the delimiter: -p "
                  + namespace.project()
                  + " -n "
                  + namespace.name());
    }
  }
}
