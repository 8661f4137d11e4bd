package org.prontodb.server;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.prontodb.model.ByteBuilder;

/** Text in a URI: every byte of its UTF-8 may be written as {@code %} and two digits (RFC 3986). */
final class Percent {
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private static final char REPLACEMENT = '\uFFFD';

  private Percent() {}

  /**
   * The text that {@code raw} spells.
   *
   * @param form whether {@code +} is a blank, as in a query
   */
  static String decode(String raw, boolean form) {
    if (raw.indexOf(REPLACEMENT) >= 0) {
      // what the library puts in the place of bytes that are no text
      throw notUtf8();
    }
    byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%') {
        decoded.put((byte) (digit(bytes, i + 1) << 4 | digit(bytes, i + 2)));
        i += 2;
      } else {
        decoded.put(form && bytes[i] == '+' ? (byte) ' ' : bytes[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
    } catch (CharacterCodingException e) {
      throw notUtf8();
    }
  }

  private static HttpRefusal notUtf8() {
    return HttpRefusal.badRequest("the URI is not UTF-8", "percent-encode the bytes of UTF-8");
  }

  private static int digit(byte[] bytes, int at) {
    int digit = at < bytes.length ? Character.digit(bytes[at], 16) : -1;
    if (digit < 0) {
      throw HttpRefusal.badRequest("a % in the URI without two digits", "write % itself as %25");
    }
    return digit;
  }

  /** How {@code text} is written in a path or a query. */
  static String encode(String text) {
    ByteBuilder encoded = new ByteBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0 && PLAIN.indexOf(b) >= 0) {
        encoded.append(b);
      } else {
        encoded.append("%%%02X".formatted(b & 0xff));
      }
    }
    return encoded.toString();
  }
}
