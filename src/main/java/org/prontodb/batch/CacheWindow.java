package org.prontodb.batch;

import org.prontodb.model.CacheSettings;
import org.prontodb.model.Expiry;
import org.prontodb.model.Lifetime;

/**
 * Which records of a load into a cache with {@code max_items} would be evicted again at once, so
 * that they need not be written: all but the newest. Counts arrivals in buckets, because the exact
 * border is not needed: what is written beyond it is trimmed with the rest.
 */
final class CacheWindow {
  private static final int BUCKETS = 1 << 14;

  /** Of a load that does not fill its cache. */
  private static final CacheWindow ALL = new CacheWindow(0, false);

  private final long threshold;
  private final boolean full;

  private CacheWindow(long threshold, boolean full) {
    this.threshold = threshold;
    this.full = full;
  }

  /**
   * The window over the records of {@code number}, at whose first one {@code rows} stands.
   *
   * @param arrivals how many records were staged in all, of every namespace
   * @param cache null outside caches
   * @param now milliseconds since the epoch
   */
  static CacheWindow over(
      StagedCursor rows, int number, long arrivals, CacheSettings cache, long now) {
    if (cache == null || cache.maxItems() == 0 || arrivals < cache.maxItems()) {
      return ALL;
    }
    long[] counts = new long[BUCKETS];
    long width = Math.ceilDiv(arrivals + 1, BUCKETS);
    rows.mark();
    do {
      if (!rows.isDelete() && !lifetime(rows, cache, now).isExpiredAt(now)) {
        counts[(int) (rows.sequence() / width)]++;
      }
    } while (rows.next() && rows.isIn(number));
    rows.reset();
    long newer = 0;
    int bucket = BUCKETS;
    while (bucket > 0 && newer < cache.maxItems()) {
      newer += counts[--bucket];
    }
    return new CacheWindow(bucket * width, newer >= cache.maxItems());
  }

  /** The life that the current record has if it is written at {@code now}. */
  static Lifetime lifetime(StagedCursor row, CacheSettings cache, long now) {
    // Null where the namespace has become a cache since the load was read.
    Expiry asked = row.expiry() == null ? Expiry.DEFAULT : row.expiry();
    return Lifetime.of(asked, cache, now);
  }

  /** Whether the load alone fills the cache, so that nothing of before survives it. */
  boolean fillsCache() {
    return full;
  }

  /** Whether the record with this arrival number would not survive the load. */
  boolean isEvictedAtOnce(long sequence) {
    return sequence < threshold;
  }
}
