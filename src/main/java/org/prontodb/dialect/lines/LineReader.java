package org.prontodb.dialect.lines;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import org.prontodb.dialect.Source;
import org.prontodb.model.Limits;
import org.prontodb.model.Position;
import org.prontodb.model.Sha256;
import org.prontodb.model.SourceLine;
import org.prontodb.model.Utf8;

/**
 * Cuts an input into lines, in a window that slides over it and grows only for a line that is
 * longer. A line ends with LF or CR LF, or where the input ends. A byte order mark at the beginning
 * is passed over.
 */
public class LineReader implements AutoCloseable {
  private static final int WINDOW = 1 << 16;

  private final Source source;
  private final InputStream in;
  private final int longest;
  private byte[] window;
  private int filled;
  private boolean ended;

  private int start;
  private int end;
  private int next;
  private boolean tooLong;
  private boolean skipping;

  /** How many bytes of the input stand before the window. */
  private long base;

  private long line = 1;

  /** How many code points stand before this line's beginning in the line of the input. */
  private long columns;

  private int digested;
  private MessageDigest digest;

  public LineReader(Source source) {
    this(source, WINDOW, Limits.STATEMENT_BYTES);
  }

  protected LineReader(Source source, int windowSize, int longest) {
    this.source = source;
    this.in = source.bytes();
    this.longest = longest;
    this.window = new byte[windowSize];
  }

  /** Moves to the next line; false at the end of the input. */
  public boolean next() throws IOException {
    begin();
    if (skipping) {
      skipRest();
    }
    tooLong = false;
    int from = start;
    while (true) {
      int last = lastOfLine(window, from, filled);
      if (last >= 0) {
        cut(last + 1);
        return true;
      }
      int kept = filled - start;
      if (ended || kept >= longest) {
        next = filled;
        end = filled;
        tooLong = kept >= longest;
        skipping = tooLong;
        return kept > 0;
      }
      fill();
      from = start + kept;
    }
  }

  /** Steps behind the line that was read last. */
  protected final void begin() throws IOException {
    columns = next > start && window[next - 1] != '\n' ? columnsBefore(next) : 0;
    line += breaksInLine();
    start = next;
    if (base == 0 && start == 0) {
      passByteOrderMark();
    }
  }

  /** Has a line begin at {@code index}, without an end yet. */
  protected final void beginAt(int index) {
    columns = index > start && window[index - 1] != '\n' ? columnsBefore(index) : 0;
    line += lineBreaks(start, index);
    start = index;
    end = index;
    next = index;
  }

  /** Has the line begin at {@code index} and end where it does. */
  protected final void startAt(int index) {
    columns = columnsBefore(index);
    line += lineBreaks(start, index);
    start = index;
    end = Math.max(end, index);
  }

  /** Ends the line before the index {@code following}, its line break left out. */
  protected final void cut(int following) {
    next = following;
    end = following;
    if (end > start && window[end - 1] == '\n') {
      end--;
      if (end > start && window[end - 1] == '\r') {
        end--;
      }
    }
  }

  /**
   * Reads more behind what is in the window, whose indices this may change; false at the end of the
   * input, or if the line has become too long.
   */
  protected final boolean more() throws IOException {
    tooLong = filled - start >= longest;
    if (ended || tooLong) {
      return false;
    }
    fill();
    return !ended;
  }

  /** The index behind the last byte in the window. */
  protected final int filled() {
    return filled;
  }

  /** How many bytes of the input stand before the index. */
  protected final long offset(int index) {
    return base + index;
  }

  /** The index of the byte before which {@code offset} bytes of the input stand. */
  protected final int index(long offset) {
    return (int) (offset - base);
  }

