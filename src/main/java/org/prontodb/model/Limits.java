package org.prontodb.model;

/** How large things may be, in every dialect and command alike. */
public final class Limits {
  /** The longest value, in bytes, once it is decoded. */
  public static final int VALUE_BYTES = 64 << 20;

  /** The longest statement of a stream or line of a table, in bytes as it is written. */
  public static final int STATEMENT_BYTES = 128 << 20;

  private Limits() {}

  /** Refuses a value that is too long. */
  public static void checkValue(long bytes) {
    if (bytes > VALUE_BYTES) {
      throw valueTooLong(bytes).asException();
    }
  }

  /** What to say of a value with more than {@link #VALUE_BYTES}. */
  public static Problem valueTooLong(long bytes) {
    return Problem.of(
        Problem.Kind.CONTENT,
        "value has " + bytes + " bytes, at most " + VALUE_BYTES + " are allowed",
        "keep it in a file and store where that is");
  }
}
