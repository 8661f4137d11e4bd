package org.prontodb.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.prontodb.batch.BatchCommand.Put;
import org.prontodb.json.Json;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Text;
import org.prontodb.model.Utf8;

/** The first records of a load as they would be stored, for a person to see what options do. */
final class Preview {
  /** How many records are shown. */
  static final int RECORDS = 5;

  private static final int CHARACTERS = 100;
  private static final int BYTES = 24;

  private final int most;
  private final List<Put> first = new ArrayList<>();

  Preview(int most) {
    this.most = most;
  }

  void add(Put put) {
    if (first.size() < most) {
      first.add(put);
    }
  }

  /** Shows them, an object a line if answers are JSON. */
  void tell(Invocation call) {
    if (first.isEmpty() || call.has(GlobalOptions.QUIET)) {
      return;
    }
    if (call.has(GlobalOptions.JSON)) {
      first.forEach(put -> call.messages().write(json(put)));
      return;
    }
    call.messages()
        .status(
            first.size() == 1 ? "the first record:" : "the first " + first.size() + " records:");
    for (Put put : first) {
      call.messages()
          .status(
              "  "
                  + Text.visible(put.key().text())
                  + "  "
                  + type(put.value())
                  + "  "
                  + shown(put.value()));
    }
  }

  private static String json(Put put) {
    ByteBuilder line = new ByteBuilder(256);
    new JsonWriter(line)
        .begin()
        .field("event", "preview")
        .text("k", put.key().utf8())
        .field("type", type(put.value()))
        .value(put.value())
        .endLine();
    return line.toString();
  }

  private static String type(byte[] value) {
    boolean container = value.length > 0 && (value[0] == '{' || value[0] == '[');
    if (container && Json.canonicalIfJson(value).isPresent()) {
      return "json";
    }
    return Utf8.isValid(value) ? "text" : "bytes";
  }

  private static String shown(byte[] value) {
    if (!Utf8.isValid(value)) {
      int shown = Math.min(value.length, BYTES);
      return HexFormat.ofDelimiter(" ").formatHex(value, 0, shown)
          + (shown < value.length ? " … (" + value.length + " bytes)" : "");
    }
    String text = new String(value, StandardCharsets.UTF_8);
    String cut =
        text.codePointCount(0, text.length()) <= CHARACTERS
            ? text
            : text.substring(0, text.offsetByCodePoints(0, CHARACTERS)) + "…";
    return Text.visible(cut);
  }
}
