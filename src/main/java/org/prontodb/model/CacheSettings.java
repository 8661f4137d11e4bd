package org.prontodb.model;

/**
 * How a cache treats its records.
 *
 * @param timeoutSeconds the life of a record that asks for none of its own, from 1 to {@link
 *     Expiry#MAX_SECONDS}
 * @param maxItems how many records are kept, or 0 for no limit
 * @param evictOnRead whether meeting an expired record removes it
 */
public record CacheSettings(long timeoutSeconds, long maxItems, boolean evictOnRead) {}
