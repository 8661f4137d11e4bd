package org.prontodb.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/**
 * The body of a request as it comes in, up to a size, and no slower than a person types. Only
 * content counts as progress: chunk extensions and trailers do not, so the deadline holds for every
 * byte of a body. For one thread.
 */
final class RequestBody extends InputStream {
  /** In bytes a second, over each period of patience. */
  static final long LEAST_RATE = 64;

  private static final long NANOS_OF_A_SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int AVAILABLE_BYTES = 1 << 20;
  private static final int DISCARD_BYTES = 64 << 20;

  private final Request request;
  private final long most;
  private final long patienceNanos;
  private final Semaphore arrived = new Semaphore(0);
  private Content.Chunk chunk;
  private boolean ended;
  private long count;

  /** How long the sender was waited for, and what it sent, since it last made enough progress. */
  private long waitedNanos;

  private long progress;
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

  /**
   * @param most how many bytes it may have
   * @param patienceNanos how long the sender may take for {@link #LEAST_RATE} bytes for each second
   *     of it; time in which nobody reads is not counted
   */
  RequestBody(Request request, long most, long patienceNanos) {
    this.request = request;
    this.most = most;
    this.patienceNanos = patienceNanos;
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
    Objects.checkFromIndexSize(from, length, bytes.length);
    if (failure != null) {
      throw failure;
    }
    if (length == 0) {
      return 0;
    }
    try {
      if (!hasContent(Long.MAX_VALUE)) {
        return -1;
      }
      int read = chunk.get(bytes, from, length);
      count(read);
      return read;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  private void count(int read) throws IOException {
    count += read;
    progress += read;
    if (progress * NANOS_OF_A_SECOND >= patienceNanos * LEAST_RATE) {
      progress = 0;
      waitedNanos = 0;
    }
    if (count > most) {
      throw new TooLarge(most);
    }
  }

  /**
   * Waits until there is content to read; false at the end of the body.
   *
   * @param deadline by {@link System#nanoTime}, or {@link Long#MAX_VALUE} for none but the patience
   */
  private boolean hasContent(long deadline) throws IOException {
    while (chunk == null || !chunk.hasRemaining()) {
      release();
      if (ended) {
        return false;
      }
      chunk = request.read();
      if (chunk == null) {
        await(deadline);
      } else if (Content.Chunk.isFailure(chunk)) {
        Throwable cause = chunk.getFailure();
        release();
        throw cause instanceof IOException e ? e : new IOException(cause);
      }
    }
    return true;
  }

  /** Lets go of the piece that was read last. */
  private void release() {
    if (chunk != null) {
      ended |= chunk.isLast() && !Content.Chunk.isFailure(chunk);
      chunk.release();
      chunk = null;
    }
  }

  private void await(long deadline) throws IOException {
    long begun = System.nanoTime();
    long patience = patienceNanos - waitedNanos;
    request.demand(Invocable.from(InvocationType.NON_BLOCKING, arrived::release));
    try {
      long wait = deadline == Long.MAX_VALUE ? patience : Math.min(patience, deadline - begun);
      if (!arrived.tryAcquire(wait, TimeUnit.NANOSECONDS)) {
        withdraw();
        throw new TooSlow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } finally {
      waitedNanos += System.nanoTime() - begun;
    }
  }

  /** Takes the demand for content back, as when the connection is idle for too long. */
  private void withdraw() {
    request.getConnectionMetaData().getConnection().onIdleExpired(new TimeoutException());
    arrived.acquireUninterruptibly();
  }

  /** Whether all of the body has come, after a look at what is here without waiting. */
  boolean isConsumed() {
    long left = AVAILABLE_BYTES;
    release();
    while (!ended && left > 0) {
      chunk = request.read();
      if (chunk == null || Content.Chunk.isFailure(chunk)) {
        release();
        return false;
      }
      left -= chunk.remaining();
      release();
    }
    return ended;
  }

  /**
   * Reads on for a while what is of no use any more. Most clients look for an answer only when they
   * have sent everything, and lose it if the connection is closed under them.
   */
  void discard(long nanos) {
    long deadline = System.nanoTime() + nanos;
    long left = DISCARD_BYTES;
    try {
      while (left > 0 && System.nanoTime() < deadline && hasContent(deadline)) {
        left -= chunk.remaining();
        release();
      }
    } catch (IOException e) {
      // the client has gone, or takes too long
      return;
    }
  }
}
