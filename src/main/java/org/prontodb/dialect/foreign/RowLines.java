package org.prontodb.dialect.foreign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.prontodb.dialect.Source;
import org.prontodb.dialect.lines.LineFault;
import org.prontodb.dialect.lines.LineReader;
import org.prontodb.model.Limits;
import org.prontodb.model.SourceLine;

/**
 * Rows as Commons CSV finds them, with their places in the bytes of the input. A row that it gives
 * up is a fault at its place, and reading goes on in the next line.
 *
 * <p>Commons CSV tells where a row begins, but not where it ends. So the line, in the sense of
 * {@link LineReader}, has no end before a caller asks for it.
 */
final class RowLines extends LineReader {
  private static final int LONGEST_FIRST_LINE = 32;
  private static final int WINDOW = 1 << 16;

  /** A row this long, in bytes, leaves the window as soon as it has been used. */
  private static final int LARGE = 1 << 20;

  private final String nullText;
  private TableFormat format;
  private Places places;
  private RowText text;
  private Iterator<CSVRecord> rows;
  private CSVRecord row;

  /** How many characters of {@link #text} stand before the place that {@link #bytes} is. */
  private long characters;

  /** How many bytes of the input stand before the row that was read last. */
  private long bytes;

  /** Where reading is to be taken up behind a fault, as a count of bytes; else -1. */
  private long resumeAt = -1;

  /** Whether the line stands on a row, rather than behind one. */
  private boolean onRow;

  private boolean located;
  private LineFault fault;
  private boolean ended;

  RowLines(Source source, TableFormat format, String nullText) {
    super(source, WINDOW, Limits.STATEMENT_BYTES);
    this.nullText = nullText;
    this.format = format;
  }

