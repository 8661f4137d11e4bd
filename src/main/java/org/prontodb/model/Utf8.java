package org.prontodb.model;

import java.util.Arrays;

/** UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF. */
public final class Utf8 {
  /** The first byte of U+0080–BF. */
  private static final byte C1_LEAD = (byte) 0xc2;

  /** U+FEFF, which some programs write at the beginning of a file to say that it is UTF-8. */
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  /** How many bytes a byte order mark has. */
  public static final int MARK_LENGTH = 3;

  private Utf8() {}

  /** Whether {@code bytes} begins with a byte order mark. */
  public static boolean hasMark(byte[] bytes) {
    return bytes.length >= MARK_LENGTH && maybeMark(bytes, MARK_LENGTH);
  }

  /**
   * Whether the first {@code length} bytes can be the beginning of a byte order mark, or are one.
   */
  public static boolean maybeMark(byte[] bytes, int length) {
    int known = Math.min(length, MARK_LENGTH);
    return Arrays.equals(bytes, 0, known, BYTE_ORDER_MARK, 0, known);
  }

  /** The byte order mark of UTF-8. */
  public static byte[] mark() {
    return BYTE_ORDER_MARK.clone();
  }

  /** Whether a control character, U+0000–1F or U+7F–9F, begins at {@code index} of valid UTF-8. */
  public static boolean isControlAt(byte[] utf8, int index) {
    int b = utf8[index];
    return b >= 0 ? Text.isControl(b) : b == C1_LEAD && (utf8[index + 1] & 0xff) <= 0x9f;
  }

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
