package org.prontodb.dialect.stream;

/**
 * Bare values that begin as a JSON object or array does. A {@code ;} in one of its strings ends the
 * statement, and what stands behind it would be read as further records.
 */
final class JsonLike {
  /** What is still open at the end of a value. */
  enum Open {
    NOTHING,
    QUOTE,
    BRACKET
  }

  private JsonLike() {}

  /** Whether a bare value that begins with this byte is looked at. */
  static boolean begins(byte first) {
    return first == '{' || first == '[';
  }

  /** What is open at the end of {@code bytes[from, to)}. */
  static Open openAt(byte[] bytes, int from, int to) {
    int depth = 0;
    boolean quoted = false;
    for (int i = from; i < to; i++) {
      switch (bytes[i]) {
        case '"' -> quoted = !quoted;
        case '\\' -> i += quoted ? 1 : 0;
        case '{', '[' -> depth += quoted ? 0 : 1;
        case '}', ']' -> depth -= quoted ? 0 : 1;
        default -> {
          // text, a number or white space
        }
      }
    }
    return quoted ? Open.QUOTE : depth > 0 ? Open.BRACKET : Open.NOTHING;
  }
}
