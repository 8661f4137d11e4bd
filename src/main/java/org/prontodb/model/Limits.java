package org.prontodb.model;

import org.prontodb.model.Problem.Kind;

/** How large one record may be, whichever way it comes in. */
public final class Limits {
  /** The longest value, in bytes. */
  public static final int MAX_VALUE_BYTES = 64 << 20;

  private Limits() {}

  /** Refuses a value that is longer than {@link #MAX_VALUE_BYTES}. */
  public static void checkValue(long bytes) {
    if (bytes > MAX_VALUE_BYTES) {
      throw Problem.of(
              Kind.CONTENT,
              "value has " + bytes + " bytes, at most " + MAX_VALUE_BYTES + " are allowed",
              "keep large data in a file and store its name")
          .asException();
    }
  }
}
