package org.prontodb.dialect.foreign;

import java.nio.charset.StandardCharsets;
import org.apache.commons.csv.CSVRecord;
import org.prontodb.dialect.BinaryText;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.lines.LineFault;
import org.prontodb.dialect.table.TableReader;

/** Records of the rows that Commons CSV has cut into columns. */
final class RowReader extends TableReader {
  private final RowLines rows;
  private CSVRecord row;

  RowReader(RowLines rows, DialectOptions options, BinaryText binary) {
    super(rows, options, binary);
    this.rows = rows;
  }

  @Override
  protected int split() throws LineFault {
    row = rows.row();
    return row.size();
  }

  @Override
  protected int from(int index) {
    return rows.from(index);
  }

  @Override
  protected int to(int index) {
    return rows.to(index);
  }

  @Override
  protected byte[] text(int index) throws LineFault {
    String column = row.get(index);
    if (RowText.isNull(column)) {
      throw new LineFault(
          from(index),
          "the column is NULL",
          "leave out rows that have no key when they are written");
    }
    if (!rows.isMarked()) {
      return column.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return RowText.resolve(column);
    } catch (RowText.BadEscape e) {
      throw new LineFault(
          rows.behind(from(index), e.at),
          "a backslash that begins none of \\t \\n \\r \\\\",
          "write \\\\ for a backslash, or add --no-escapes if none are escaped");
    }
  }

  @Override
  protected boolean isNull(int index) {
    return RowText.isNull(row.get(index));
  }

  @Override
  protected byte[] bytes(int index, BinaryText spelling) throws LineFault {
    byte[] text = text(index);
    return spelling.decode(text, 0, text.length);
  }

  @Override
  protected String hintForOtherWidth() {
    TableFormat format = rows.format();
    if (format.quote() >= 0) {
      return "put a column that holds a separator or a line break into quotes";
    }
    return format.hasEscapes()
        ? "write " + (char) format.escape() + " before a separator or line break within a column"
        : "every row has as many separators as the first";
  }

  @Override
  protected String hintForTooFew() {
    return "separate key and value by " + shown(rows.format().separator());
  }

  private static String shown(String separator) {
    return separator.equals("\t") ? "one tab character" : "\"" + separator + "\"";
  }
}
