package org.prontodb.mirror;

/** What is done where a record is not as it was exported, and its file says something else. */
public enum Policy {
  /** If the file has changed, too, it is told, and nothing is imported; else the record stays. */
  REFUSE,
  /** The file decides. */
  OVERWRITE,
  /** A record that is there stays as it is, one that is missing comes in. */
  SKIP
}
