package org.prontodb.server;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.prontodb.batch.LargeGarbage;
import org.prontodb.model.Problem.Kind;

/**
 * The memory that large values may take while they come in or go out, all requests together. Small
 * ones need no leave: there are not enough connections for them to matter.
 */
final class Budget {
  /** What is small, in bytes. */
  static final int FREE = 64 << 10;

  private static final int UNIT = 64 << 10;
  private static final int MOST_UNITS = 1024;
  private static final long PATIENCE_SECONDS = 30;

  private final int all;
  private final Semaphore units;

  /** A quarter of the heap, or 64 MB. */
  Budget() {
    this(Runtime.getRuntime().maxMemory() / 4);
  }

  /**
   * @param bytes how many there are to be taken, but no more than 64 MB
   */
  Budget(long bytes) {
    all = Math.clamp(bytes / UNIT, 1, MOST_UNITS);
    units = new Semaphore(all, true);
  }

  /** Memory that was taken and is given back. */
  interface Share extends AutoCloseable {
    @Override
    void close();
  }

  /** Takes memory for so many bytes, waiting for it if need be. */
  Share take(long bytes) {
    int wanted = units(bytes);
    try {
      if (!units.tryAcquire(wanted, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw HttpRefusal.later(503, Kind.BUSY, "too many large values are on their way", 5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw HttpRefusal.later(503, Kind.BUSY, "the server is stopping", 5);
    }
    return () -> giveBack(wanted, bytes);
  }

  /** As {@link #take}, but null where that would mean to wait. */
  Share takeNow(long bytes) {
    int wanted = units(bytes);
    return units.tryAcquire(wanted) ? () -> giveBack(wanted, bytes) : null;
  }

  private void giveBack(int count, long bytes) {
    units.release(count);
    LargeGarbage.expect(bytes);
  }

  /** A value larger than everything takes everything. */
  private int units(long bytes) {
    return bytes <= FREE ? 0 : (int) Math.min(all, Math.ceilDiv(bytes, UNIT));
  }
}
