package org.prontodb.dialect.foreign;

import java.util.Arrays;

/**
 * Where the columns of a row stand in the bytes of the input. Commons CSV tells no places, so the
 * few rows whose places are wanted, for an error or a file of rejects, are walked over once more.
 */
final class Places {
  private final TableFormat format;
  private final byte[] separator;

  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private int count;
  private int rowStart;
  private int rowEnd;
  private int faultAt;
  private boolean unclosed;

  Places(TableFormat format) {
    this.format = format;
    this.separator = format.separatorBytes();
  }

  /** Walks over the row that begins at {@code from} and ends at {@code to} or before. */
  void find(byte[] bytes, int from, int to) {
    count = 0;
    faultAt = -1;
    unclosed = false;
    int at = rowStart(bytes, from, to);
    rowStart = at;
    while (true) {
      at = column(bytes, at, to);
      if (faultAt >= 0) {
        rowEnd = endOfLine(bytes, faultAt, to);
        return;
      }
      if (!isSeparator(bytes, at, to)) {
        rowEnd = endOfLine(bytes, at, to);
        return;
      }
      at += separator.length;
    }
  }

  private int rowStart(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      boolean empty = bytes[at] == '\n' || bytes[at] == '\r';
      if (!(empty && format.passesEmptyLines()) && bytes[at] != format.comment()) {
        return at;
      }
      at = endOfLine(bytes, at, to);
    }
    return at;
  }

  /** Takes down a column and answers where it ends, its quotes included. */
  private int column(byte[] bytes, int from, int to) {
    int at = from;
    while (format.passesBlanks() && at < to && isBlank(bytes[at]) && !isSeparator(bytes, at, to)) {
      at++;
    }
    if (at < to && bytes[at] == format.quote()) {
      return quoted(bytes, at, to);
    }
    int start = at;
    while (at < to && !isSeparator(bytes, at, to) && !isLineEnd(bytes, at, to)) {
      at += isEscape(bytes, at, to) ? 2 : 1;
    }
    int end = at;
    while (format.passesBlanks() && end > start && isBlank(bytes[end - 1])) {
      end--;
    }
    add(start, end);
    return at;
  }

  private int quoted(byte[] bytes, int open, int to) {
    int at = open + 1;
    while (at < to) {
      if (isEscape(bytes, at, to)) {
        at += 2;
      } else if (bytes[at] != format.quote()) {
        at++;
      } else if (at + 1 < to && bytes[at + 1] == format.quote()) {
        at += 2;
      } else {
        add(open + 1, at);
        return behindQuote(bytes, at + 1, to);
      }
    }
    add(open + 1, to);
    faultAt = open;
    unclosed = true;
    return to;
  }

  private int behindQuote(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isBlank(bytes[at]) && !isSeparator(bytes, at, to)) {
      at++;
    }
    if (at < to && !isSeparator(bytes, at, to) && !isLineEnd(bytes, at, to)) {
      faultAt = at;
    }
    return at;
  }

  private boolean isSeparator(byte[] bytes, int at, int to) {
    return at + separator.length <= to
        && Arrays.equals(bytes, at, at + separator.length, separator, 0, separator.length);
  }

  private boolean isEscape(byte[] bytes, int at, int to) {
    return bytes[at] == format.escape() && at + 1 < to;
  }

  private boolean isLineEnd(byte[] bytes, int at, int to) {
    boolean lone = at + 1 >= to || bytes[at + 1] != '\n';
    return bytes[at] == '\n'
        || (bytes[at] == '\r' && !(lone && format.escapes().endsRowsWithLineFeed()));
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /** The index behind the line break at {@code from} or behind it. */
  private int endOfLine(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && !isLineEnd(bytes, at, to)) {
      at++;
    }
    if (at < to && bytes[at] == '\r' && at + 1 < to && bytes[at + 1] == '\n') {
      at++;
    }
    return Math.min(to, at + 1);
  }

  private void add(int start, int end) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    starts[count] = start;
    ends[count++] = end;
  }

  /** Where the row begins, comments and empty lines before it left out. */
  int rowStart() {
    return rowStart;
  }

  /** The index behind the row and its line break; behind the line of a fault. */
  int rowEnd() {
    return rowEnd;
  }

  /** Where column {@code index} begins, its quotes left out. */
  int from(int index) {
    return index < count ? starts[index] : rowEnd;
  }

  int to(int index) {
    return index < count ? ends[index] : rowEnd;
  }

  /** The byte at which the row ceases to be one, or -1. */
  int faultAt() {
    return faultAt;
  }

  /** Whether the fault is a quote that is never closed. */
  boolean isUnclosed() {
    return unclosed;
  }
}
