package org.prontodb.dialect.stream;

/** Whole numbers as a person writes them: decimal digits and nothing else. */
final class Numbers {
  private Numbers() {}

  /** The number that {@code text} is, or -1 if it is none, or larger than a long. */
  static long parse(String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
