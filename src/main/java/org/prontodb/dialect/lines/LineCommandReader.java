package org.prontodb.dialect.lines;

import java.io.IOException;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.BatchCommand.Rejected;
import org.prontodb.batch.CommandReader;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Expiry;
import org.prontodb.model.Instants;
import org.prontodb.model.Key;
import org.prontodb.model.Limits;
import org.prontodb.model.Position;
import org.prontodb.model.Problem;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/** What the readers of all dialects share whose statements are lines. */
public abstract class LineCommandReader implements CommandReader {
  protected final LineReader lines;
  protected final Delimiter delimiter;
  private int valueAt;
  private BatchCommand following;

  protected LineCommandReader(LineReader lines, Delimiter delimiter) {
    this.lines = lines;
    this.delimiter = delimiter;
  }

  /** What the line says, or null if it says nothing. */
  protected abstract BatchCommand read() throws LineFault;

  @Override
  public final BatchCommand next() throws IOException {
    if (following != null) {
      BatchCommand command = following;
      following = null;
      return command;
    }
    while (lines.next()) {
      valueAt = -1;
      try {
        refuseTooLong();
        BatchCommand command = read();
        if (command != null) {
          return command;
        }
      } catch (LineFault fault) {
        Problem problem = placed(fault.problem(), fault.at());
        if (allDependsOnIt()) {
          throw problem.asException();
        }
        return new Rejected(problem, null);
      }
    }
    atEnd();
    return null;
  }

  /**
   * Called where the input ends, perhaps more than once.
   *
   * @throws ProntoException if something is missing without which no line means anything
   */
  protected void atEnd() {}

  /** Whether no line behind this one can be understood if this one can not. */
  protected boolean allDependsOnIt() {
    return false;
  }

  private void refuseTooLong() throws LineFault {
    if (lines.isTooLong()) {
      throw new LineFault(
          lines.start(),
          "a line of more than " + Limits.STATEMENT_BYTES + " bytes",
          "keep such a value in a file and store where that is");
    }
  }

  /** Has {@code command} follow the one that the line is answered with. */
  protected final void follow(BatchCommand command) {
    following = command;
  }

  /** Tells where the line's value begins. */
  protected final void valueAt(int index) {
    valueAt = index;
  }

  /**
   * Where the line's value begins, or the line if nothing is known of a value: as {@link #valueAt}
   * told or a subclass finds out.
   */
  protected int valueStart() {
    return valueAt < 0 ? lines.start() : valueAt;
  }

  /** The key {@code utf8}, which stands in the window from {@code from} to {@code to}. */
  protected final Key key(byte[] utf8, int from, int to) throws LineFault {
    try {
      return Key.ofUtf8(utf8);
    } catch (ProntoException e) {
      throw new LineFault(Key.firstForbidden(lines.window(), from, to), e.problem());
    }
  }

  /** The instant {@code text}, which begins at {@code from}; {@code hint} says how to write it. */
  protected static Expiry expiry(String text, int from, String hint) throws LineFault {
    return new Expiry.At(
        Instants.parse(text)
            .orElseThrow(
                () ->
                    new LineFault(from, "\"" + Text.visible(text) + "\" is not an instant", hint)));
  }

  /** Passes a value on unless it is too long. */
  protected static byte[] checkedValue(byte[] value, int from) throws LineFault {
    if (value.length > Limits.VALUE_BYTES) {
      throw new LineFault(from, Limits.valueTooLong(value.length));
    }
    return value;
  }

  protected final Problem placed(Problem problem, int at) {
    return problem.at(lines.position(at), lines.shown(at));
  }

  @Override
  public final Position position() {
    return lines.position(lines.start());
  }

  @Override
  public final Problem locate(Problem problem, boolean atValue) {
    return placed(problem, atValue ? valueStart() : lines.start());
  }

  @Override
  public final byte[] statement() {
    return lines.line();
  }

  @Override
  public final boolean isTooLong() {
    return lines.isTooLong();
  }

  @Override
  public final byte[] sha256() {
    return lines.sha256();
  }

  @Override
  public final long bytesRead() {
    return lines.bytesRead();
  }

  @Override
  public final void close() throws IOException {
    lines.close();
  }
}
