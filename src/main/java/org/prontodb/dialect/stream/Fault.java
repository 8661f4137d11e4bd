package org.prontodb.dialect.stream;

import org.prontodb.model.ProntoException;

/** What is wrong with a statement, on its way to the reader. */
final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int index;
  private final String hint;
  private final boolean broken;

  private Fault(int index, String message, String hint, boolean broken) {
    super(message, null, false, false);
    this.index = index;
    this.hint = hint;
    this.broken = broken;
  }

  /** A fault of what is written; where the statement ends is known. */
  static Fault of(int index, String message, String hint) {
    return new Fault(index, message, hint, false);
  }

  /** A fault of the form, because of which the end of the statement is still to be found. */
  static Fault broken(int index, String message, String hint) {
    return new Fault(index, message, hint, true);
  }

  /** What {@code refusal} says, at a place in the statement. */
  static Fault of(int index, ProntoException refusal) {
    return of(index, refusal.problem().message(), refusal.problem().hint());
  }

  static Fault notUtf8(ByteWindow window, int index) {
    return of(
        index,
        "byte 0x%02x is not UTF-8".formatted(window.byteAt(index) & 0xff),
        "a stream is UTF-8 text; write other bytes as base64, behind meta:encoding=base64;");
  }

  /** The place in the statement. */
  int index() {
    return index;
  }

  String hint() {
    return hint;
  }

  /** Whether reading has to go on to find the end of the statement. */
  boolean isBroken() {
    return broken;
  }
}
