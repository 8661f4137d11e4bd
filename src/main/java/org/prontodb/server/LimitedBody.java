package org.prontodb.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of a request as it comes in, up to a size, and no slower than a person types. */
final class LimitedBody extends FilterInputStream {
  /** In bytes a second, on the average since the beginning. */
  private static final long LEAST_RATE = 64;

  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private final long most;
  private final long started = System.nanoTime();
  private long count;
  private IOException failure;

  /** More bytes than one may send. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge(long most) {
      super("the body has more than " + most + " bytes");
    }
  }

  /** So few bytes in so long a time that something is wrong, or meant ill. */
  static final class TooSlow extends IOException {
    private static final long serialVersionUID = 1L;

    TooSlow() {
      super("the body comes in at less than " + LEAST_RATE + " bytes a second");
    }
  }

  LimitedBody(InputStream in, long most) {
    super(in);
    this.most = most;
  }

  /** Why the body could not be read to its end, or null if nothing is wrong with it. */
  IOException failure() {
    return failure;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    try {
      int read = in.read(bytes, from, length);
      if (read > 0) {
        count(read);
      }
      return read;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  private void count(int read) throws IOException {
    count += read;
    if (count > most) {
      throw new TooLarge(most);
    }
    long waited = System.nanoTime() - started - PATIENCE_NANOS;
    if (waited > 0 && count < waited / 1_000_000_000L * LEAST_RATE) {
      throw new TooSlow();
    }
  }

  @Override
  public long skip(long n) throws IOException {
    return in.skip(0);
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
