package org.prontodb.json;

import java.util.Optional;
import org.prontodb.json.JsonReader.Token;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Position;
import org.prontodb.model.ProntoException;
import org.prontodb.model.SourceLine;
import org.prontodb.model.Utf8;

/**
 * JSON as ProntoDB stores and shows it. Written here because numbers must be kept digit for digit,
 * and because an error has to name the byte.
 */
public final class Json {
  private Json() {}

  /**
   * The canonical spelling of a JSON text: one for all texts that say the same.
   *
   * @param file what to call the text in an error
   * @throws ProntoException with kind CONTENT and a position if it is not JSON
   */
  public static byte[] canonical(byte[] text, String file) {
    try {
      return canonicalOrThrow(text);
    } catch (JsonSyntaxException e) {
      throw placed(e, text, file);
    }
  }

  /** The canonical spelling of {@code text}, or nothing if it is not JSON. */
  public static Optional<byte[]> canonicalIfJson(byte[] text) {
    try {
      return Optional.of(canonicalOrThrow(text));
    } catch (JsonSyntaxException e) {
      return Optional.empty();
    }
  }

  private static byte[] canonicalOrThrow(byte[] text) throws JsonSyntaxException {
    JsonReader reader = new JsonReader(text);
    ByteBuilder out = new ByteBuilder(text.length);
    copyCanonical(reader, reader.next(), out);
    reader.next();
    return out.toBytes();
  }

  /** Copies the value that {@code first}, the token last read from {@code reader}, begins. */
  public static void copyCanonical(JsonReader reader, Token first, ByteBuilder out)
      throws JsonSyntaxException {
    new CanonicalJson(reader, out).copy(first);
  }

  /**
   * The text for people, members in the order in which they stand: indented by two spaces, without
   * a line break at the end. Text that is not JSON becomes a JSON string.
   *
   * @param text UTF-8
   */
  public static byte[] pretty(byte[] text) {
    ByteBuilder out = new ByteBuilder(text.length + text.length / 2);
    try {
      new PrettyJson(new JsonReader(text), out).copy();
      return out.toBytes();
    } catch (JsonSyntaxException e) {
      return quote(text);
    }
  }

  /** Whether {@code text} is a number, true or false, and nothing more. */
  public static boolean isScalar(byte[] text) {
    if (text.length == 0 || "-0123456789tf".indexOf(text[0]) < 0) {
      return false;
    }
    try {
      JsonReader reader = new JsonReader(text);
      Token token = reader.next();
      return reader.end() == text.length
          && (token == Token.NUMBER || token == Token.TRUE || token == Token.FALSE);
    } catch (JsonSyntaxException e) {
      return false;
    }
  }

  /** {@code utf8} as a JSON string. */
  public static byte[] quote(byte[] utf8) {
    ByteBuilder out = new ByteBuilder(utf8.length + 2);
    JsonStrings.quote(utf8, out);
    return out.toBytes();
  }

  private static ProntoException placed(JsonSyntaxException fault, byte[] text, String file) {
    int at = fault.offset();
    int lineStart = at;
    while (lineStart > 0 && text[lineStart - 1] != '\n') {
      lineStart--;
    }
    int lineEnd = at;
    while (lineEnd < text.length && text[lineEnd] != '\n') {
      lineEnd++;
    }
    long line = 1;
    for (int i = 0; i < lineStart; i++) {
      line += text[i] == '\n' ? 1 : 0;
    }
    long column = 1 + Utf8.codePoints(text, lineStart, at);
    return fault
        .problem()
        .at(new Position(file, line, column, at), SourceLine.around(text, lineStart, lineEnd, at))
        .asException();
  }
}
