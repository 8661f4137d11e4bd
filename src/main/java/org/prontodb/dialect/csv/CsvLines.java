package org.prontodb.dialect.csv;

import org.prontodb.dialect.Source;
import org.prontodb.dialect.lines.LineReader;

/** Lines of CSV: a line break inside quotes does not end one. */
final class CsvLines extends LineReader {
  private enum State {
    COLUMN_START,
    BARE,
    QUOTED,
    /** Behind a quote within quotes: the end of the column, or the first half of a quote. */
    QUOTE
  }

  private State state = State.COLUMN_START;

  CsvLines(Source source) {
    super(source);
  }

  @Override
  protected boolean mayHoldLineBreaks() {
    return true;
  }

  @Override
  protected int lastOfLine(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      int c = bytes[i];
      if (state == State.QUOTED) {
        state = c == '"' ? State.QUOTE : State.QUOTED;
      } else if (c == '\n') {
        state = State.COLUMN_START;
        return i;
      } else if (c == '"' && state != State.BARE) {
        state = State.QUOTED;
      } else {
        state = c == ',' ? State.COLUMN_START : State.BARE;
      }
    }
    return -1;
  }
}
