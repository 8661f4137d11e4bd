package org.prontodb.fuzz;

import org.prontodb.model.Position;
import org.prontodb.model.Problem;

/** Whether a position is one of the input, and its three numbers name the same place. */
public final class Positions {
  private Positions() {}

  /** Requires a position, and that it is right. */
  public static void require(Problem problem, byte[] input) {
    if (problem.position() == null) {
      throw new AssertionError("a fault without a place: " + problem);
    }
    check(problem, input);
  }

  /** Requires that the position is right if there is one, and the message fit to be shown. */
  public static void check(Problem problem, byte[] input) {
    Messages.check(problem);
    Position at = problem.position();
    if (at == null) {
      return;
    }
    if (at.offset() < 0 || at.offset() > input.length) {
      throw new AssertionError("outside of " + input.length + " bytes: " + problem);
    }
    int offset = (int) at.offset();
    int start = offset;
    while (start > 0 && input[start - 1] != '\n') {
      start--;
    }
    long line = 1;
    for (int i = 0; i < start; i++) {
      line += input[i] == '\n' ? 1 : 0;
    }
    if (start == 0 && startsWithMark(input)) {
      start = Math.min(3, offset);
    }
    long column = 1;
    for (int i = start; i < offset; i++) {
      column += (input[i] & 0xc0) != 0x80 ? 1 : 0;
    }
    if (at.line() != line || at.column() != column) {
      throw new AssertionError(
          "offset %d is at %d:%d, told was %s".formatted(offset, line, column, problem));
    }
  }

  private static boolean startsWithMark(byte[] input) {
    return input.length >= 3
        && input[0] == (byte) 0xef
        && input[1] == (byte) 0xbb
        && input[2] == (byte) 0xbf;
  }
}
