package org.prontodb.dialect.table;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.BatchCommand.Put;
import org.prontodb.dialect.Base64Text;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.TableOptions;
import org.prontodb.dialect.TableOptions.Form;
import org.prontodb.dialect.lines.LineCommandReader;
import org.prontodb.dialect.lines.LineFault;
import org.prontodb.dialect.lines.LineReader;
import org.prontodb.model.Expiry;
import org.prontodb.model.Key;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Utf8;

/**
 * Makes records of a table's rows: picks the columns that hold key, value and expiry. How a row is
 * cut into columns and how their text is spelt is for the dialects to say.
 */
public abstract class TableReader extends LineCommandReader {
  private static final int EXPIRY_COLUMN = 2;

  private final TableOptions options;
  private final boolean base64;
  private final byte[] nullText;
  private boolean headerIsDue;
  private byte[] heading;
  private List<String> names;
  private RestObject rest;
  private int keyColumn = -1;
  private int valueColumn = -1;

  /** How many columns each row has; 0 while that is unknown. */
  private int width;

  /** Whether the command line leaves open what of a row is kept. */
  private boolean lacksValue;

  private long rows;
  private final DecodedValues decoded;

  /**
   * @param base64 whether values are base64
   */
  protected TableReader(LineReader lines, DialectOptions options, boolean base64) {
    super(lines, options.delimiter());
    this.options = options.table();
    this.base64 = base64;
    this.nullText =
        this.options.nullText() == null
            ? null
            : this.options.nullText().getBytes(StandardCharsets.UTF_8);
    this.decoded = base64 && this.options.form() == Form.USUAL ? new DecodedValues() : null;
    this.headerIsDue = this.options.header();
    if (!headerIsDue) {
      chooseColumns();
    }
  }

  /** Cuts the line into columns and says how many there are. */
  protected abstract int split() throws LineFault;

  /** Where column {@code index} begins in the window. */
  protected abstract int from(int index);

  /** The index behind the last byte of column {@code index} in the window. */
  protected abstract int to(int index);

  /** The column's text, its quotes and escapes resolved: UTF-8, unless the input is not. */
  protected abstract byte[] text(int index) throws LineFault;

  /** Whether the column is spelt exactly so. */
  protected boolean isSpelt(int index, byte[] text) throws LineFault {
    return Arrays.equals(lines.window(), from(index), to(index), text, 0, text.length);
  }

  @Override
  protected final BatchCommand read() throws LineFault {
    int columns = split();
    if (headerIsDue) {
      takeHeader(columns);
      return null;
    }
    rows++;
    if (columns != width) {
      checkWidth(columns);
    }
    if (valueColumn >= 0) {
      valueAt(from(valueColumn));
      if (nullText != null && isSpelt(valueColumn, nullText)) {
        return null;
      }
    }
    Key key = key(text(keyColumn), from(keyColumn), to(keyColumn));
    byte[] value = valueColumn < 0 ? rest.of(this, columns) : value(valueColumn);
    return new Put(key, value, columns > EXPIRY_COLUMN ? expiryOf() : null);
  }

  private byte[] value(int index) throws LineFault {
    int from = from(index);
    if (!base64) {
      return checkedValue(utf8(index), from);
    }
    byte[] value = Base64Text.decode(lines.window(), from, to(index));
    if (value == null) {
      throw notBase64(from, to(index));
    }
    if (decoded != null) {
      decoded.add(lines.window(), from, to(index), value);
    }
    return checkedValue(value, from);
  }

  private LineFault notBase64(int from, int to) {
    int at = Base64Text.firstInvalid(lines.window(), from, to);
    return new LineFault(
        at,
        at < to ? "the value is not base64" : "the base64 value is cut short",
        "add --plain if the values are text");
  }

  /** The text of a column, which must be UTF-8. */
  final byte[] utf8(int index) throws LineFault {
    int invalid = Utf8.firstInvalid(lines.window(), from(index), to(index));
    if (invalid >= 0) {
      throw new LineFault(
          invalid,
          "not UTF-8: byte 0x%02x".formatted(lines.window()[invalid] & 0xff),
          "convert the file first, as with: iconv -f LATIN1 -t UTF-8; or bring such values as"
              + " base64");
    }
    return text(index);
  }

