package org.prontodb.batch;

/**
 * Which records of a load into a cache with {@code max_items} would be evicted again at once, so
 * that they need not be written: all but the newest. Counts arrivals in buckets, because the exact
 * border is not needed: what is written beyond it is trimmed with the rest.
 */
final class CacheWindow {
  private static final int BUCKETS = 1 << 14;

  private final long threshold;

  private CacheWindow(long threshold) {
    this.threshold = threshold;
  }

  /** The window over the records of {@code number}, at whose first one {@code rows} stands. */
  static CacheWindow over(StagedCursor rows, int number, long arrivals, long maxItems) {
    if (maxItems == 0 || arrivals <= maxItems) {
      return new CacheWindow(0);
    }
    long[] counts = new long[BUCKETS];
    long width = Math.ceilDiv(arrivals + 1, BUCKETS);
    rows.mark();
    do {
      if (!rows.isDelete()) {
        counts[(int) (rows.sequence() / width)]++;
      }
    } while (rows.next() && rows.isIn(number));
    rows.reset();
    long newer = 0;
    int bucket = BUCKETS;
    while (bucket > 0 && newer < maxItems) {
      newer += counts[--bucket];
    }
    return new CacheWindow(bucket * width);
  }

  /** Whether the record with this arrival number would not survive the load. */
  boolean isEvictedAtOnce(long sequence) {
    return sequence < threshold;
  }
}
