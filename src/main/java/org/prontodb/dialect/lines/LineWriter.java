package org.prontodb.dialect.lines;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.EntryWriter;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/** What the writers of all dialects share whose records are lines. */
public abstract class LineWriter implements EntryWriter {
  private static final int CHUNK = 1 << 16;

  protected final ByteBuilder buffer = new ByteBuilder(CHUNK + (CHUNK >> 2));
  private final OutputStream out;
  private final String dialect;

  /**
   * @param dialect its name, for messages
   */
  protected LineWriter(OutputStream out, String dialect) {
    this.out = out;
    this.dialect = dialect;
  }

  /** To be called behind each line. */
  protected final void endLine() throws IOException {
    buffer.append('\n');
    drainIfFull();
  }

  /** To be called behind a line that has its end already. */
  protected final void drainIfFull() throws IOException {
    if (buffer.length() >= CHUNK) {
      buffer.drainTo(out);
    }
  }

  @Override
  public final void delete(byte[] key) {
    throw cannotSay("that key \"" + shown(key) + "\" is to be deleted");
  }

  /** An end is where the lines end; all else would be lost. */
  @Override
  public final void ask(BatchCommand command) {
    switch (command) {
      case BatchCommand.End end -> {}
      case BatchCommand.BeginBatch batch -> throw cannotSay("meta:batch");
      case BatchCommand.RequirePresent condition -> throw cannotSay("meta:if");
      case BatchCommand.RequireAbsent condition -> throw cannotSay("meta:unless");
      case BatchCommand.ReplaceAll replace -> throw cannotSay("meta:replace");
      default -> throw new IllegalArgumentException("not for a writer: " + command);
    }
  }

  /** What to throw at something that has no form in this dialect. */
  protected final ProntoException cannotSay(String what) {
    return Problem.of(
            Kind.CONTENT, dialect + " can not say " + what, "the stream dialect can: --to stream")
        .asException();
  }

  /** What to throw at a record that this form of the dialect has no room for. */
  protected static ProntoException refused(byte[] key, String what, String hint) {
    return Problem.of(Kind.CONTENT, "the value of \"" + shown(key) + "\" " + what, hint)
        .asException();
  }

  protected static String shown(byte[] key) {
    return Text.visible(new String(key, StandardCharsets.UTF_8));
  }

  @Override
  public void flush() throws IOException {
    buffer.drainTo(out);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
