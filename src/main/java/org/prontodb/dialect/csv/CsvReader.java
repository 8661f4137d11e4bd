package org.prontodb.dialect.csv;

import java.util.Arrays;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.lines.LineFault;
import org.prontodb.dialect.table.TableReader;
import org.prontodb.model.ByteBuilder;

/**
 * Rows as RFC 4180 has them. A quote within a column that does not begin with one is a character
 * like any other. Cut by hand, so that an error names its byte (docs/decisions/0002).
 */
final class CsvReader extends TableReader {
  private int[] starts = new int[8];
  private int[] ends = new int[8];
  private int columns;

  CsvReader(CsvLines lines, DialectOptions options) {
    super(lines, options, options.table().form().binary());
  }

  @Override
  protected int split() throws LineFault {
    byte[] window = lines.window();
    int end = lines.end();
    columns = 0;
    int at = lines.start();
    while (true) {
      if (columns == starts.length) {
        starts = Arrays.copyOf(starts, 2 * columns);
        ends = Arrays.copyOf(ends, 2 * columns);
      }
      boolean quoted = at < end && window[at] == '"';
      int to = quoted ? closingQuote(window, at, end) : comma(window, at, end);
      starts[columns] = quoted ? at + 1 : at;
      ends[columns++] = to;
      int next = quoted ? to + 1 : to;
      if (next == end) {
        return columns;
      }
      if (window[next] != ',') {
        throw new LineFault(
            next, "text behind a closing quote", "write a quote within quotes twice: \"\"");
      }
      at = next + 1;
    }
  }

  private static int comma(byte[] window, int from, int end) {
    int at = from;
    while (at < end && window[at] != ',') {
      at++;
    }
    return at;
  }

  private static int closingQuote(byte[] window, int open, int end) throws LineFault {
    for (int at = open + 1; at < end; at++) {
      if (window[at] == '"') {
        if (at + 1 == end || window[at + 1] != '"') {
          return at;
        }
        at++;
      }
    }
    throw new LineFault(
        open,
        "the quote that opens here is never closed",
        "write a quote within quotes twice: \"\"");
  }

  @Override
  protected int from(int index) {
    return starts[index];
  }

  @Override
  protected int to(int index) {
    return ends[index];
  }

  @Override
  protected byte[] text(int index) {
    byte[] window = lines.window();
    int from = starts[index];
    int to = ends[index];
    if (!isQuoted(index)) {
      return Arrays.copyOfRange(window, from, to);
    }
    ByteBuilder text = new ByteBuilder(to - from);
    for (int i = from; i < to; i++) {
      text.append(window[i]);
      if (window[i] == '"') {
        i++;
      }
    }
    return text.toBytes();
  }

  private boolean isQuoted(int index) {
    int from = starts[index];
    return from > lines.start() && lines.window()[from - 1] == '"';
  }

  /** In quotes it is text, whatever it says: so PostgreSQL tells an empty text from none. */
  @Override
  protected boolean isSpelt(int index, byte[] text) {
    return !isQuoted(index)
        && Arrays.equals(lines.window(), starts[index], ends[index], text, 0, text.length);
  }

  @Override
  protected String hintForOtherWidth() {
    return "put a column that holds a comma or a line break into quotes";
  }

  @Override
  protected String hintForTooFew() {
    return "separate key and value by a comma";
  }
}
