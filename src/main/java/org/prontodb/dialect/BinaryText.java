package org.prontodb.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.codec.CodecPolicy;
import org.apache.commons.codec.DecoderException;
import org.apache.commons.codec.binary.Base64;
import org.apache.commons.codec.binary.Hex;
import org.prontodb.model.ByteBuilder;

/** How bytes that need not be text are spelt as ASCII. All are read strictly. */
public enum BinaryText {
  /** RFC 4648, padded. The form of our own tables, and so read without a library. */
  BASE64("base64") {
    @Override
    public byte[] decode(byte[] text, int from, int to) {
      return Base64Text.decode(text, from, to);
    }

    @Override
    public int firstInvalid(byte[] text, int from, int to) {
      return Base64Text.firstInvalid(text, from, to);
    }

    @Override
    public void encode(byte[] bytes, ByteBuilder out) {
      Base64Text.encode(bytes, out);
    }
  },

  /** RFC 4648 with {@code -} and {@code _}; padded or not when it is read, not when written. */
  BASE64URL("base64url") {
    @Override
    public byte[] decode(byte[] text, int from, int to) {
      if (fault(text, from, to) >= 0) {
        return null;
      }
      try {
        return Codecs.BASE64URL.decode(Arrays.copyOfRange(text, from, to));
      } catch (IllegalArgumentException e) {
        return null;
      }
    }

    @Override
    public int firstInvalid(byte[] text, int from, int to) {
      int at = fault(text, from, to);
      int end = to;
      while (end > from && text[end - 1] == '=') {
        end--;
      }
      // Else it is the last digit, whose unused bits are not zero.
      return at >= 0 ? at : end - 1;
    }

    private static int fault(byte[] text, int from, int to) {
      int end = to;
      while (end > from && to - end < 2 && text[end - 1] == '=') {
        end--;
      }
      for (int i = from; i < end; i++) {
        if (!isDigit(text[i])) {
          return i;
        }
      }
      boolean padded = end < to;
      return (end - from) % 4 == 1 || (padded && (to - from) % 4 != 0) ? to : -1;
    }

    private static boolean isDigit(byte b) {
      return (b >= 'A' && b <= 'Z')
          || (b >= 'a' && b <= 'z')
          || (b >= '0' && b <= '9')
          || b == '-'
          || b == '_';
    }

    @Override
    public void encode(byte[] bytes, ByteBuilder out) {
      out.append(Base64.encodeBase64URLSafe(bytes));
    }
  },

  /** Two hexadecimal digits a byte, of either case when it is read, small when it is written. */
  HEX("hex") {
    @Override
    public byte[] decode(byte[] text, int from, int to) {
      try {
        return Hex.decodeHex(
            new String(text, from, to - from, StandardCharsets.ISO_8859_1).toCharArray());
      } catch (DecoderException e) {
        return null;
      }
    }

    @Override
    public int firstInvalid(byte[] text, int from, int to) {
      for (int i = from; i < to; i++) {
        if (text[i] < 0 || Character.digit(text[i], 16) < 0) {
          return i;
        }
      }
      return (to - from) % 2 == 0 ? -1 : to;
    }

    @Override
    public void encode(byte[] bytes, ByteBuilder out) {
      out.append(Hex.encodeHexString(bytes));
    }
  };

  /** Behind a class of its own, so that who needs base64 alone loads no library. */
  private static final class Codecs {
    static final Base64 BASE64URL =
        Base64.builder().setUrlSafe(true).setDecodingPolicy(CodecPolicy.STRICT).get();
  }

  private final String word;

  BinaryText(String word) {
    this.word = word;
  }

  /** What options and messages call it. */
  public String word() {
    return word;
  }

  /** The bytes that {@code text[from, to)} spells, or null if it spells none. */
  public abstract byte[] decode(byte[] text, int from, int to);

  /**
   * The index of the first byte of {@code text[from, to)}, which {@link #decode} refused, that can
   * not continue it: {@code to} if text is missing.
   */
  public abstract int firstInvalid(byte[] text, int from, int to);

  /** Appends the spelling of {@code bytes}. */
  public abstract void encode(byte[] bytes, ByteBuilder out);
}
