package org.prontodb.model;

/**
 * A stored record.
 *
 * @param value any bytes; not a copy, not to be changed
 * @param lifetime null outside caches
 */
public record Entry(Key key, byte[] value, Lifetime lifetime) {}
