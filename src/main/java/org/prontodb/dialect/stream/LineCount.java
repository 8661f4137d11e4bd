package org.prontodb.dialect.stream;

import org.prontodb.model.Position;
import org.prontodb.model.Utf8;

/**
 * Knows the line and column of one place in the input, and counts on from there. It only ever moves
 * forward, over bytes about to be forgotten, so that all counting together is linear.
 */
final class LineCount {
  private long offset;
  private long line = 1;
  private long column = 1;

  /** Begins the first line behind {@code bytes} of a byte order mark. */
  void skipMark(int bytes) {
    offset += bytes;
  }

  /** Counts {@code [from, to)}, the first of which is the byte that this stands at. */
  void advance(byte[] bytes, int from, int to) {
    long breaks = 0;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        breaks++;
      }
    }
    int start = from;
    if (breaks > 0) {
      line += breaks;
      column = 1;
      start = to;
      while (bytes[start - 1] != '\n') {
        start--;
      }
    }
    column += Utf8.codePoints(bytes, start, to);
    offset += to - from;
  }

  /** The offset of the byte that this stands at. */
  long offset() {
    return offset;
  }

  /** The position of {@code to} when {@code from} is where this stands, which does not change. */
  Position locate(String file, byte[] bytes, int from, int to) {
    LineCount there = new LineCount();
    there.offset = offset;
    there.line = line;
    there.column = column;
    there.advance(bytes, from, to);
    return new Position(file, there.line, there.column, there.offset);
  }
}
