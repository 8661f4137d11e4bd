package org.prontodb.dialect;

import java.util.Base64;

/**
 * Base64 as RFC 4648 defines it: padded, without white space, and one text for each value, so that
 * bits which would be lost are refused. The JDK's decoder does the work; it is not strict by
 * itself.
 */
public final class StrictBase64 {
  /** What is wrong with a text that is no base64, and how far into it. */
  public record Flaw(int at, String message) {}

  private StrictBase64() {}

  /** The bytes that {@code text} stands for, or null if it is no base64. */
  public static byte[] decode(byte[] text) {
    if ((text.length & 3) != 0 || hasLooseBits(text)) {
      return null;
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Why {@link #decode} gave nothing. */
  public static Flaw flaw(byte[] text) {
    int end = text.length;
    int padding = 0;
    while (padding < 2 && end > 0 && text[end - 1] == '=') {
      end--;
      padding++;
    }
    for (int i = 0; i < end; i++) {
      if (valueOf(text[i]) < 0) {
        return new Flaw(i, "value is not base64: it holds " + described(text[i]));
      }
    }
    if ((text.length & 3) != 0) {
      return new Flaw(
          text.length,
          "value is not base64: it has " + text.length + " characters, not a multiple of 4");
    }
    return new Flaw(
        Math.max(0, end - 1), "value is not base64: its last character holds bits that are lost");
  }

  private static boolean hasLooseBits(byte[] text) {
    int length = text.length;
    if (length == 0 || text[length - 1] != '=') {
      return false;
    }
    boolean two = text[length - 2] == '=';
    int last = valueOf(text[two ? length - 3 : length - 2]);
    return last >= 0 && (last & (two ? 0xf : 0x3)) != 0;
  }

  private static String described(byte b) {
    return b > ' ' && b < 0x7f ? "\"" + (char) b + "\"" : "the byte 0x%02x".formatted(b & 0xff);
  }

  private static int valueOf(byte b) {
    if (b >= 'A' && b <= 'Z') {
      return b - 'A';
    }
    if (b >= 'a' && b <= 'z') {
      return b - 'a' + 26;
    }
    if (b >= '0' && b <= '9') {
      return b - '0' + 52;
    }
    return b == '+' ? 62 : b == '/' ? 63 : -1;
  }
}
