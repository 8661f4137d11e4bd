package org.prontodb.mirror;

/** What is done where a file and its record have both changed. */
public enum Policy {
  /** It is told, and nothing is imported. */
  REFUSE,
  /** The file decides. */
  OVERWRITE,
  /** The record stays as it is. */
  SKIP
}
