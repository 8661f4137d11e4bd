package org.prontodb.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.prontodb.dialect.Base64Text;
import org.prontodb.json.Json;
import org.prontodb.model.Limits;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.records.Condition;

/** Values on their way in: what {@code -}, {@code --b64} and {@code --json} make of a word. */
final class Values {
  /** Enough for the base64 of the longest value with its line breaks, and one byte too many. */
  private static final int MOST_BYTES = Limits.VALUE_BYTES / 3 * 4 + Limits.VALUE_BYTES / 16;

  private Values() {}

  /** The value that the word stands for; {@code -} is all of standard input. */
  static byte[] read(String word, Invocation call) throws IOException {
    if (!word.equals("-")) {
      return given(word, call);
    }
    byte[] bytes = call.stdin().readNBytes(MOST_BYTES);
    if (bytes.length == 0 && call.context().terminal().isPipe(0)) {
      call.messages()
          .warning(
              Problem.of(
                  Kind.CONTENT,
                  "nothing came through the pipe, so the value is empty",
                  "see whether the program before it has failed; \"prontodb copy\" copies a record"));
    }
    return converted(
        call.has(GlobalOptions.BASE64) ? withoutLineBreaks(bytes) : bytes, "<stdin>", call);
  }

  /** The condition that {@code --if-value} sets. */
  static Condition ifValue(Invocation call) {
    String old = call.option("--if-value");
    return old == null ? new Condition.None() : new Condition.Equal(given(old, call));
  }

  /** The value that the word itself is. */
  static byte[] given(String word, Invocation call) {
    return converted(Arguments.bytes(word), "<value>", call);
  }

  private static byte[] converted(byte[] bytes, String origin, Invocation call) {
    byte[] value = call.has(GlobalOptions.BASE64) ? decoded(bytes) : bytes;
    Limits.checkValue(value.length);
    return call.has(GlobalOptions.JSON) ? Json.canonical(value, origin) : value;
  }

  private static byte[] decoded(byte[] base64) {
    byte[] value = Base64Text.decode(base64, 0, base64.length);
    if (value == null) {
      throw Problem.of(
              Kind.CONTENT,
              "the value is not base64",
              "--b64 takes RFC 4648 base64 with its padding, as the base64 program writes it")
          .asException();
    }
    return value;
  }

  /** As the base64 program breaks its lines. */
  private static byte[] withoutLineBreaks(byte[] base64) {
    return new String(base64, StandardCharsets.ISO_8859_1)
        .replaceAll("[\r\n]", "")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
