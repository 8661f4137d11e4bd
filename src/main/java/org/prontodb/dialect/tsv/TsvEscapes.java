package org.prontodb.dialect.tsv;

import java.util.Arrays;
import org.prontodb.dialect.lines.LineFault;
import org.prontodb.model.ByteBuilder;

/** The four escapes that let any text stand in a column: {@code \t \n \r \\}. */
public final class TsvEscapes {
  private TsvEscapes() {}

  /** Appends {@code text} with its tabs, line breaks and backslashes escaped. */
  public static void escape(byte[] text, ByteBuilder out) {
    int copied = 0;
    for (int i = 0; i < text.length; i++) {
      int escape = escapeFor(text[i]);
      if (escape != 0) {
        out.append(text, copied, i).append('\\').append(escape);
        copied = i + 1;
      }
    }
    out.append(text, copied, text.length);
  }

  private static int escapeFor(int c) {
    return switch (c) {
      case '\t' -> 't';
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\\' -> '\\';
      default -> 0;
    };
  }

  /** The text that {@code bytes[from, to)} spells. */
  static byte[] resolve(byte[] bytes, int from, int to) throws LineFault {
    int first = from;
    while (first < to && bytes[first] != '\\') {
      first++;
    }
    if (first == to) {
      return Arrays.copyOfRange(bytes, from, to);
    }
    ByteBuilder text = new ByteBuilder(to - from);
    text.append(bytes, from, first);
    for (int i = first; i < to; i++) {
      if (bytes[i] != '\\') {
        text.append(bytes[i]);
      } else {
        text.append(resolved(bytes, i, to));
        i++;
      }
    }
    return text.toBytes();
  }

  private static int resolved(byte[] bytes, int at, int to) throws LineFault {
    return switch (at + 1 < to ? bytes[at + 1] : -1) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case '\\' -> '\\';
      case 'N' ->
          throw new LineFault(
              at, "\\N is not an escape", "if it stands for a missing value, add --null '\\N'");
      default ->
          throw new LineFault(
              at,
              "a backslash that begins none of \\t \\n \\r \\\\",
              "write \\\\ for a backslash, or add --no-escapes if none are escaped");
    };
  }
}
