package org.prontodb.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.prontodb.model.Position;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;

/**
 * Lines of an input as bytes, none longer than 64 KB, and a word to its user before it has to wait
 * for more of them.
 */
final class InputLines {
  private final InputStream in;
  private final Runnable beforeWaiting;
  private final byte[] buffer = new byte[1 << 16];
  private int from;
  private int end;
  private byte[] line;
  private long number;
  private long offset;
  private long consumed;

  InputLines(InputStream in, Runnable beforeWaiting) {
    this.in = in;
    this.beforeWaiting = beforeWaiting;
  }

  /** Moves to the next line; false behind the last. The end of the last may be missing. */
  boolean next() throws IOException {
    int scanned = from;
    while (true) {
      for (; scanned < end; scanned++) {
        if (buffer[scanned] == '\n') {
          take(scanned, scanned + 1);
          return true;
        }
      }
      scanned -= from;
      if (!fill()) {
        if (from == end) {
          return false;
        }
        take(end, end);
        return true;
      }
      scanned += from;
    }
  }

  /** The line without its end, LF or CR LF. */
  byte[] line() {
    return line;
  }

  /** Counted from 1. */
  long number() {
    return number;
  }

  /** Where the line begins, in bytes from 0. */
  long offset() {
    return offset;
  }

  private void take(int lineEnd, int next) {
    int to = lineEnd > from && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
    line = Arrays.copyOfRange(buffer, from, to);
    number++;
    offset = consumed;
    consumed += next - from;
    from = next;
  }

  private ProntoException tooLong() {
    return Problem.of(
            Kind.CONTENT,
            "a line of more than " + buffer.length + " bytes",
            "an address is far shorter: write one on each line")
        .at(new Position("<stdin>", number + 1, 1, consumed), null)
        .asException();
  }

  private boolean fill() throws IOException {
    System.arraycopy(buffer, from, buffer, 0, end - from);
    end -= from;
    from = 0;
    if (end == buffer.length) {
      throw tooLong();
    }
    beforeWaiting.run();
    int count = in.read(buffer, end, buffer.length - end);
    end += Math.max(count, 0);
    return count > 0;
  }
}
