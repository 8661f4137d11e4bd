package org.prontodb.dialect;

import java.util.Arrays;
import org.prontodb.model.ByteBuilder;

/**
 * Base64 as RFC 4648 defines it: padded, no line breaks, no character or bit that does not belong.
 * Works on a range of a larger array, without a String or a copy of the text.
 */
public final class Base64Text {
  private static final byte[] ALPHABET = new byte[64];
  private static final byte[] DIGITS = new byte[256];

  static {
    Arrays.fill(DIGITS, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < 64; i++) {
      ALPHABET[i] = (byte) alphabet.charAt(i);
      DIGITS[ALPHABET[i]] = (byte) i;
    }
  }

  private Base64Text() {}

  /** The bytes that {@code text[from, to)} spells, or null if it is not base64. */
  public static byte[] decode(byte[] text, int from, int to) {
    int length = to - from;
    if (length == 0) {
      return new byte[0];
    }
    if ((length & 3) != 0) {
      return null;
    }
    int padding = text[to - 1] != '=' ? 0 : text[to - 2] != '=' ? 1 : 2;
    byte[] bytes = new byte[(length >> 2) * 3 - padding];
    int whole = to - (padding == 0 ? 0 : 4);
    int at = 0;
    int seen = 0;
    for (int i = from; i < whole; i += 4) {
      int group =
          DIGITS[text[i] & 0xff] << 18
              | DIGITS[text[i + 1] & 0xff] << 12
              | DIGITS[text[i + 2] & 0xff] << 6
              | DIGITS[text[i + 3] & 0xff];
      seen |= group;
      bytes[at] = (byte) (group >> 16);
      bytes[at + 1] = (byte) (group >> 8);
      bytes[at + 2] = (byte) group;
      at += 3;
    }
    if (padding > 0) {
      int group =
          DIGITS[text[whole] & 0xff] << 18
              | DIGITS[text[whole + 1] & 0xff] << 12
              | (padding == 1 ? DIGITS[text[whole + 2] & 0xff] << 6 : 0);
      seen |= group;
      if ((group & (padding == 1 ? 0xff : 0xffff)) != 0) {
        return null;
      }
      bytes[at++] = (byte) (group >> 16);
      if (padding == 1) {
        bytes[at] = (byte) (group >> 8);
      }
    }
    return seen < 0 ? null : bytes;
  }

  /**
   * The index of the first byte of {@code text[from, to)}, which {@link #decode} refused, that can
   * not continue base64: {@code to} if text is missing.
   */
  public static int firstInvalid(byte[] text, int from, int to) {
    int i = from;
    while (i < to && DIGITS[text[i] & 0xff] >= 0) {
      i++;
    }
    if (i == to) {
      return to;
    }
    int inGroup = (i - from) & 3;
    if (text[i] != '=' || inGroup < 2) {
      return i;
    }
    int unusedBits = inGroup == 2 ? 0x0f : 0x03;
    if ((DIGITS[text[i - 1] & 0xff] & unusedBits) != 0) {
      return i - 1;
    }
    int padded = i + 4 - inGroup;
    while (i < to && i < padded && text[i] == '=') {
      i++;
    }
    return i;
  }

  /** Appends the base64 of {@code bytes}. */
  public static void encode(byte[] bytes, ByteBuilder out) {
    int length = bytes.length;
    int start = out.length();
    out.reserve((length + 2) / 3 * 4);
    byte[] text = out.array();
    int at = start;
    int whole = length - length % 3;
    for (int i = 0; i < whole; i += 3) {
      int group = (bytes[i] & 0xff) << 16 | (bytes[i + 1] & 0xff) << 8 | (bytes[i + 2] & 0xff);
      text[at] = ALPHABET[group >> 18];
      text[at + 1] = ALPHABET[group >> 12 & 63];
      text[at + 2] = ALPHABET[group >> 6 & 63];
      text[at + 3] = ALPHABET[group & 63];
      at += 4;
    }
    if (whole < length) {
      int group =
          (bytes[whole] & 0xff) << 16 | (whole + 1 < length ? (bytes[whole + 1] & 0xff) << 8 : 0);
      text[at] = ALPHABET[group >> 18];
      text[at + 1] = ALPHABET[group >> 12 & 63];
      text[at + 2] = whole + 1 < length ? ALPHABET[group >> 6 & 63] : (byte) '=';
      text[at + 3] = '=';
      at += 4;
    }
    out.setLength(at);
  }
}
