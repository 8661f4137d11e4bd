package org.prontodb.server;

import java.util.List;
import org.eclipse.jetty.http.HttpStatus;
import org.prontodb.app.ReportJson;
import org.prontodb.batch.NamespaceOutcome;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Position;
import org.prontodb.model.Problem;

/**
 * A problem as RFC 9457 has it. Besides the members that it names there are {@code kind} and {@code
 * hint}, the place in the body ({@code line}, {@code column}, {@code offset}), and of a load all
 * {@code errors} and what became of the {@code namespaces}.
 */
final class ProblemJson {
  static final String TYPE = "application/problem+json";

  private ProblemJson() {}

  static byte[] of(int status, Problem problem, String id) {
    return of(status, problem, id, List.of(), List.of(), Delimiter.DEFAULT);
  }

  static byte[] of(
      int status,
      Problem problem,
      String id,
      List<Problem> errors,
      List<NamespaceOutcome> namespaces,
      Delimiter delimiter) {
    ByteBuilder body = new ByteBuilder(512);
    String title = HttpStatus.getMessage(status);
    JsonWriter json =
        new JsonWriter(body)
            .begin()
            .field("type", "urn:prontodb:problem:" + ReportJson.kind(problem.kind()))
            .field("title", title)
            .field("status", status)
            .field("detail", problem.message())
            .field("instance", "urn:prontodb:request:" + id);
    members(json, problem);
    if (!errors.isEmpty()) {
      json.beginArray("errors");
      for (Problem error : errors) {
        json.begin().field("detail", error.message());
        members(json, error);
        json.end();
      }
      json.endArray();
    }
    if (!namespaces.isEmpty()) {
      json.beginArray("namespaces");
      for (NamespaceOutcome outcome : namespaces) {
        json.begin()
            .field("namespace", outcome.namespace().path(delimiter))
            .field("committed", outcome.committed())
            .end();
      }
      json.endArray();
    }
    json.endLine();
    return body.toBytes();
  }

  private static void members(JsonWriter json, Problem problem) {
    json.field("kind", ReportJson.kind(problem.kind()));
    if (problem.hint() != null) {
      json.field("hint", problem.hint());
    }
    Position position = problem.position();
    if (position != null) {
      json.field("line", position.line())
          .field("column", position.column())
          .field("offset", position.offset());
    }
    if (problem.source() != null) {
      json.field("source", problem.source().text());
    }
  }
}
