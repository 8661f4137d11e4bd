package org.prontodb.model;

/**
 * A line of input made fit to be shown below an error: cut to a window around the caret, control
 * and bidirectional characters written as {@code \}{@code u{…}}, secrets blanked.
 *
 * @param text the visible text
 * @param caret how many columns of {@code text} stand before the caret
 */
public record SourceLine(String text, int caret) {
  /** How many characters of a line are shown. */
  public static final int WIDTH = 160;

  /**
   * The window of {@code line} around the caret.
   *
   * @param at the index in {@code line} that the caret points at
   */
  public static SourceLine around(String line, int at) {
    int points = line.codePointCount(0, line.length());
    int caret = line.codePointCount(0, at);
    int from = Math.clamp(caret - WIDTH / 2, 0, Math.max(0, points - WIDTH));
    int start = line.offsetByCodePoints(0, from);
    int end = line.offsetByCodePoints(start, Math.min(WIDTH, points - from));
    String before = Text.visible(line.substring(start, at));
    return new SourceLine(
        before + Text.visible(line.substring(at, end)), before.codePointCount(0, before.length()));
  }
}
