package org.prontodb.model;

/**
 * The life of a stored record of a cache; times in milliseconds since the epoch.
 *
 * @param createdAt when it was written
 * @param ttlSeconds how long it was meant to live, rounded up
 * @param expiresAt the first instant at which it is no longer there
 */
public record Lifetime(long createdAt, long ttlSeconds, long expiresAt) {

  /** The life that {@code asked} gives a record written at {@code now} in a cache. */
  public static Lifetime of(Expiry asked, CacheSettings cache, long now) {
    return switch (asked) {
      case Expiry.Default d -> after(cache.timeoutSeconds(), now);
      case Expiry.After after -> after(after.seconds(), now);
      case Expiry.At at ->
          new Lifetime(now, Math.max(0, Math.ceilDiv(at.instant() - now, 1000)), at.instant());
    };
  }

  private static Lifetime after(long seconds, long now) {
    return new Lifetime(now, seconds, now + seconds * 1000);
  }

  /**
   * Whether a record has not expired.
   *
   * @param lifetime null for a record that never does
   */
  public static boolean isLive(Lifetime lifetime, long now) {
    return lifetime == null || !lifetime.isExpiredAt(now);
  }

  public boolean isExpiredAt(long now) {
    return expiresAt <= now;
  }

  /** Whole seconds until it expires, rounded up; 0 or less once it has expired. */
  public long secondsLeftAt(long now) {
    return Math.ceilDiv(expiresAt - now, 1000);
  }
}
