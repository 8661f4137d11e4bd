package org.prontodb.dialect.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.misc.Interval;
import org.prontodb.model.Position;
import org.prontodb.model.Sha256;
import org.prontodb.model.Utf8;

/**
 * The input as ANTLR's lexer sees it: bytes in a window that slides over them and grows only for a
 * statement that is longer than it. Every byte of a non-ASCII character looks like {@link
 * #STAND_IN}, because the lexer's automaton remembers its ways for ASCII alone.
 *
 * <p>An index counts from the beginning of the statement being read, so that it stays within an
 * int, and stays right when the window slides.
 */
final class ByteWindow implements CharStream {
  /** Of a bad statement an eighth of the longest is kept, for whoever wants to mend it. */
  private static final int KEPT_OF_SKIPPED = 8;

  /** How the end of a statement that is passed over is found, and where in it the next byte is. */
  private Recovery recovery = Recovery.NONE;

  private boolean quoted;

  private boolean escaped;
  private int before;

  /** What is kept of the input before a statement, to show the line that it stands in. */
  static final int CONTEXT = 1024;

  /** A letter that no rule of the grammar names. */
  static final char STAND_IN = 'z';

  private final InputStream input;
  private final boolean neverBlocks;
  private final int usualSize;
  private final int maxStatement;
  private final LineCount lines = new LineCount();

  private byte[] bytes;
  private int origin;
  private int position;
  private int limit;
  private long base;
  private long hashedTo;
  private MessageDigest digest;
  private int markLength;
  private boolean ended;

  /**
   * @param neverBlocks whether reading never has to wait for somebody
   * @param size of the window at the beginning, in bytes
   * @param maxStatement the longest statement, in bytes
   */
  ByteWindow(InputStream input, boolean neverBlocks, int size, int maxStatement) {
    this.input = input;
    this.neverBlocks = neverBlocks;
    this.usualSize = size;
    this.maxStatement = maxStatement;
    this.bytes = new byte[size];
  }

  /** All of {@code bytes}, which are there already. */
  static ByteWindow over(byte[] bytes) {
    int size = Math.max(CONTEXT, bytes.length);
    ByteWindow window = new ByteWindow(InputStream.nullInputStream(), true, size, size);
    System.arraycopy(bytes, 0, window.bytes, 0, bytes.length);
    window.limit = bytes.length;
    window.ended = true;
    return window;
  }

  /** Passes over a byte order mark. Waits for no more bytes than decide whether there is one. */
  void skipByteOrderMark() {
    int length = 0;
    while (length < Utf8.MARK_LENGTH && hasAt(length)) {
      length++;
      if (!Utf8.maybeMark(bytes, length)) {
        return;
      }
    }
    if (length == Utf8.MARK_LENGTH) {
      position = length;
      origin = length;
      hashedTo = length;
      markLength = length;
      lines.skipMark(length);
    }
  }

  /** Whether there is a byte at {@code index}, for which this waits. */
  boolean hasAt(int index) {
    while (limit <= origin + index) {
      if (!fill()) {
        return false;
      }
    }
    return true;
  }

  /** Begins a statement here; what is before may be forgotten. */
  void begin() {
    origin = position;
  }

  /** The offset in the input of the byte at {@code index}. */
  long offset(int index) {
    return base + origin + index;
  }

  /** The bytes that the window holds now, until more is read. */
  byte[] bytes() {
    return bytes;
  }

  /** Where in {@link #bytes} the byte with this index is. */
  int at(int index) {
    return origin + index;
  }

  /** Where in {@link #bytes} what is known of the input ends. */
  int limit() {
    return limit;
  }

  /** Where in {@link #bytes} what is known of the text begins, a byte order mark left out. */
  int textBegin() {
    return (int) Math.max(0, markLength - base);
  }

  byte byteAt(int index) {
    return bytes[origin + index];
  }

  byte[] copy(int from, int to) {
    return Arrays.copyOfRange(bytes, origin + from, origin + to);
  }

  String text(int from, int to) {
    return new String(bytes, origin + from, to - from, StandardCharsets.UTF_8);
  }

  /** The character whose first byte is at {@code index}; U+FFFD if that is none. */
  String character(int index) {
    int lead = byteAt(index) & 0xff;
    int length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    int end = index + 1;
    while (end < index + length && hasAt(end) && (byteAt(end) & 0xc0) == 0x80) {
      end++;
    }
    return text(index, end);
  }

  /** The index of the first byte of {@code [from, to)} that is not UTF-8, or -1. */
  int firstInvalid(int from, int to) {
    int at = Utf8.firstInvalid(bytes, origin + from, origin + to);
    return at < 0 ? -1 : at - origin;
  }

  /** The position of the byte at {@code index}. */
  Position locate(String file, int index) {
    countLines(origin);
    return lines.locate(file, bytes, origin, origin + index);
  }

  /**
   * Runs over the bytes whose way in {@code ways} leads to {@code here} again, and answers the
   * first other, as {@link #LA} would.
   */
  <T> int runWhile(T[] ways, T here) {
    int at = position;
    while (true) {
      byte[] window = bytes;
      int end = limit;
      while (at < end) {
        int b = window[at];
        if (ways[b >= 0 ? b : STAND_IN] != here) {
          position = at;
          return b >= 0 ? b : STAND_IN;
        }
        at++;
      }
      position = at;
      if (!fill()) {
        return EOF;
      }
      at = position;
    }
  }

