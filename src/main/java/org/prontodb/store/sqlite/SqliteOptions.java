package org.prontodb.store.sqlite;

/**
 * What a user can choose about a database.
 *
 * @param busyTimeoutMillis how long a writer waits for the write lock
 * @param synchronousFull whether each commit waits for the disk, so that it outlives a power cut
 */
public record SqliteOptions(int busyTimeoutMillis, boolean synchronousFull) {
  public static final SqliteOptions DEFAULT = new SqliteOptions(5000, false);
}