  /**
   * The index of the last byte in {@code [from, to)} that belongs to the line, its line break
   * included, or -1 if the line goes on behind {@code to}. Called with each part of a line once, in
   * order.
   */
  protected int lastOfLine(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** Whether a line may hold line breaks, in quotes for one. */
  protected boolean mayHoldLineBreaks() {
    return false;
  }

  private int breaksInLine() {
    if (mayHoldLineBreaks()) {
      return lineBreaks(start, next);
    }
    return next > start && window[next - 1] == '\n' ? 1 : 0;
  }

  private void passByteOrderMark() throws IOException {
    while (filled < Utf8.MARK_LENGTH && !ended && Utf8.maybeMark(window, filled)) {
      fill();
    }
    if (filled >= Utf8.MARK_LENGTH && Utf8.maybeMark(window, filled)) {
      start = Utf8.MARK_LENGTH;
      digested = Utf8.MARK_LENGTH;
    }
  }

  /** Reads on behind what is in the window; moves the line to the window's beginning for room. */
  private void fill() throws IOException {
    if (filled == window.length) {
      if (start > 0) {
        digest(start);
        System.arraycopy(window, start, window, 0, filled - start);
        base += start;
        filled -= start;
        digested -= start;
        start = 0;
      } else {
        window = Arrays.copyOf(window, (int) Math.min(2L * window.length, longest));
      }
    }
    int count = in.read(window, filled, window.length - filled);
    if (count < 0) {
      ended = true;
    } else {
      filled += count;
    }
  }

  /** Passes over what is left of a line that did not fit, without keeping it. */
  private void skipRest() throws IOException {
    skipping = false;
    while (true) {
      int last = lastOfLine(window, start, filled);
      if (last >= 0) {
        line += lineBreaks(start, last + 1);
        start = last + 1;
        return;
      }
      line += lineBreaks(start, filled);
      start = filled;
      if (ended) {
        return;
      }
      fill();
    }
  }

  /** What the indices of this reader point into, until {@link #next} is called. */
  public final byte[] window() {
    return window;
  }

  /** Where the line begins. */
  public int start() {
    return start;
  }

  /** The index behind the line's last byte, its end mark left out. */
  public int end() {
    return end;
  }

  /** Whether the line was longer than may be, so that only its beginning is here. */
  public final boolean isTooLong() {
    return tooLong;
  }

  /** The line with its end mark. */
  public byte[] line() {
    return Arrays.copyOfRange(window, start, next);
  }

  /** The place of the byte {@code at} of this line. */
  public final Position position(int at) {
    int begin = lineStart(at);
    return new Position(
        source.name(),
        line + lineBreaks(start, begin),
        1 + (begin == start ? columns : 0) + Utf8.codePoints(window, begin, at),
        base + at);
  }

  private long columnsBefore(int at) {
    int begin = lineStart(at);
    return (begin == start ? columns : 0) + Utf8.codePoints(window, begin, at);
  }

  /** The line as it is shown with a caret below the byte {@code at}. */
  public SourceLine shown(int at) {
    int to = at;
    while (to < end && window[to] != '\n') {
      to++;
    }
    return SourceLine.around(window, lineStart(at), to, at);
  }

  private int lineStart(int at) {
    int begin = at;
    while (begin > start && window[begin - 1] != '\n') {
      begin--;
    }
    return begin;
  }

  private int lineBreaks(int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      if (window[i] == '\n') {
        count++;
      }
    }
    return count;
  }

  /** How many bytes of the input the lines so far are. */
  public final long bytesRead() {
    return base + next;
  }

  /**
   * The SHA-256 of the lines so far, without a byte order mark. To be asked once, and only if they
   * are {@link #isHashed hashed}.
   */
  public final byte[] sha256() {
    digest(next);
    return digest.digest();
  }

  /** Whether the lines are hashed. */
  protected boolean isHashed() {
    return true;
  }

  private void digest(int to) {
    if (!isHashed()) {
      return;
    }
    if (digest == null) {
      digest = Sha256.digest();
    }
    if (to > digested) {
      digest.update(window, digested, to - digested);
      digested = to;
    }
  }

  @Override
  public final void close() throws IOException {
    in.close();
  }
}
