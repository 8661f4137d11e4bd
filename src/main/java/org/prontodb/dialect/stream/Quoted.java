package org.prontodb.dialect.stream;

import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Text;

/** The text between two quotes, with its escapes: {@code \" \\ \n \r \t \}{@code uXXXX}. */
final class Quoted {
  private static final String KNOWN =
      "known are \\\" \\\\ \\n \\r \\t and \\uXXXX; a backslash itself is \\\\";
  private static final int UNICODE_ESCAPE = 6;

  private Quoted() {}

  /** What stands between the indexes {@code from} and {@code to}, quotes not included. */
  static byte[] decode(ByteWindow window, int from, int to) {
    byte[] raw = window.bytes();
    int at = window.at(from);
    int end = window.at(to);
    while (at < end && raw[at] != '\\') {
      at++;
    }
    if (at == end) {
      return window.copy(from, to);
    }
    ByteBuilder text = new ByteBuilder(to - from);
    int copied = window.at(from);
    while (at < end) {
      if (raw[at] != '\\') {
        at++;
        continue;
      }
      text.append(raw, copied, at);
      at += escape(window, raw, at, text);
      copied = at;
    }
    return text.append(raw, copied, end).toBytes();
  }

  /** The index of the byte or escape that byte {@code decoded} of the text comes from. */
  static int source(ByteWindow window, int from, int decoded) {
    ByteBuilder text = new ByteBuilder(16);
    int index = from;
    for (int length = 0; ; ) {
      int step = 1;
      int gained = 1;
      if (window.byteAt(index) == '\\') {
        text.setLength(0);
        step = escape(window, window.bytes(), window.at(index), text);
        gained = text.length();
      }
      if (length + gained > decoded) {
        return index;
      }
      length += gained;
      index += step;
    }
  }

  /** Appends what the escape at {@code at} stands for; answers how long it is. */
  private static int escape(ByteWindow window, byte[] raw, int at, ByteBuilder text) {
    switch (raw[at + 1]) {
      case '"' -> text.append('"');
      case '\\' -> text.append('\\');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'u' -> {
        return unicode(window, raw, at, text);
      }
      default -> {
        int index = at + 1 - window.at(0);
        String shown = Text.visible(window.character(index));
        throw Fault.of(index, "unknown escape \"\\" + shown + "\"", KNOWN);
      }
    }
    return 2;
  }

  private static int unicode(ByteWindow window, byte[] raw, int at, ByteBuilder text) {
    int first = unit(window, raw, at);
    int index = at - window.at(0);
    if (!Character.isSurrogate((char) first)) {
      append(text, first);
      return UNICODE_ESCAPE;
    }
    if (Character.isHighSurrogate((char) first)
        && raw[at + UNICODE_ESCAPE] == '\\'
        && raw[at + UNICODE_ESCAPE + 1] == 'u') {
      int second = unit(window, raw, at + UNICODE_ESCAPE);
      if (Character.isLowSurrogate((char) second)) {
        append(text, Character.toCodePoint((char) first, (char) second));
        return 2 * UNICODE_ESCAPE;
      }
    }
    throw Fault.of(
        index,
        "half of a surrogate pair \"" + window.text(index, index + UNICODE_ESCAPE) + "\"",
        "a character above U+FFFF is written as itself or as two escapes, high then low");
  }

  private static int unit(ByteWindow window, byte[] raw, int at) {
    int unit = 0;
    for (int i = 2; i < UNICODE_ESCAPE; i++) {
      int digit = Character.digit(raw[at + i] >= 0 ? raw[at + i] : 0, 16);
      if (digit < 0) {
        throw Fault.of(
            at + i - window.at(0), "\\u needs four hexadecimal digits", "write it like \\u00e9");
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  private static void append(ByteBuilder text, int codePoint) {
    if (codePoint < 0x80) {
      text.append(codePoint);
    } else {
      text.append(Character.toString(codePoint));
    }
  }
}
