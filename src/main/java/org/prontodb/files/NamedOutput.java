package org.prontodb.files;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/** An output that tells what can not be written, which the system's own message does not. */
public final class NamedOutput extends FilterOutputStream {
  private final String name;
  private final String hint;

  /**
   * @param name what is written, as messages call it
   * @param hint what to do when that fails, or null
   */
  public NamedOutput(OutputStream out, String name, String hint) {
    super(out);
    this.name = name;
    this.hint = hint;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    attempt(() -> out.write(bytes, from, length));
  }

  @Override
  public void flush() {
    attempt(out::flush);
  }

  @Override
  public void close() {
    attempt(out::close);
  }

  /** A step of writing the same thing. */
  @FunctionalInterface
  public interface Step {
    void run() throws IOException;
  }

  private void attempt(Step step) {
    attempt(step, name, hint);
  }

  /** Takes a step that belongs to the writing of {@code name}, with the same words if it fails. */
  public static void attempt(Step step, String name, String hint) {
    try {
      step.run();
    } catch (IOException e) {
      String why = Text.visible(String.valueOf(e.getMessage()));
      throw new ProntoException(
          Problem.of(Kind.FAILED, "can not write " + name + ": " + why, hint), e);
    }
  }
}
