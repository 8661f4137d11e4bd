package org.prontodb.json;

import org.prontodb.model.ByteBuilder;

/** The spelling of strings: quotes, escapes, and their way back. */
final class JsonStrings {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private JsonStrings() {}

  /** Appends {@code utf8} in quotes, with no more escapes than JSON asks, each the shortest. */
  static void quote(byte[] utf8, ByteBuilder out) {
    quote(utf8, 0, utf8.length, out);
  }

  static void quote(byte[] utf8, int from, int to, ByteBuilder out) {
    out.append('"');
    int copied = from;
    for (int i = from; i < to; i++) {
      int c = utf8[i];
      if (c == '"' || c == '\\' || (c >= 0 && c < 0x20)) {
        out.append(utf8, copied, i);
        appendEscape(c, out);
        copied = i + 1;
      }
    }
    out.append(utf8, copied, to).append('"');
  }

  /** How a string spells a character that can not stand for itself. */
  static String escape(int c) {
    ByteBuilder out = new ByteBuilder(6);
    appendEscape(c, out);
    return out.toString();
  }

  private static void appendEscape(int c, ByteBuilder out) {
    out.append('\\');
    switch (c) {
      case '"', '\\' -> out.append(c);
      case '\b' -> out.append('b');
      case '\f' -> out.append('f');
      case '\n' -> out.append('n');
      case '\r' -> out.append('r');
      case '\t' -> out.append('t');
      default -> out.append('u').append('0').append('0').append(HEX[c >> 4]).append(HEX[c & 15]);
    }
  }

  /**
   * The length of the escape that begins at {@code at}, both halves of a surrogate pair included.
   */
  static int escapeLength(byte[] text, int at, int to) throws JsonSyntaxException {
    int c = at + 1 < to ? text[at + 1] : -1;
    if (c == 'u') {
      int unit = unit(text, at, to);
      if (unit < 0) {
        throw new JsonSyntaxException(at, "\\u wants four hexadecimal digits", null);
      }
      if (Character.isHighSurrogate((char) unit)) {
        int low = unit(text, at + 6, to);
        if (low >= 0 && Character.isLowSurrogate((char) low)) {
          return 12;
        }
      }
      if (Character.isSurrogate((char) unit)) {
        throw new JsonSyntaxException(
            at,
            "\\u%04x is half of a surrogate pair".formatted(unit),
            "characters above U+FFFF are two escapes, or stand as they are");
      }
      return 6;
    }
    if (c == -1) {
      throw new JsonSyntaxException(to, "the text ends inside a string", null);
    }
    if ("\"\\/bfnrt".indexOf(c) < 0) {
      throw new JsonSyntaxException(
          at, "this escape is not one of JSON's", "write \\\\ for a backslash itself");
    }
    return 2;
  }

  /** Appends the UTF-8 of a string's inside, which has been checked. */
  static void resolve(byte[] text, int from, int to, ByteBuilder out) {
    int i = from;
    while (i < to) {
      int c = text[i];
      if (c != '\\') {
        out.append(c);
        i++;
        continue;
      }
      int escape = text[i + 1];
      if (escape != 'u') {
        out.append(
            switch (escape) {
              case 'b' -> '\b';
              case 'f' -> '\f';
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              default -> escape;
            });
        i += 2;
        continue;
      }
      int unit = unit(text, i, to);
      if (Character.isHighSurrogate((char) unit)) {
        appendUtf8(Character.toCodePoint((char) unit, (char) unit(text, i + 6, to)), out);
        i += 12;
      } else {
        appendUtf8(unit, out);
        i += 6;
      }
    }
  }

  private static void appendUtf8(int codePoint, ByteBuilder out) {
    out.append(Character.toString(codePoint));
  }

  /** The code unit that an escape {@code \}{@code uXXXX} at {@code at} names, or -1. */
  private static int unit(byte[] text, int at, int to) {
    if (at + 6 > to || text[at] != '\\' || text[at + 1] != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = at + 2; i < at + 6; i++) {
      int digit = text[i] < 0 ? -1 : Character.digit(text[i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }
}
