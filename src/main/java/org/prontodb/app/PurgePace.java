package org.prontodb.app;

/**
 * How much one transaction of a purge removes, and how long the lock is left alone behind it.
 *
 * <p>What a removal costs differs a hundredfold, since it may have to fetch a page from the disk or
 * not; so a portion is as large as the last one says can be done in a tenth of a second. SQLite
 * wakes those who wait for a lock in no order and ever less often, at last ten times a second. With
 * a third of the time free, a writer rarely waits for seconds.
 */
final class PurgePace {
  static final long LEAST = 100;
  static final long MOST = 20_000;
  private static final long AIM_NANOS = 100_000_000;
  private static final long LONGEST_REST_NANOS = 1_000_000_000;

  private long size = 1_000;
  private long restNanos;

  /** How many records to remove next. */
  long size() {
    return size;
  }

  /** Notes how long it took to remove {@link #size} records. */
  void took(long nanos) {
    restNanos = Math.clamp(nanos / 2, 0, LONGEST_REST_NANOS);
    long fitting = size * AIM_NANOS / Math.max(nanos, 1);
    size = Math.clamp(Math.min(fitting, size * 2), LEAST, MOST);
  }

  /** How long to leave the lock to others now, in nanoseconds. */
  long restNanos() {
    return restNanos;
  }
}
