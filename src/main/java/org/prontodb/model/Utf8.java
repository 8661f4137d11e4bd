package org.prontodb.model;

/** UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF. */
public final class Utf8 {
  private Utf8() {}

  public static boolean isValid(byte[] bytes) {
    return firstInvalid(bytes, 0, bytes.length) < 0;
  }

  /** Where in {@code [from, to)} the first character begins that is not UTF-8, or -1. */
  public static int firstInvalid(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      int b = bytes[i];
      if (b >= 0) {
        i++;
        continue;
      }
      int length = sequenceLength(b & 0xff);
      if (length == 0) {
        return i;
      }
      for (int k = 1; k < length; k++) {
        if (i + k >= to || !continues(bytes, i, k)) {
          return i;
        }
      }
      i += length;
    }
    return -1;
  }

  /** How many code points {@code [from, to)}, valid UTF-8, holds. */
  public static long codePoints(byte[] bytes, int from, int to) {
    long count = 0;
    for (int i = from; i < to; i++) {
      if ((bytes[i] & 0xc0) != 0x80) {
        count++;
      }
    }
    return count;
  }

  private static int sequenceLength(int lead) {
    if (lead >= 0xc2 && lead <= 0xdf) {
      return 2;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
      return 3;
    }
    return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  }

  private static boolean continues(byte[] bytes, int at, int k) {
    int b = bytes[at + k] & 0xff;
    if (b < 0x80 || b > 0xbf) {
      return false;
    }
    if (k > 1) {
      return true;
    }
    return switch (bytes[at] & 0xff) {
      case 0xe0 -> b >= 0xa0;
      case 0xed -> b <= 0x9f;
      case 0xf0 -> b >= 0x90;
      case 0xf4 -> b <= 0x8f;
      default -> true;
    };
  }
}
