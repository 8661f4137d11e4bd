package org.prontodb.dialect;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;

/** An input that should be UTF-8; UTF-16 is told by its first bytes, and refused by its name. */
final class Utf16Guard extends FilterInputStream {
  private static final int LOOKED_AT = 4;

  private final byte[] first = new byte[LOOKED_AT];
  private int seen;

  Utf16Guard(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int count = in.read(into, from, length);
    if (seen < LOOKED_AT && count > 0) {
      int taken = Math.min(count, LOOKED_AT - seen);
      System.arraycopy(into, from, first, seen, taken);
      seen += taken;
      refuse();
    }
    return count;
  }

  private void refuse() {
    String order = seen < 2 ? null : order(first, seen);
    if (order != null) {
      throw Problem.of(
              Kind.CONTENT,
              "the input is UTF-16 (" + order + "), not UTF-8",
              "add --encoding utf-16")
          .asException();
    }
  }

  /**
   * Which byte of UTF-16 comes first, as the mark at the beginning says or the zero bytes of
   * characters that are ASCII; null if it does not look like UTF-16.
   */
  private static String order(byte[] bytes, int length) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (first == 0xff && second == 0xfe) {
      return "little-endian";
    }
    if (first == 0xfe && second == 0xff) {
      return "big-endian";
    }
    if (length < LOOKED_AT) {
      return null;
    }
    if (first != 0 && second == 0 && bytes[2] != 0 && bytes[3] == 0) {
      return "little-endian";
    }
    return first == 0 && second != 0 && bytes[2] == 0 && bytes[3] != 0 ? "big-endian" : null;
  }

  @Override
  public long skip(long count) throws IOException {
    return in.skip(count);
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
