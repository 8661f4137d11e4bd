package org.prontodb.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Instants as they are written: ISO 8601, to the millisecond, years 0000 to 9999. */
public final class Instants {
  private static final long MIN = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
  private static final long MAX = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private Instants() {}

  /**
   * Milliseconds since the epoch of {@code 2026-01-31T12:00:00Z}, or with an offset like {@code
   * +01:00}; empty if {@code text} is no such instant. Digits behind the milliseconds are dropped.
   */
  public static Optional<Long> parse(String text) {
    try {
      long instant = Instant.parse(text).toEpochMilli();
      return instant < MIN || instant > MAX ? Optional.empty() : Optional.of(instant);
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** The form that {@link #parse} reads, in UTC. */
  public static String format(long instant) {
    return DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochMilli(instant));
  }
}
