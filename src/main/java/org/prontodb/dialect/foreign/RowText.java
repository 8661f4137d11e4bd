package org.prontodb.dialect.foreign;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Utf8;

/**
 * The characters of a table for Commons CSV, which would decide about escapes with less knowledge
 * than is needed: it takes {@code \\N}, a backslash and a letter, for NULL, and knows no {@code
 * \x41}. So escapes are resolved here, into characters that no text holds: halves of surrogate
 * pairs without the other half. One stands for the byte that is meant, fillers behind it keep the
 * count, so that a position among these characters is one in the input. A byte that is not UTF-8
 * becomes such a character, too, and is refused only if it gets into a record.
 */
final class RowText extends Reader {
  /** A byte that an escape spells is this and its value. */
  private static final char ESCAPED = 0xdc00;

  /** A byte that is not UTF-8 is this and its value. */
  private static final char INVALID_BYTE = 0xdd00;

  /** An escape that the format does not have is this and the character behind its backslash. */
  private static final char INVALID_ESCAPE = 0xde00;

  /** The end of the data, if it stands alone in a row. */
  static final char END = 0xdf01;

  /** NULL, if it stands alone in a column. */
  static final char NULL = 0xdf02;

  /** What keeps the count. */
  static final char FILLER = 0xdf03;

  private static final int LONGEST = 4;

  private final RowLines lines;
  private final TableFormat format;
  private final int escape;
  private final boolean keepsReturns;

  /** What a special character has become, and how much of it was given. */
  private final char[] pending = new char[LONGEST + 1];

  private int pendingFrom;
  private int pendingTo;

  /** How many bytes of the input stand before the next to be taken. */
  private long taken;

  /** How many characters were made. */
  private long made;

  /** How many characters were made up to the last that is not one byte of ASCII. */
  private long wide;

  /** How many characters were made up to the last that stands for something else. */
  private long marked;

  /**
   * @param from how many bytes of the input stand before the first row
   */
  RowText(RowLines lines, TableFormat format, long from) {
    this.lines = lines;
    this.format = format;
    this.escape = format.hasEscapes() ? format.escape() : -1;
    this.keepsReturns = format.escapes().endsRowsWithLineFeed();
    this.taken = from;
  }

  /** Whether any behind the first {@code count} characters may be other than a byte of ASCII. */
  boolean isWideBehind(long count) {
    return wide > count;
  }

  /** Whether any behind the first {@code count} characters may stand for something else. */
  boolean isMarkedBehind(long count) {
    return marked > count;
  }

