package org.prontodb.cli;

import org.prontodb.model.ByteBuilder;

/** The one-line form of values: tab, newline, carriage return and backslash as escapes. */
final class EscapedText {
  private EscapedText() {}

  static void append(byte[] text, ByteBuilder out) {
    int from = 0;
    for (int i = 0; i < text.length; i++) {
      int letter =
          switch (text[i]) {
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\\' -> '\\';
            default -> 0;
          };
      if (letter != 0) {
        out.append(text, from, i).append('\\').append(letter);
        from = i + 1;
      }
    }
    out.append(text, from, text.length);
  }
}
