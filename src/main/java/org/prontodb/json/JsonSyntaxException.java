package org.prontodb.json;

import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;

/**
 * Text that is not the JSON it should be. {@link Json} turns it into a {@link Problem} with a
 * position; a reader of lines does so with a position of its own.
 */
public final class JsonSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;
  private final String hint;

  JsonSyntaxException(int offset, String message, String hint) {
    super(message, null, false, false);
    this.offset = offset;
    this.hint = hint;
  }

  /** The index of the first byte that can not continue, in the array that was read. */
  public int offset() {
    return offset;
  }

  /** This, without a place yet. */
  public Problem problem() {
    return Problem.of(Kind.CONTENT, getMessage(), hint);
  }
}