  /** Whether the column's value is to be passed over. */
  final boolean isNull(int index) throws LineFault {
    return nullText != null && isSpelt(index, nullText);
  }

  final boolean isKey(int index) {
    return index == keyColumn;
  }

  private Expiry expiryOf() throws LineFault {
    if (options.choosesColumns() || isNull(EXPIRY_COLUMN)) {
      return null;
    }
    int from = from(EXPIRY_COLUMN);
    String text = new String(utf8(EXPIRY_COLUMN), StandardCharsets.UTF_8);
    return text.isEmpty()
        ? null
        : expiry(
            text,
            from,
            "a third column is the instant of expiry, like 2026-01-31T12:00:00Z; choose others with"
                + " --key and --value");
  }

  private void takeHeader(int columns) throws LineFault {
    names = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      names.add(new String(utf8(i), StandardCharsets.UTF_8));
    }
    try {
      chooseColumns();
    } catch (ProntoException e) {
      throw new LineFault(lines.start(), e.problem());
    }
    checkWidth(columns);
    heading = lines.line();
    headerIsDue = false;
  }

  /** A table that was promised to name its columns and is empty was not written to its end. */
  @Override
  protected final void atEnd() {
    if (headerIsDue) {
      throw Problem.of(
              Kind.CONTENT,
              "the input ends before the header line that names its columns",
              "see what became of the program that writes it; leave out --header if there is none")
          .at(lines.position(lines.start()), null)
          .asException();
    }
  }

  @Override
  public final long rows() {
    return rows;
  }

  @Override
  public final List<String> warnings() {
    return decoded == null ? List.of() : decoded.warnings();
  }

  /** Without its header, or not knowing what is wanted of it, no row of the table can be read. */
  @Override
  protected final boolean allDependsOnIt() {
    return headerIsDue || lacksValue;
  }

  @Override
  public final byte[] heading() {
    return heading;
  }

  private void chooseColumns() {
    keyColumn = options.keyIndex(names);
    valueColumn = options.valueIndex(names, keyColumn);
    if (valueColumn < 0) {
      rest = new RestObject(names, keyColumn);
    }
  }

  /** Rows may have an expiry behind key and value; of chosen columns all rows have as many. */
  private void checkWidth(int columns) throws LineFault {
    if (width == 0 && columns > 2 && options.key() != null && options.value() == null) {
      lacksValue = true;
      throw new LineFault(
          from(2),
          "the table has " + columns + " columns, and --key alone keeps only one beside the key",
          "say what is kept: --value COL for one column, --value :json for an object of all others"
              + " (with --header)");
    }
    boolean fits =
        options.choosesColumns()
            ? width == 0 && columns > Math.max(keyColumn, valueColumn)
            : columns == 2 || columns == 3;
    if (fits) {
      width = columns;
      return;
    }
    boolean tooFew = columns < (width > 0 ? width : Math.max(keyColumn, valueColumn) + 1);
    throw new LineFault(
        tooFew ? lines.end() : from(surplusColumn()),
        "the row has " + columns + (columns == 1 ? " column" : " columns") + ", not " + expected(),
        hint(tooFew));
  }

  private int surplusColumn() {
    return options.choosesColumns() ? width : 3;
  }

  private String expected() {
    if (!options.choosesColumns()) {
      return "key and value (and in a cache the instant of expiry)";
    }
    return width > 0
        ? width + " like those before it"
        : "at least the " + (Math.max(keyColumn, valueColumn) + 1) + " that were asked for";
  }

  private String hint(boolean tooFew) {
    if (lines.start() == lines.end()) {
      return "remove the empty line";
    }
    if (options.choosesColumns()) {
      return width > 0 ? hintForOtherWidth() : "count the columns: the first is number 1";
    }
    return tooFew ? hintForTooFew() : "choose columns of a wider file with --key and --value";
  }

  /** What to do about a row without a value. */
  protected abstract String hintForTooFew();

  /** What makes a row wider or narrower than the others. */
  protected abstract String hintForOtherWidth();
}
