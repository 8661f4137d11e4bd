package org.prontodb.model;

/** What an input asks of the life of a record in a cache. */
public sealed interface Expiry {
  /** The longest life, in seconds: a thousand years, which keeps every sum within a long. */
  long MAX_SECONDS = 1000L * 366 * 24 * 3600;

  /** The cache's own timeout. */
  record Default() implements Expiry {}

  /**
   * A life counted from the moment of applying.
   *
   * @param seconds from 1 to {@link #MAX_SECONDS}
   */
  record After(long seconds) implements Expiry {}

  /**
   * A fixed end.
   *
   * @param instant in milliseconds since the epoch
   */
  record At(long instant) implements Expiry {}

  Expiry DEFAULT = new Default();
}
