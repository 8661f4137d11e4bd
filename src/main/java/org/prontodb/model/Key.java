package org.prontodb.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.prontodb.model.Problem.Kind;

/**
 * A key: 1 to 1024 bytes of UTF-8 without control characters (U+0000–1F, U+7F–9F). Ordered by its
 * bytes, as everything in a store is.
 *
 * <p>It may hold the delimiter of addresses: that is checked where an address or a bare key of a
 * stream is split by it, and not where the namespace is given apart from the key.
 *
 * <p>It holds the bytes themselves, because a bulk load never needs the characters.
 */
public final class Key implements Comparable<Key> {
  /** The longest key, in bytes. */
  public static final int MAX_BYTES = 1024;

  private static final String UTF8_ONLY =
      "convert it to UTF-8 first, as with: iconv -f LATIN1 -t UTF-8";

  private static final String RULE =
      "a key has from 1 to " + MAX_BYTES + " bytes of UTF-8 and no control character";

  /** What joins a key and its context. */
  public static final String CONTEXT = "__";

  private final byte[] utf8;

  private Key(byte[] utf8) {
    this.utf8 = utf8;
  }

  /** The key that {@code text} spells. */
  public static Key of(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (!new String(utf8, StandardCharsets.UTF_8).equals(text)) {
      throw refused("key is not valid Unicode text", null);
    }
    return ofUtf8(utf8);
  }

  /**
   * The key with these bytes, which the caller gives away.
   *
   * @throws ProntoException with {@link Kind#USAGE} if no key may have them
   */
  public static Key ofUtf8(byte[] utf8) {
    if (utf8.length == 0) {
      throw refused("key is empty", RULE);
    }
    if (utf8.length > MAX_BYTES) {
      throw refused(
          "key has " + utf8.length + " bytes, at most " + MAX_BYTES + " are allowed", RULE);
    }
    boolean ascii = true;
    for (byte b : utf8) {
      if (b < 0) {
        ascii = false;
      } else if (Text.isControl(b)) {
        throw refused("key holds the control character U+%04X".formatted(b), RULE);
      }
    }
    if (!ascii) {
      checkNonAscii(utf8);
    }
    return new Key(utf8);
  }

  /**
   * Where {@link #ofUtf8} finds fault: the index of the first byte of {@code bytes[from, to)} that
   * no key may hold, or {@code from} if it is not a single byte that is wrong.
   */
  public static int firstForbidden(byte[] bytes, int from, int to) {
    int invalid = Utf8.firstInvalid(bytes, from, to);
    int end = invalid < 0 ? to : invalid;
    for (int i = from; i < end; i++) {
      if (Utf8.isControlAt(bytes, i)) {
        return i;
      }
    }
    return invalid < 0 ? from : invalid;
  }

  /** A key read back from a store, which holds nothing but checked keys. */
  public static Key stored(byte[] utf8) {
    return new Key(utf8);
  }

  private static void checkNonAscii(byte[] utf8) {
    int bad = Utf8.firstInvalid(utf8, 0, utf8.length);
    if (bad >= 0) {
      throw refused("key is not UTF-8: byte 0x%02x".formatted(utf8[bad] & 0xff), UTF8_ONLY);
    }
    for (int i = 0; i < utf8.length; i++) {
      if (Utf8.isControlAt(utf8, i)) {
        throw refused("key holds the control character U+%04X".formatted(utf8[i + 1] & 0xff), RULE);
      }
    }
  }

  private static ProntoException refused(String message, String hint) {
    return Problem.of(Kind.USAGE, message, hint).asException();
  }

  /** This key in a context: {@code key__context}. */
  public Key withContext(String context) {
    return of(text() + CONTEXT + context);
  }

  /**
   * The context: what follows the last {@code __} that has text on both sides, or null if there is
   * none.
   */
  public String context() {
    int at = contextMark();
    return at < 0 ? null : text().substring(at + CONTEXT.length());
  }

  /** The key without its context. */
  public String base() {
    int at = contextMark();
    return at < 0 ? text() : text().substring(0, at);
  }

  private int contextMark() {
    String text = text();
    int at = text.lastIndexOf(CONTEXT, text.length() - CONTEXT.length() - 1);
    return at > 0 ? at : -1;
  }

  public String text() {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** The bytes themselves, not a copy: not to be changed. */
  public byte[] utf8() {
    return utf8;
  }

  @Override
  public int compareTo(Key other) {
    return Arrays.compareUnsigned(utf8, other.utf8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Key key && Arrays.equals(utf8, key.utf8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8);
  }

  @Override
  public String toString() {
    return text();
  }
}
