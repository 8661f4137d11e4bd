package org.prontodb.app;

import org.prontodb.batch.BatchReport;
import org.prontodb.batch.NamespaceOutcome;
import org.prontodb.batch.NamespacePlan;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Position;
import org.prontodb.model.Problem;

/** What machines read of a load: a JSON object a line. docs/report.schema.json describes it. */
public final class LoadReports {
  private LoadReports() {}

  /** One error. */
  public static byte[] error(Problem problem) {
    ByteBuilder line = new ByteBuilder(256);
    JsonWriter json = new JsonWriter(line).begin().field("event", "error");
    Position position = problem.position();
    if (position == null) {
      json.field("file", null);
    } else {
      json.field("file", position.file())
          .field("line", position.line())
          .field("column", position.column())
          .field("offset", position.offset());
    }
    json.field("kind", kind(problem.kind()))
        .field("message", problem.message())
        .field("hint", problem.hint())
        .endLine();
    return line.toBytes();
  }

  /** How a load ended. */
  public static byte[] receipt(BatchReport report, Delimiter delimiter) {
    ByteBuilder line = new ByteBuilder(256);
    JsonWriter json =
        new JsonWriter(line)
            .begin()
            .field("event", "receipt")
            .field("ok", report.ok())
            .field("batch", report.batch())
            .field("sha256", report.sha256())
            .field("statements", report.statements())
            .field("bytes", report.bytes())
            .seconds("seconds", report.seconds())
            .beginArray("namespaces");
    for (NamespaceOutcome outcome : report.namespaces()) {
      json.begin()
          .field("namespace", outcome.namespace().path(delimiter))
          .field("committed", outcome.committed())
          .field("puts", outcome.puts())
          .field("deletes", outcome.deletes())
          .end();
    }
    json.endArray().endLine();
    return line.toBytes();
  }

  /** What a load would do to a namespace. */
  public static byte[] plan(NamespacePlan plan, Delimiter delimiter) {
    ByteBuilder line = new ByteBuilder(256);
    new JsonWriter(line)
        .begin()
        .field("namespace", plan.namespace().path(delimiter))
        .field("create", plan.create())
        .field("update", plan.update())
        .field("unchanged", plan.unchanged())
        .field("delete", plan.delete())
        .endLine();
    return line.toBytes();
  }

  /** The word for a kind of problem that machines read. */
  public static String kind(Problem.Kind kind) {
    return kind.name().toLowerCase(java.util.Locale.ROOT);
  }
}
