package org.prontodb.model;

/** Whole numbers as people write them: decimal digits and nothing else, no sign among them. */
public final class Numbers {
  private static final int MOST_DIGITS = 19;

  private Numbers() {}

  /** Whether {@code text} is one digit or more, of ASCII alone. */
  public static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** The number that {@code text} is, or -1 if it is none, or larger than a long. */
  public static long parse(String text) {
    if (!isDigits(text)) {
      return -1;
    }
    int from = 0;
    while (from < text.length() - 1 && text.charAt(from) == '0') {
      from++;
    }
    if (text.length() - from > MOST_DIGITS) {
      return -1;
    }
    long number = 0;
    for (int i = from; i < text.length(); i++) {
      number = number * 10 + (text.charAt(i) - '0');
    }
    // 19 digits overflow at most once, which shows in the sign.
    return Math.max(number, -1);
  }
}