  @Override
  public int read(char[] into, int offset, int length) throws IOException {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      if (pendingFrom < pendingTo) {
        into[at++] = pending[pendingFrom++];
        continue;
      }
      byte[] window = lines.window();
      int first = lines.indexOf(taken);
      int filled = lines.filledTo();
      int index = first;
      while (index < filled && at < end && isPlain(window[index])) {
        into[at++] = (char) window[index++];
      }
      taken += index - first;
      made += index - first;
      if (at == end) {
        break;
      }
      int bytes = index < filled ? special(window, index, filled, false) : 0;
      if (bytes == 0 && at > offset) {
        break;
      }
      if (bytes == 0 && !lines.readMore()) {
        index = lines.indexOf(taken);
        filled = lines.filledTo();
        if (index >= filled) {
          return -1;
        }
        bytes = special(lines.window(), index, filled, true);
      }
      taken += bytes;
    }
    return at - offset;
  }

  private boolean isPlain(byte b) {
    return b >= 0 && b != escape && (b != '\r' || !keepsReturns);
  }

  /**
   * Makes characters of what begins at {@code index}.
   *
   * @param last whether nothing follows what is in the window
   * @return of how many bytes; 0 if more must be known first
   */
  private int special(byte[] window, int index, int filled, boolean last) {
    pendingFrom = 0;
    pendingTo = 0;
    int b = window[index];
    int bytes;
    if (b < 0) {
      bytes = wide(window, index, filled, last);
    } else if (b == escape) {
      bytes = escaped(window, index, filled, last);
    } else if (index + 1 < filled) {
      bytes = window[index + 1] == '\n' ? as('\r', 1) : stand(ESCAPED + '\r', 1);
    } else {
      bytes = last ? stand(ESCAPED + '\r', 1) : 0;
    }
    made += pendingTo;
    if (b < 0) {
      wide = made;
    }
    return bytes;
  }

  private int wide(byte[] window, int index, int filled, boolean last) {
    int lead = window[index] & 0xff;
    int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    int end = Math.min(filled, index + length);
    int invalid = Utf8.firstInvalid(window, index, end);
    if (invalid < 0) {
      String text = new String(window, index, length, StandardCharsets.UTF_8);
      for (int i = 0; i < text.length(); i++) {
        pending[pendingTo++] = text.charAt(i);
      }
      return length;
    }
    return end < index + length && !last && mayContinue(window, index, end)
        ? 0
        : stand(INVALID_BYTE + lead, 1);
  }

  /** How many bytes the character that begins at {@code at} has. */
  static int length(byte[] window, int at, int to) {
    int lead = window[at] & 0xff;
    int length = lead < 0xc0 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    return at + length <= to && Utf8.firstInvalid(window, at, at + length) < 0 ? length : 1;
  }

  private static boolean mayContinue(byte[] window, int index, int end) {
    int lead = window[index] & 0xff;
    for (int i = index + 1; i < end; i++) {
      if ((window[i] & 0xc0) != 0x80) {
        return false;
      }
    }
    return lead >= 0xc2 && lead <= 0xf4;
  }

  private int escaped(byte[] window, int index, int filled, boolean last) {
    if (index + 1 == filled) {
      return last
          ? (format.escapes() == Escapes.TSV ? stand(INVALID_ESCAPE, 1) : as(escape, 1))
          : 0;
    }
    int c = window[index + 1];
    if (format.escapes().hasNumbers()) {
      int bytes = number(window, index, filled, last);
      if (bytes >= 0) {
        return bytes;
      }
    }
    int meaning = format.escapes().meaning(c, format.isSpecial(c));
    return switch (meaning) {
      case Escapes.BOTH -> as(escape, 1);
      // What is not ASCII is read next, and stands for itself there, too.
      case Escapes.ITSELF -> c < 0 ? stand(FILLER, 1) : stand(ESCAPED + c, 2);
      case Escapes.NULL -> stand(NULL, 2);
      case Escapes.END -> stand(END, 2);
      case Escapes.INVALID -> stand(INVALID_ESCAPE + (c & 0xff), c < 0 ? 1 : 2);
      default -> stand(ESCAPED + meaning, 2);
    };
  }

  /** {@code \101} or {@code \x41}; -1 if it is neither, 0 if more must be known first. */
  private int number(byte[] window, int index, int filled, boolean last) {
    int radix = window[index + 1] == 'x' ? 16 : 8;
    int digits = radix == 16 ? index + 2 : index + 1;
    int most = digits + (radix == 16 ? 2 : 3);
    int value = 0;
    int at = digits;
    while (at < most && at < filled && window[at] >= 0 && Character.digit(window[at], radix) >= 0) {
      value = value * radix + Character.digit(window[at], radix);
      at++;
    }
    if (at == filled && at < most && !last) {
      return 0;
    }
    return at == digits ? -1 : stand(ESCAPED + (value & 0xff), at - index);
  }

  private int as(int character, int bytes) {
    pending[pendingTo++] = (char) character;
    return bytes;
  }

  /** Puts a stand-in for {@code bytes} bytes of ASCII, as many characters. */
  private int stand(int character, int bytes) {
    pending[pendingTo++] = (char) character;
    while (pendingTo < bytes) {
      pending[pendingTo++] = FILLER;
    }
    marked = made + pendingTo;
    return bytes;
  }

  /** Whether the column holds nothing but the mark of the end. */
  static boolean isEnd(String column) {
    return column != null && column.length() == 2 && column.charAt(0) == END;
  }

  /** Whether the column holds nothing but NULL. */
  static boolean isNull(String column) {
    return column == null || (column.length() == 2 && column.charAt(0) == NULL);
  }

  /**
   * The bytes that a column of stand-ins means, a byte that is not UTF-8 as it is.
   *
   * @throws BadEscape at an escape that the format does not have
   */
  static byte[] resolve(String column) throws BadEscape {
    ByteBuilder out = new ByteBuilder(column.length() + 16);
    int copied = 0;
    for (int i = 0; i < column.length(); i++) {
      char c = column.charAt(i);
      if (Character.isHighSurrogate(c)) {
        i++;
      } else if (Character.isLowSurrogate(c)) {
        out.append(column.substring(copied, i));
        copied = i + 1;
        append(c, i, out);
      }
    }
    return out.append(column.substring(copied)).toBytes();
  }

  private static void append(char c, int at, ByteBuilder out) throws BadEscape {
    switch (c & 0xff00) {
      case ESCAPED, INVALID_BYTE -> out.append(c & 0xff);
      case INVALID_ESCAPE -> throw new BadEscape(at);
      default -> {
        if (c == END) {
          out.append('.');
        } else if (c == NULL) {
          out.append('N');
        }
      }
    }
  }

  /** An escape that the format does not have. */
  static final class BadEscape extends Exception {
    private static final long serialVersionUID = 1L;

    /** How many characters of the column stand before it. */
    final int at;

    BadEscape(int at) {
      super(null, null, false, false);
      this.at = at;
    }
  }

  @Override
  public void close() {
    // The input is closed by the reader of rows.
  }
}
