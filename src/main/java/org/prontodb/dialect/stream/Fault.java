package org.prontodb.dialect.stream;

import org.prontodb.batch.BatchCommand.ScopePart;
import org.prontodb.model.ProntoException;

/** What is wrong with a statement, on its way to the reader. */
final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int index;
  private final String hint;
  private final Recovery recovery;
  private final ScopePart scope;

  private Fault(int index, String message, String hint, Recovery recovery, ScopePart scope) {
    super(message, null, false, false);
    this.index = index;
    this.hint = hint;
    this.recovery = recovery;
    this.scope = scope;
  }

  /** A fault of what is written; where the statement ends is known. */
  static Fault of(int index, String message, String hint) {
    return new Fault(index, message, hint, Recovery.NONE, null);
  }

  /** A fault of the form, because of which the end of the statement is still to be found. */
  static Fault broken(int index, String message, String hint) {
    return broken(index, message, hint, Recovery.STATEMENT);
  }

  /** As above, with another way to find the end. */
  static Fault broken(int index, String message, String hint, Recovery recovery) {
    return new Fault(index, message, hint, recovery, null);
  }

  /** A fault because of which records behind it can not be sure of {@code scope}. */
  static Fault leavingInDoubt(ScopePart scope, int index, String message, String hint) {
    return new Fault(index, message, hint, Recovery.NONE, scope);
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

  /** What is in doubt behind it, beside what the statement itself holds; or null. */
  ScopePart scope() {
    return scope;
  }

  /** The place in the statement. */
  int index() {
    return index;
  }

  String hint() {
    return hint;
  }

  /** How the end of the statement is found. */
  Recovery recovery() {
    return recovery;
  }
}
