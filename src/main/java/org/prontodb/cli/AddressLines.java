package org.prontodb.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.prontodb.dialect.Source;
import org.prontodb.dialect.lines.LineReader;
import org.prontodb.model.Position;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;

/** The lines of a list of addresses on standard input, none longer than 64 KB. */
final class AddressLines extends LineReader {
  private static final int LONGEST = 1 << 16;

  /**
   * @param beforeWaiting called each time before the input may have to be waited for
   */
  AddressLines(InputStream in, Runnable beforeWaiting) {
    super(new Source("<stdin>", announcing(in, beforeWaiting), false), LONGEST, LONGEST);
  }

  private static InputStream announcing(InputStream in, Runnable beforeWaiting) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        beforeWaiting.run();
        return super.read(bytes, offset, length);
      }
    };
  }

  /** The next line without its end, or null behind the last. */
  byte[] nextAddress() throws IOException {
    if (!next()) {
      return null;
    }
    if (isTooLong()) {
      throw Problem.of(
              Kind.CONTENT,
              "a line of more than " + LONGEST + " bytes",
              "an address is far shorter: write one on each line")
          .at(place(), null)
          .asException();
    }
    return Arrays.copyOfRange(window(), start(), end());
  }

  /** {@code refusal} at the line that was read last. */
  ProntoException at(ProntoException refusal) {
    return new ProntoException(refusal.problem().at(place(), null), refusal);
  }

  private Position place() {
    return position(start());
  }

  @Override
  protected boolean isHashed() {
    return false;
  }
}
