package org.prontodb.app;

import java.util.function.Predicate;

/** What must hold of a record for a write to happen; an expired record counts as absent. */
public sealed interface Condition {
  /** Nothing. */
  record None() implements Condition {}

  /** It is not there. */
  record Absent() implements Condition {}

  /**
   * Its value passes a test.
   *
   * @param holds is given the value, or null if the record is not there
   */
  record Passes(Predicate<byte[]> holds) implements Condition {}

  /** It is there and has this value. */
  record Equal(byte[] value) implements Condition {}
}
