package org.prontodb.records;

import java.util.Arrays;
import java.util.function.Predicate;

/** What must hold of a record for a write to happen; an expired record counts as absent. */
public sealed interface Condition {
  /** Nothing. */
  record None() implements Condition {}

  /** The record is absent. */
  record Absent() implements Condition {}

  /** The record is there, with any value. */
  record Present() implements Condition {}

  /** The record is there and has this value. */
  record Equal(byte[] value) implements Condition {}

  /**
   * The value passes a test.
   *
   * @param holds is given the value, or null if the record is absent
   */
  record Passes(Predicate<byte[]> holds) implements Condition {}

  /**
   * How a record violates the condition: a predicate to follow the name of the record in a
   * sentence, or null if the condition holds.
   *
   * @param value of the record, or null if it is absent
   */
  default String violation(byte[] value) {
    return switch (this) {
      case None none -> null;
      case Absent absent -> value == null ? null : "is there already";
      case Present present -> value == null ? "is not there" : null;
      case Equal equal ->
          value == null
              ? "is not there"
              : Arrays.equals(value, equal.value()) ? null : "has another value";
      case Passes test ->
          test.holds().test(value)
              ? null
              : value == null ? "is not there" : "is not as you expect it";
    };
  }
}
