package org.prontodb.model;

/**
 * A span of time as a person writes it: {@code 90}, {@code 90s}, {@code 15m}, {@code 2h}, {@code
 * 7d}.
 */
public final class Span {
  /** How it is written, to follow "needs". */
  public static final String FORM = "a span of time such as 90, 90s, 15m, 2h or 7d";

  private static final int MOST_DIGITS = 11;

  private Span() {}

  /** The span in seconds, or -1 if {@code text} is none. */
  public static long seconds(String text) {
    if (text.isEmpty()) {
      return -1;
    }
    long unit =
        switch (text.charAt(text.length() - 1)) {
          case 's' -> 1;
          case 'm' -> 60;
          case 'h' -> 3600;
          case 'd' -> 24 * 3600;
          default -> 0;
        };
    String digits = unit == 0 ? text : text.substring(0, text.length() - 1);
    if (digits.isEmpty() || digits.length() > MOST_DIGITS) {
      return -1;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return -1;
      }
    }
    return Long.parseLong(digits) * Math.max(unit, 1);
  }
}
