package org.prontodb.model;

/** How text that came from outside is shown to a person. */
public final class Text {
  /** What, besides letters and digits, means nothing to a shell. */
  private static final String PLAIN = "._:@%+,-";

  private Text() {}

  /**
   * {@code text} with every character that a terminal would act upon, or that could reorder or hide
   * the rest of the line, written as {@code \}{@code u{hex}}, a tab as {@code \t}.
   */
  public static String visible(String text) {
    StringBuilder shown = null;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int width = Character.charCount(c);
      if (isHidden(c)) {
        if (shown == null) {
          shown = new StringBuilder(text.length() + 16).append(text, 0, i);
        }
        shown.append(c == '\t' ? "\\t" : "\\u{" + Integer.toHexString(c) + "}");
      } else if (shown != null) {
        shown.appendCodePoint(c);
      }
      i += width;
    }
    return shown == null ? text : shown.toString();
  }

  /**
   * {@code text} as one word of a command line that a user may copy into a shell: nothing in it is
   * anything but text to the shell.
   */
  public static String shellWord(String text) {
    String shown = visible(text);
    return isPlain(shown) ? shown : "'" + shown.replace("'", "'\\''") + "'";
  }

  private static boolean isPlain(String word) {
    return !word.isEmpty()
        && word.codePoints().allMatch(c -> isLetterOrNumber(c) || PLAIN.indexOf(c) >= 0);
  }

  /** The categories L and N of Unicode. */
  private static boolean isLetterOrNumber(int codePoint) {
    return Character.isLetterOrDigit(codePoint)
        || Character.getType(codePoint) == Character.LETTER_NUMBER
        || Character.getType(codePoint) == Character.OTHER_NUMBER;
  }

  /** Whether {@link #visible} writes this code point as an escape. */
  public static boolean isHidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** Whether no name, key or bare word may hold this code point: U+0000–1F and U+7F–9F. */
  public static boolean isControl(int codePoint) {
    return codePoint < 0x20 || (codePoint >= 0x7f && codePoint <= 0x9f);
  }

  /** White space in the sense of Unicode, no-break spaces included. */
  public static boolean isWhiteSpace(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }
}
