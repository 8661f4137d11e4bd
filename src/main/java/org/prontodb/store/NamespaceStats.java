package org.prontodb.store;

/**
 * Counts of a namespace at one moment.
 *
 * @param records how many are live
 * @param bytes of the keys and values of the live ones, as they are read: uncompressed
 * @param expired how many are still stored although expired
 */
public record NamespaceStats(long records, long bytes, long expired) {}
