package org.prontodb.json;

import java.nio.charset.StandardCharsets;
import org.prontodb.json.JsonReader.Token;
import org.prontodb.model.ByteBuilder;

/** Copies a JSON text for people: a member or element a line, indented by two spaces a level. */
final class PrettyJson {
  private static final byte[] INDENT = "  ".getBytes(StandardCharsets.US_ASCII);

  private final JsonReader reader;
  private final ByteBuilder out;
  private int depth;

  PrettyJson(JsonReader reader, ByteBuilder out) {
    this.reader = reader;
    this.out = out;
  }

  void copy() throws JsonSyntaxException {
    Token before = null;
    for (Token token = reader.next(); token != Token.END; token = reader.next()) {
      boolean begins = before == Token.BEGIN_ARRAY || before == Token.BEGIN_OBJECT;
      boolean ends = token == Token.END_ARRAY || token == Token.END_OBJECT;
      if (ends) {
        depth--;
      }
      if (before != null && before != Token.NAME && !(begins && ends)) {
        if (!begins && !ends) {
          out.append(',');
        }
        newLine();
      }
      append(token);
      before = token;
    }
  }

  private void append(Token token) {
    switch (token) {
      case BEGIN_ARRAY, BEGIN_OBJECT -> {
        depth++;
        reader.appendVerbatim(out);
      }
      case END_ARRAY, END_OBJECT, NUMBER, TRUE, FALSE, NULL -> reader.appendVerbatim(out);
      case STRING -> reader.appendCanonicalString(out);
      case NAME -> {
        reader.appendCanonicalString(out);
        out.append(':').append(' ');
      }
      case END -> throw new IllegalStateException("nothing to append");
    }
  }

  private void newLine() {
    out.append('\n');
    for (int i = 0; i < depth; i++) {
      out.append(INDENT);
    }
  }
}
