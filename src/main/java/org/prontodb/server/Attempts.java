package org.prontodb.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Makes whoever guesses passwords wait: longer after each failure, for each user and address. What
 * is remembered is bounded, and forgotten when the process ends.
 */
final class Attempts {
  /** Failures that everybody has free, for typing errors. */
  private static final int FREE = 3;

  private static final long FIRST_DELAY_MILLIS = 1000;
  private static final long MAX_DELAY_MILLIS = 60_000;
  private static final int MOST = 10_000;

  private final LongSupplier clock;
  private final LinkedHashMap<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true);

  private record Failures(int count, long until) {}

  /**
   * @param clock milliseconds that only grow
   */
  Attempts(LongSupplier clock) {
    this.clock = clock;
  }

  /** How long to wait before the next attempt is looked at, in milliseconds; 0 if not at all. */
  synchronized long delay(String user, String address) {
    Failures known = failures.get(key(user, address));
    return known == null ? 0 : Math.max(0, known.until() - clock.getAsLong());
  }

  synchronized void failed(String user, String address) {
    Failures known = failures.get(key(user, address));
    int count = known == null ? 1 : known.count() + 1;
    int doublings = Math.min(count - FREE, 16);
    long delay = count < FREE ? 0 : Math.min(MAX_DELAY_MILLIS, FIRST_DELAY_MILLIS << doublings);
    failures.put(key(user, address), new Failures(count, clock.getAsLong() + delay));
    if (failures.size() > MOST) {
      Map.Entry<String, Failures> oldest = failures.firstEntry();
      failures.remove(oldest.getKey());
    }
  }

  synchronized void succeeded(String user, String address) {
    failures.remove(key(user, address));
  }

  private static String key(String user, String address) {
    return address + ' ' + user;
  }
}
