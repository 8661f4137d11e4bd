package org.prontodb.cli;

/** The reader of standard output has gone; nobody is left to be told. */
final class ClosedPipe extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClosedPipe() {
    super("standard output was closed", null, false, false);
  }
}
