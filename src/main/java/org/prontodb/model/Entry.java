package org.prontodb.model;

/**
 * A stored record.
 *
 * @param value any bytes; not a copy, not to be changed
 * @param lifetime null outside caches
 */
public record Entry(Key key, byte[] value, Lifetime lifetime) {

  /** Whether it has not expired; outside caches no record does. */
  public boolean isLiveAt(long now) {
    return Lifetime.isLive(lifetime, now);
  }
}
