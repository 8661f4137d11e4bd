package org.prontodb.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.prontodb.json.Json;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;

/** Values on their way in: what {@code -}, {@code --b64} and {@code --json} make of a word. */
final class Values {
  private Values() {}

  /** The value that the word stands for; {@code -} is all of standard input. */
  static byte[] read(String word, Invocation call) throws IOException {
    if (!word.equals("-")) {
      return given(word, call);
    }
    byte[] bytes = call.stdin().readAllBytes();
    return converted(
        call.has(GlobalOptions.BASE64) ? withoutLineBreaks(bytes) : bytes, "<stdin>", call);
  }

  /** The value that the word itself is. */
  static byte[] given(String word, Invocation call) {
    return converted(Arguments.bytes(word), "<value>", call);
  }

  private static byte[] converted(byte[] bytes, String origin, Invocation call) {
    byte[] value = call.has(GlobalOptions.BASE64) ? decoded(bytes) : bytes;
    return call.has(GlobalOptions.JSON) ? Json.canonical(value, origin) : value;
  }

  /** RFC 4648 with its padding: Java's decoder would forgive that it is missing. */
  private static byte[] decoded(byte[] base64) {
    try {
      byte[] value = Base64.getDecoder().decode(base64);
      if (Arrays.equals(Base64.getEncoder().encode(value), base64)) {
        return value;
      }
      throw notBase64(null);
    } catch (IllegalArgumentException e) {
      throw notBase64(e);
    }
  }

  private static ProntoException notBase64(Exception cause) {
    return new ProntoException(
        Problem.of(
            Kind.CONTENT,
            "the value is not base64",
            "--b64 takes RFC 4648 base64 with its padding, as the base64 program writes it"),
        cause);
  }

  /** As the base64 program breaks its lines. */
  private static byte[] withoutLineBreaks(byte[] base64) {
    return new String(base64, StandardCharsets.ISO_8859_1)
        .replaceAll("[\r\n]", "")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
