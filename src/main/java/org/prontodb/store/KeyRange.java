package org.prontodb.store;

import java.util.Arrays;

/**
 * The keys from {@code from}, included, to {@code to}, excluded.
 *
 * @param from UTF-8; empty for the first key
 * @param to UTF-8; null for no end
 */
public record KeyRange(byte[] from, byte[] to) {
  public static final KeyRange ALL = new KeyRange(new byte[0], null);

  /** The keys that begin with {@code prefix}. */
  public static KeyRange prefix(byte[] prefix) {
    return new KeyRange(prefix, successor(prefix));
  }

  /** What is left of this range behind {@code key}. */
  public KeyRange after(byte[] key) {
    byte[] next = Arrays.copyOf(key, key.length + 1);
    return Arrays.compareUnsigned(next, from) > 0 ? new KeyRange(next, to) : this;
  }

  /** The least string of bytes above all that begin with {@code prefix}; null if there is none. */
  private static byte[] successor(byte[] prefix) {
    int end = prefix.length;
    while (end > 0 && prefix[end - 1] == (byte) 0xff) {
      end--;
    }
    if (end == 0) {
      return null;
    }
    byte[] next = Arrays.copyOf(prefix, end);
    next[end - 1]++;
    return next;
  }
}
