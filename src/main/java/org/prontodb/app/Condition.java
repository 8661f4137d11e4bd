package org.prontodb.app;

/** What must hold of a record for a write to happen; an expired record counts as absent. */
public sealed interface Condition {
  /** Nothing. */
  record None() implements Condition {}

  /** It is not there. */
  record Absent() implements Condition {}

  /** It is there and has this value. */
  record Equal(byte[] value) implements Condition {}
}
