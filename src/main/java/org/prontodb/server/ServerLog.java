package org.prontodb.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.function.Consumer;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;

/** What a server tells of itself: a JSON object a line, written whole. */
final class ServerLog {
  private final OutputStream out;

  ServerLog(OutputStream out) {
    this.out = out;
  }

  /**
   * @param event what sort of line it is
   * @param members adds the rest to it
   */
  void write(String event, Consumer<JsonWriter> members) {
    ByteBuilder line = new ByteBuilder(256);
    JsonWriter json =
        new JsonWriter(line).begin().field("event", event).field("at", Instant.now().toString());
    members.accept(json);
    json.endLine();
    write(line.toBytes());
  }

  /** Something that went wrong inside, with where in the program it did. */
  void failure(String id, String message, Throwable cause) {
    write(
        "error",
        json -> {
          json.field("id", id).field("message", message);
          if (cause != null) {
            StringWriter trace = new StringWriter();
            cause.printStackTrace(new PrintWriter(trace));
            json.field("trace", trace.toString());
          }
        });
  }

  private synchronized void write(byte[] line) {
    try {
      out.write(line);
      out.flush();
    } catch (IOException e) {
      // there is nowhere left to tell it
    }
  }
}
