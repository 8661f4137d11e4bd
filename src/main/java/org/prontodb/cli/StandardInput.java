package org.prontodb.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.prontodb.files.Cleanup;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;

/**
 * Standard input, which may be closed. The launcher has opened a closed one the wrong way round, as
 * {@code start.sh} tells, so that its first read fails, and no command that does not read it has to
 * look.
 */
final class StandardInput extends InputStream {
  private final InputStream in = new FileInputStream(FileDescriptor.in);

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    try {
      int count = in.read(bytes, from, length);
      if (count < 0) {
        Cleanup.waitIfEnding();
      }
      return count;
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      if (message.contains("Bad file descriptor")) {
        throw unreadable("standard input is closed");
      }
      if (message.contains("Is a directory")) {
        throw unreadable("standard input is a folder");
      }
      throw e;
    }
  }

  private static RuntimeException unreadable(String message) {
    return Problem.of(
            Kind.FAILED, message, "give it a file, < FILE, or the output of another program")
        .asException();
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }
}