  @Override
  public boolean next() throws IOException {
    prepare();
    row = null;
    fault = null;
    if (ended) {
      return endOfInput();
    }
    try {
      if (rows.hasNext()) {
        row = rows.next();
      }
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof CSVException)) {
        throw e.getCause();
      }
      giveUpRow();
      return true;
    }
    ended = isTooLong();
    if (row == null) {
      return ended || endOfInput();
    }
    moveTo(row.getCharacterPosition());
    return !isEndMark() || endOfData();
  }

  private void prepare() throws IOException {
    if (rows == null) {
      begin();
      start(separatorLine());
    } else if (resumeAt >= 0) {
      start(index(resumeAt));
      resumeAt = -1;
    } else if (onRow && !located && filled() - super.start() > LARGE) {
      locate();
    }
    if (located && onRow) {
      advanceTo(places.rowEnd());
      onRow = false;
    }
    located = false;
  }

  private boolean endOfInput() {
    ended = true;
    onRow = false;
    beginAt(filled());
    return false;
  }

  private void start(int index) throws IOException {
    bytes = offset(index);
    characters = 0;
    onRow = false;
    located = false;
    beginAt(index);
    text = new RowText(this, format, bytes);
    places = new Places(format);
    rows = CSVParser.builder().setReader(text).setFormat(format.lexer(nullText)).get().iterator();
  }

  /** Excel's own way to name the separator: a first line {@code sep=;}. Answers what is behind. */
  private int separatorLine() throws IOException {
    int length = 0;
    while (format.namesSeparator() && length < LONGEST_FIRST_LINE) {
      int at = super.start() + length;
      if (at == filled() && !more()) {
        break;
      }
      at = super.start() + length;
      if (at == filled()) {
        continue;
      }
      length++;
      if (window()[at] == '\n' || (length <= 4 && window()[at] != "sep=".charAt(length - 1))) {
        break;
      }
    }
    int from = super.start();
    String line =
        new String(window(), from, length, StandardCharsets.ISO_8859_1).replaceAll("[\r\n]+$", "");
    if (line.length() != 5 || !line.startsWith("sep=")) {
      return from;
    }
    format = format.withSeparator(line.substring(4));
    return from + length;
  }

  /** Moves on to the row before which {@code count} characters stand. */
  private void moveTo(long count) {
    bytes = behind(bytes, count - characters, text.isWideBehind(characters));
    characters = count;
    beginAt(index(bytes));
    onRow = true;
  }

  /** How many bytes stand before what is {@code count} characters behind {@code offset}. */
  private long behind(long offset, long count, boolean wide) {
    if (!wide) {
      return offset + count;
    }
    int at = index(offset);
    for (long left = count; left > 0; left--) {
      int length = RowText.length(window(), at, filled());
      // Above U+FFFF a character counts as two.
      left -= length == 4 ? 1 : 0;
      at += length;
    }
    return offset(at);
  }

  /** Has a line begin at {@code index}, and forgets what stands before it. */
  private void advanceTo(int index) {
    int from = index(bytes);
    long count = index - from;
    if (text.isWideBehind(characters)) {
      count = 0;
      for (int at = from; at < index; ) {
        int length = RowText.length(window(), at, filled());
        count += length == 4 ? 2 : 1;
        at += length;
      }
    }
    characters += count;
    bytes = offset(index);
    beginAt(index);
  }

  /** Finds what keeps Commons CSV from reading a row, and the line behind. */
  private void giveUpRow() throws IOException {
    if (onRow && !located) {
      locate();
    }
    if (onRow) {
      advanceTo(places.rowEnd());
    }
    onRow = true;
    located = true;
    places.find(window(), super.start(), filled());
    while (places.rowEnd() == filled() && window()[filled() - 1] != '\n' && more()) {
      places.find(window(), super.start(), filled());
    }
    advanceTo(places.rowStart());
    cut(places.rowEnd());
    resumeAt = offset(places.rowEnd());
    fault = fault();
  }

  private LineFault fault() {
    if (places.faultAt() < 0) {
      return new LineFault(
          super.start(), "this is no row of such a table", "see --separator, --quote, --escape");
    }
    String hint =
        format.escape() >= 0
            ? "write a quote within quotes as " + (char) format.escape() + (char) format.quote()
            : "write a quote within quotes twice: " + (char) format.quote() + (char) format.quote();
    return new LineFault(
        places.faultAt(),
        places.isUnclosed()
            ? "the quote that opens here is never closed"
            : "text behind a closing quote",
        hint);
  }

  private boolean isEndMark() {
    return row != null && row.size() == 1 && RowText.isEnd(row.get(0));
  }

  /** Behind the mark that ends the data nothing may follow but white space. */
  private boolean endOfData() throws IOException {
    ended = true;
    locate();
    advanceTo(places.rowEnd());
    onRow = false;
    int at = super.start();
    while (true) {
      while (at < filled() && window()[at] >= 0 && Character.isWhitespace(window()[at])) {
        at++;
      }
      if (at < filled()) {
        fault =
            new LineFault(
                at, "text behind \\., the end of the data", "load what follows by itself");
        cut(filled());
        located = true;
        return true;
      }
      beginAt(at);
      if (!more()) {
        return endOfInput();
      }
      at = super.start();
    }
  }

  /** Finds the places of the current row's columns, and its end. */
  private void locate() {
    if (!located) {
      places.find(window(), super.start(), filled());
      advanceTo(places.rowStart());
      cut(places.rowEnd());
      located = true;
    }
  }

  /**
   * The row that the line holds.
   *
   * @throws LineFault if it holds none
   */
  CSVRecord row() throws LineFault {
    if (fault != null) {
      throw fault;
    }
    return row;
  }

  /** Whether columns of the row may hold stand-ins. */
  boolean isMarked() {
    return text.isMarkedBehind(characters);
  }

  /** Where the text of a column begins in the window. */
  int from(int column) {
    locate();
    return places.from(column);
  }

  /** The index behind the text of a column. */
  int to(int column) {
    locate();
    return places.to(column);
  }

  /** The index of what is {@code count} characters behind {@code from}. */
  int behind(int from, int count) {
    return index(behind(offset(from), count, true));
  }

  TableFormat format() {
    return format;
  }

  /** Reads more for {@link RowText}; false at the end. */
  boolean readMore() throws IOException {
    return more();
  }

  int filledTo() {
    return filled();
  }

  int indexOf(long offset) {
    return index(offset);
  }

  @Override
  protected boolean mayHoldLineBreaks() {
    return true;
  }

  @Override
  public int start() {
    if (onRow) {
      locate();
    }
    return super.start();
  }

  @Override
  public int end() {
    if (onRow) {
      locate();
    }
    return super.end();
  }

  @Override
  public byte[] line() {
    start();
    return super.line();
  }

  @Override
  public SourceLine shown(int at) {
    start();
    return super.shown(at);
  }
}
