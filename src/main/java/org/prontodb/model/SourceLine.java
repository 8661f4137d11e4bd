package org.prontodb.model;

import java.nio.charset.StandardCharsets;

/**
 * A line of input made fit to be shown below an error: cut to a window around the caret, control
 * and bidirectional characters written as {@code \}{@code u{…}}, secrets blanked.
 *
 * @param text the visible text
 * @param caret how many columns of {@code text} stand before the caret
 */
public record SourceLine(String text, int caret) {
  /** The most characters of a line that are shown. */
  public static final int MAX_CHARACTERS = 160;

  private static final int BEFORE_CARET = 120;
  private static final String CUT = "…";

  /**
   * The line {@code bytes[from, to)}, without its line break, with the caret at the byte {@code
   * at}. Bytes that are not UTF-8 are shown as U+FFFD. Looks only at what can be shown, so a line
   * of a gigabyte costs nothing.
   */
  public static SourceLine around(byte[] bytes, int from, int to, int at) {
    int first = Math.max(from, at - 4 * MAX_CHARACTERS);
    while (first > from && first < at && (bytes[first] & 0xc0) == 0x80) {
      first++;
    }
    int last = Math.min(to, at + 4 * MAX_CHARACTERS);
    String before = shown(bytes, first, at);
    String after = shown(bytes, at, last);
    boolean cutBefore = first > from;
    boolean cutAfter = last < to;
    if (before.length() + after.length() > MAX_CHARACTERS) {
      int keep = Math.max(BEFORE_CARET, MAX_CHARACTERS - after.length());
      if (before.length() > keep) {
        before = before.substring(boundary(before, before.length() - keep));
        cutBefore = true;
      }
      int room = MAX_CHARACTERS - before.length();
      if (after.length() > room) {
        after = after.substring(0, boundary(after, room));
        cutAfter = true;
      }
    }
    String start = (cutBefore ? CUT : "") + before;
    return new SourceLine(
        start + after + (cutAfter ? CUT : ""), start.codePointCount(0, start.length()));
  }

  private static String shown(byte[] bytes, int from, int to) {
    return Text.visible(new String(bytes, from, to - from, StandardCharsets.UTF_8));
  }

  private static int boundary(String text, int index) {
    return index < text.length() && Character.isLowSurrogate(text.charAt(index))
        ? index + 1
        : index;
  }
}
