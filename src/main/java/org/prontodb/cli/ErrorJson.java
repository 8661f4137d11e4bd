package org.prontodb.cli;

import org.prontodb.app.ReportJson;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Position;
import org.prontodb.model.Problem;

/** An error as an object on a line of its own, for programs. */
final class ErrorJson {
  private ErrorJson() {}

  static String line(Problem problem) {
    ByteBuilder line = new ByteBuilder(256);
    JsonWriter json =
        new JsonWriter(line)
            .begin()
            .field("kind", ReportJson.kind(problem.kind()))
            .field("message", problem.message())
            .field("hint", problem.hint())
            .field("exit", ExitCode.of(problem.kind()).number())
            .field("retryable", problem.kind() == Problem.Kind.BUSY);
    Position position = problem.position();
    if (position != null) {
      json.field("file", position.file())
          .field("line", position.line())
          .field("column", position.column())
          .field("offset", position.offset());
    }
    json.endLine();
    return line.toString();
  }
}
