package org.prontodb.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Instants as they are written: ISO 8601, to the millisecond, years 0000 to 9999. */
public final class Instants {
  private static final long MIN = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
  private static final long MAX = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private Instants() {}

  /**
   * Milliseconds since the epoch of {@code 2026-01-31T12:00:00Z}, or with an offset like {@code
   * +01:00}; empty if {@code text} is no such instant. Digits behind the milliseconds are dropped.
   * What ISO 8601 leaves free is read, too: no seconds, a comma before the fraction, and an offset
   * like {@code +0100} or {@code +01}, as {@code date} writes them.
   */
  public static Optional<Long> parse(String text) {
    try {
      return withinRange(Instant.parse(text));
    } catch (DateTimeException e) {
      return parseVariant(text);
    }
  }

  private static Optional<Long> parseVariant(String text) {
    Matcher parts = Variant.FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String seconds = parts.group("seconds").isEmpty() ? ":00" : parts.group("seconds");
    String minutes = parts.group("minutes") == null ? "" : parts.group("minutes");
    String offset =
        parts.group("hours") == null
            ? "Z"
            : parts.group("hours") + ":" + (minutes.isEmpty() ? "00" : minutes.replace(":", ""));
    try {
      return withinRange(Instant.parse(parts.group("begin") + seconds.replace(',', '.') + offset));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Long> withinRange(Instant instant) {
    try {
      long millis = instant.toEpochMilli();
      return millis < MIN || millis > MAX ? Optional.empty() : Optional.of(millis);
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** Made when it is needed, which is hardly ever. */
  private static final class Variant {
    static final Pattern FORM =
        Pattern.compile(
            "(?<begin>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d)"
                + "(?<seconds>|:\\d\\d|:\\d\\d[.,]\\d{1,9})"
                + "(Z|(?<hours>[+-]\\d\\d)(?<minutes>|\\d\\d|:\\d\\d))");
  }

  /** The form that {@link #parse} reads, in UTC. */
  public static String format(long instant) {
    return DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochMilli(instant));
  }
}
