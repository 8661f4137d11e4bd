package org.prontodb.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;

/**
 * Standard output: bytes, buffered. Its failures leave as {@link ClosedPipe} or as a problem, never
 * as an {@link IOException}, so that nobody takes them for those of an input.
 */
final class Output extends OutputStream {
  private static final int CAPACITY = 1 << 16;

  private final OutputStream target;
  private byte[] buffer = new byte[1 << 10];
  private int size;

  Output(OutputStream target) {
    this.target = target;
  }

  @Override
  public void write(int b) {
    if (size == buffer.length) {
      makeRoom();
    }
    buffer[size++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    while (length > buffer.length - size && buffer.length < CAPACITY) {
      makeRoom();
    }
    if (length > buffer.length - size) {
      flushBuffer();
      if (length >= buffer.length) {
        send(bytes, from, length);
        return;
      }
    }
    System.arraycopy(bytes, from, buffer, size, length);
    size += length;
  }

  /** {@code text} as UTF-8. */
  Output print(String text) {
    write(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** {@code text} and a line feed. */
  void line(String text) {
    print(text).write('\n');
  }

  /** Sends all to the reader now. */
  @Override
  public void flush() {
    flushBuffer();
  }

  /** Flushes; standard output itself stays open. */
  @Override
  public void close() {
    flush();
  }

  /**
   * Grows the buffer up to its capacity, then empties it: a short answer needs no more than 1 KB.
   */
  private void makeRoom() {
    if (buffer.length < CAPACITY) {
      buffer = java.util.Arrays.copyOf(buffer, buffer.length * 8);
    } else {
      flushBuffer();
    }
  }

  private void flushBuffer() {
    int length = size;
    size = 0;
    if (length > 0) {
      send(buffer, 0, length);
    }
  }

  private void send(byte[] bytes, int from, int length) {
    try {
      target.write(bytes, from, length);
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      if (message.contains("Broken pipe")) {
        throw new ClosedPipe();
      }
      // As with standard input: the launcher sees to it that this is how a closed one fails.
      boolean closed = message.contains("Bad file descriptor");
      throw Problem.of(
              Kind.FAILED,
              "can not write to standard output: " + (closed ? "it is closed" : message))
          .asException();
    }
  }
}