  @Override
  public int LA(int ahead) {
    if (position == limit && !fill()) {
      return EOF;
    }
    int b = bytes[position];
    return b >= 0 ? b : STAND_IN;
  }

  @Override
  public void consume() {
    position++;
  }

  @Override
  public int index() {
    return position - origin;
  }

  @Override
  public void seek(int index) {
    position = origin + index;
  }

  /**
   * Passes over the rest of a statement that can not be read, from {@code index} on: up to its end,
   * a {@code ;} included. With {@link Recovery#STATEMENT} a quote opens where a quoted key or value
   * could begin: not in the middle of a word, as in {@code 5"}.
   *
   * @return false if the end is so far off that the statement is given up; {@link #skipRest} finds
   *     it
   */
  boolean skipStatement(int index, Recovery recovery) {
    position = origin + index;
    this.recovery = recovery;
    quoted = false;
    escaped = false;
    before = position > 0 ? bytes[position - 1] : ' ';
    while (!skipToEnd()) {
      if (position - origin >= maxStatement / KEPT_OF_SKIPPED) {
        return false;
      }
      if (!fill()) {
        return true;
      }
    }
    return true;
  }

  /** Passes over what {@link #skipStatement} left of a statement, in no more than usual memory. */
  void skipRest() {
    do {
      origin = position;
    } while (fill() && !skipToEnd());
  }

  /** Runs over what is in the window; answers whether the statement's end was there. */
  private boolean skipToEnd() {
    if (recovery == Recovery.LINE) {
      return skipToLineBreak();
    }
    for (; position < limit; position++) {
      int b = bytes[position];
      if (escaped) {
        escaped = false;
      } else if (quoted) {
        escaped = b == '\\';
        quoted = b != '"';
      } else if (b == ';') {
        position++;
        return true;
      } else {
        quoted = b == '"' && (recovery == Recovery.JSON_STATEMENT || mayQuoteFollow(before));
      }
      before = b;
    }
    return false;
  }

  private static boolean mayQuoteFollow(int before) {
    return before <= ' ' && before >= 0 || before == '=' || before == '"';
  }

  private boolean skipToLineBreak() {
    while (position < limit && bytes[position] != '\n') {
      position++;
    }
    return position < limit;
  }

  /** Reads on to the end of the line that {@code index} is in, as far as that needs no waiting. */
  void peekLine(int index) {
    try {
      int from = index;
      while (true) {
        int end = Math.min(limit, origin + index + CONTEXT);
        for (int i = origin + from; i < end; i++) {
          if (bytes[i] == '\n') {
            return;
          }
        }
        if (end < limit || ended || limit - origin - index >= CONTEXT) {
          return;
        }
        if (!neverBlocks && input.available() == 0) {
          return;
        }
        from = Math.max(index, limit - origin);
        if (!fill()) {
          return;
        }
      }
    } catch (IOException | UncheckedIOException | StatementTooLong e) {
      // The next statement meets it; what is known of the line will do.
    }
  }

  /** Leaves the bytes from {@code from} to {@code to} out of {@link #sha256}. */
  void leaveOut(int from, int to) {
    hash(origin + from);
    hashedTo = base + origin + to;
  }

  /** The SHA-256 of all bytes up to here but for those left out. */
  byte[] sha256() {
    hash(position);
    return digest.digest();
  }

  private void hash(int to) {
    int from = (int) (hashedTo - base);
    if (digest == null) {
      digest = Sha256.digest();
    }
    if (to > from) {
      digest.update(bytes, from, to - from);
      hashedTo = base + to;
    }
  }

  private void countLines(int to) {
    int from = (int) (lines.offset() - base);
    if (to > from) {
      lines.advance(bytes, from, to);
    }
  }

  private boolean fill() {
    if (ended) {
      return false;
    }
    if (limit == bytes.length) {
      makeRoom();
    }
    try {
      int count = input.read(bytes, limit, bytes.length - limit);
      if (count < 0) {
        ended = true;
        return false;
      }
      limit += count;
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forgets what is no longer needed, or grows if that is too little to be worth the copying. */
  private void makeRoom() {
    int from = Math.max(0, origin - CONTEXT);
    int kept = limit - from;
    int size = bytes.length;
    if (kept > size / 2) {
      if (limit - origin >= maxStatement) {
        throw new StatementTooLong();
      }
      size = Math.min(2 * size, maxStatement + 2 * CONTEXT);
    } else if (kept <= usualSize / 2) {
      size = usualSize;
    }
    hash(from);
    countLines(from);
    byte[] target = size == bytes.length ? bytes : new byte[size];
    System.arraycopy(bytes, from, target, 0, kept);
    bytes = target;
    base += from;
    origin -= from;
    position -= from;
    limit = kept;
  }

  @Override
  public String getText(Interval interval) {
    return text(interval.a, interval.b + 1);
  }

  @Override
  public int mark() {
    return 0;
  }

  @Override
  public void release(int marker) {
    // Everything from the beginning of the statement is kept anyway.
  }

  @Override
  public int size() {
    throw new UnsupportedOperationException("the end of a stream is not known");
  }

  @Override
  public String getSourceName() {
    return UNKNOWN_SOURCE_NAME;
  }

  /** A statement has more bytes than are allowed. */
  static final class StatementTooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StatementTooLong() {
      super("statement too long", null, false, false);
    }
  }
}
