package org.prontodb.cli;

import org.prontodb.model.Problem;

/** What a process ends with, for scripts to act upon. */
enum ExitCode {
  DONE(0, "done"),
  FAILED(1, "other error, or a partial commit"),
  NOT_FOUND(2, "not found or expired, or a TTL given outside a cache"),
  PRECONDITION(3, "a precondition did not hold"),
  USAGE(64, "wrong command line: an option, or the form of an address"),
  CONTENT(65, "wrong content: a stream, TSV, JSON or base64 value"),
  BUSY(75, "database busy, nothing done, try again"),
  DENIED(77, "not authenticated or not allowed"),
  /** 128 + SIGPIPE, as the shell tells it of programs that the signal ended. */
  CLOSED_PIPE(141, "the reader of the output went away");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  static ExitCode of(Problem.Kind kind) {
    return switch (kind) {
      case FAILED, PARTIAL, CONFLICT -> FAILED;
      case NOT_FOUND, NOT_A_CACHE -> NOT_FOUND;
      case PRECONDITION -> PRECONDITION;
      case USAGE -> USAGE;
      case CONTENT -> CONTENT;
      case BUSY -> BUSY;
      case DENIED -> DENIED;
    };
  }

  int number() {
    return number;
  }

  /** For the help and the documentation. */
  String meaning() {
    return meaning;
  }
}
