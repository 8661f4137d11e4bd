package org.prontodb.store.sqlite;

import java.util.function.Supplier;

/**
 * What a user can choose about a database.
 *
 * @param busyTimeoutMillis how long a writer waits for the write lock
 * @param synchronousFull whether each commit waits for the disk, so that it outlives a power cut
 * @param adminPassword what a new database is to store as the password of {@code admin}; asked when
 *     one is created, and null for the default password
 */
public record SqliteOptions(
    int busyTimeoutMillis, boolean synchronousFull, Supplier<String> adminPassword) {
  public static final SqliteOptions DEFAULT = new SqliteOptions(5000, false);

  public SqliteOptions(int busyTimeoutMillis, boolean synchronousFull) {
    this(busyTimeoutMillis, synchronousFull, () -> null);
  }
}
