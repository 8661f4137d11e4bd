package org.prontodb.app;

import java.time.Instant;
import java.util.Locale;
import org.prontodb.batch.BatchReport;
import org.prontodb.batch.NamespaceOutcome;
import org.prontodb.batch.NamespacePlan;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Position;
import org.prontodb.model.Problem;
import org.prontodb.store.AppliedLoads;
import org.prontodb.store.Identities.IdentityChange;

/** What machines read of a load: a JSON object a line. docs/report.schema.json describes it. */
public final class ReportJson {
  private ReportJson() {}

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
    JsonWriter json = new JsonWriter(line).begin().field("event", "receipt");
    totals(
        json,
        report.ok(),
        report.batch(),
        report.sha256(),
        report.statements(),
        report.bytes(),
        report.seconds());
    json.beginArray("namespaces");
    for (NamespaceOutcome outcome : report.namespaces()) {
      namespace(
          json,
          outcome.namespace().path(delimiter),
          outcome.committed(),
          outcome.puts(),
          outcome.deletes());
    }
    json.endArray()
        .field("duplicates", report.duplicates())
        .field("nulls", report.nulls())
        .beginArray("warnings");
    report.warnings().forEach(json::element);
    json.endArray().endLine();
    return line.toBytes();
  }

  /** A load as the store remembers it. */
  public static byte[] receipt(AppliedLoads.Receipt receipt, Delimiter delimiter) {
    ByteBuilder line = new ByteBuilder(256);
    JsonWriter json =
        new JsonWriter(line)
            .begin()
            .field("event", "receipt")
            .field("at", Instant.ofEpochMilli(receipt.at()).toString())
            .field("user", receipt.user());
    totals(
        json,
        receipt.ok(),
        receipt.batch(),
        receipt.sha256(),
        receipt.statements(),
        receipt.bytes(),
        receipt.seconds());
    json.beginArray("namespaces");
    for (AppliedLoads.Part part : receipt.parts()) {
      namespace(json, part.namespace().path(delimiter), true, part.puts(), part.deletes());
    }
    json.endArray().endLine();
    return line.toBytes();
  }

  /** A change of an identity as the store remembers it. */
  public static byte[] identity(IdentityChange change) {
    ByteBuilder line = new ByteBuilder(256);
    new JsonWriter(line)
        .begin()
        .field("event", "identity")
        .field("at", Instant.ofEpochMilli(change.at()).toString())
        .field("by", change.by())
        .field("action", change.action())
        .field("user", change.user())
        .field("detail", change.detail())
        .endLine();
    return line.toBytes();
  }

  private static void totals(
      JsonWriter json,
      boolean ok,
      String batch,
      String sha256,
      long statements,
      long bytes,
      double seconds) {
    json.field("ok", ok)
        .field("batch", batch)
        .field("sha256", sha256)
        .field("statements", statements)
        .field("bytes", bytes)
        .seconds("seconds", seconds);
  }

  private static void namespace(
      JsonWriter json, String path, boolean committed, long puts, long deletes) {
    json.begin()
        .field("namespace", path)
        .field("committed", committed)
        .field("puts", puts)
        .field("deletes", deletes)
        .end();
  }

  /** What a load would do to a namespace. */
  public static byte[] plan(NamespacePlan plan, Delimiter delimiter) {
    ByteBuilder line = new ByteBuilder(256);
    JsonWriter json = new JsonWriter(line).begin();
    append(plan, delimiter, json);
    json.endLine();
    return line.toBytes();
  }

  /** The same as members of an object that was begun. */
  public static void append(NamespacePlan plan, Delimiter delimiter, JsonWriter json) {
    json.field("namespace", plan.namespace().path(delimiter))
        .field("create", plan.create())
        .field("update", plan.update())
        .field("unchanged", plan.unchanged())
        .field("delete", plan.delete());
  }

  /** What a load would do to a key of the namespace whose plan was written last. */
  public static byte[] difference(char sign, byte[] key) {
    ByteBuilder line = new ByteBuilder(256);
    new JsonWriter(line).begin().field("change", String.valueOf(sign)).text("k", key).endLine();
    return line.toBytes();
  }

  /** The word for a kind of problem that machines read. */
  public static String kind(Problem.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
