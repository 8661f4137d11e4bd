package org.prontodb.dialect.tsv;

import java.util.Arrays;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.lines.LineFault;
import org.prontodb.dialect.lines.LineReader;
import org.prontodb.dialect.table.TableReader;

/**
 * Rows of columns with a tab between two. Quotes are characters like any other. Cut by hand because
 * a bulk load comes through here: no column becomes a String (docs/decisions/0002).
 */
final class TsvReader extends TableReader {
  private final boolean escapes;
  private int[] starts = new int[8];
  private int columns;

  TsvReader(LineReader lines, DialectOptions options) {
    super(lines, options, TsvDialect.binary(options.table()));
    this.escapes = TsvDialect.escapes(options.table());
  }

  @Override
  protected int split() {
    byte[] window = lines.window();
    int end = lines.end();
    starts[0] = lines.start();
    columns = 1;
    for (int i = lines.start(); i < end; i++) {
      if (window[i] == '\t') {
        if (columns + 1 == starts.length) {
          starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[columns++] = i + 1;
      }
    }
    starts[columns] = end + 1;
    return columns;
  }

  @Override
  protected int from(int index) {
    return starts[index];
  }

  @Override
  protected int to(int index) {
    return starts[index + 1] - 1;
  }

  @Override
  protected byte[] text(int index) throws LineFault {
    return escapes
        ? TsvEscapes.resolve(lines.window(), from(index), to(index))
        : Arrays.copyOfRange(lines.window(), from(index), to(index));
  }

  @Override
  protected String hintForOtherWidth() {
    return escapes
        ? "write a tab within a column as \\t, a line break as \\n"
        : "every row has as many tabs as the first";
  }

  @Override
  protected String hintForTooFew() {
    return "separate key and value by one tab character";
  }
}
