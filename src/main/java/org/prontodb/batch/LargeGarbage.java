package org.prontodb.batch;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Has what is left of large values collected. An array of megabytes goes straight into the old
 * generation, which the JVM's serial collector enlarges, up to a quarter of the machine's memory,
 * before it looks there for garbage: a load of such values would take a gigabyte.
 *
 * <p>A server runs with the G1 collector and -XX:+ExplicitGCInvokesConcurrent, so that this stops
 * its other requests for some milliseconds only.
 *
 * <p>A bound for the heap is no way out. The largest values that are allowed need several times as
 * much as a load with many of ordinary size is to take.
 */
public final class LargeGarbage {
  /** What is smaller than this is collected with the young generation. */
  private static final int LARGE = 1 << 20;

  /** How much garbage is worth the few milliseconds of a collection, in bytes. */
  private static final long ENOUGH = 64 << 20;

  private static final AtomicLong LEFT = new AtomicLong();

  private LargeGarbage() {}

  /** To be called for a value of this many bytes that is used once and then forgotten. */
  public static void expect(long bytes) {
    if (bytes >= LARGE && LEFT.addAndGet(bytes) >= ENOUGH) {
      LEFT.set(0);
      System.gc();
    }
  }
}
