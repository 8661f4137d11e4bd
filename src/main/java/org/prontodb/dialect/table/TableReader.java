package org.prontodb.dialect.table;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.BatchCommand.Put;
import org.prontodb.dialect.BinaryText;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.TableOptions;
import org.prontodb.dialect.TableOptions.Form;
import org.prontodb.dialect.lines.LineCommandReader;
import org.prontodb.dialect.lines.LineFault;
import org.prontodb.dialect.lines.LineReader;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Expiry;
import org.prontodb.model.Key;
import org.prontodb.model.Limits;
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
  private static final int[] FIRST = {0};
  private static final String OTHER_ENCODING =
      "add --encoding windows-1252, iso-8859-1 or whatever it is";

  private final TableOptions options;
  private final BinaryText binary;
  private final byte[] nullText;
  private boolean headerIsDue;
  private byte[] heading;
  private List<String> names;

  /** What values are made of, where they are objects. */
  private ColumnObject object;

  private int[] keyColumns = FIRST;

  /** The column of the value; -1 where it is an object. */
  private int valueColumn = 1;

  /** How many columns a row has at least. */
  private int needed = 2;

  /** How many columns each row has; 0 while that is unknown. */
  private int width;

  /** How many columns the current row has; 0 if it could not be cut. */
  private int columns;

  /** Whether the command line leaves open what of a row is kept. */
  private boolean lacksValue;

  private long rows;
  private long nulls;
  private final DecodedValues decoded;

  /**
   * @param binary how the bytes of values are spelt, or null if they are text
   */
  protected TableReader(LineReader lines, DialectOptions options, BinaryText binary) {
    super(lines, options.delimiter());
    this.options = options.table();
    this.options.requireNames();
    this.binary = binary;
    this.nullText =
        this.options.nullText() == null
            ? null
            : this.options.nullText().getBytes(StandardCharsets.UTF_8);
    this.decoded = binary != null && this.options.form() == Form.USUAL ? new DecodedValues() : null;
    this.headerIsDue = this.options.header();
    if (!headerIsDue) {
      chooseColumns();
    }
  }

  /** Cuts the line into columns and says how many there are; 0 for a line that is no row. */
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

  /** Whether the column holds nothing, not even an empty text. */
  protected boolean isNull(int index) throws LineFault {
    return nullText != null && isSpelt(index, nullText);
  }

  /** The bytes that the column spells, or null if it spells none. */
  protected byte[] bytes(int index, BinaryText spelling) throws LineFault {
    return spelling.decode(lines.window(), from(index), to(index));
  }

  @Override
  protected final BatchCommand read() throws LineFault {
    int found = 0;
    try {
      found = split();
    } finally {
      columns = found;
    }
    if (columns == 0) {
      return null;
    }
    if (headerIsDue) {
      takeHeader();
      return null;
    }
    rows++;
    if (columns != width) {
      checkWidth();
    }
    if (valueColumn >= 0 && isNull(valueColumn)) {
      nulls++;
      return null;
    }
    Key key = key();
    byte[] value = valueColumn < 0 ? checkedObject() : value(valueColumn);
    return new Put(key, value, columns > EXPIRY_COLUMN ? expiryOf() : null);
  }

  private byte[] checkedObject() throws LineFault {
    byte[] value = object.of(this);
    return value.length > Limits.VALUE_BYTES ? checkedValue(value, lines.start()) : value;
  }

  private Key key() throws LineFault {
    byte[] utf8 = keyText();
    try {
      return Key.ofUtf8(utf8);
    } catch (ProntoException e) {
      int first = keyColumns[0];
      int last = keyColumns[keyColumns.length - 1];
      int from = from(first);
      int to = first <= last ? to(last) : to(first);
      int at = Key.firstForbidden(lines.window(), from, to);
      throw Utf8.isValid(utf8)
          ? new LineFault(at, e.problem())
          : new LineFault(at, e.problem().message(), OTHER_ENCODING);
    }
  }

  private byte[] keyText() throws LineFault {
    if (keyColumns.length == 1) {
      return text(keyColumns[0]);
    }
    ByteBuilder key = new ByteBuilder(64);
    for (int i = 0; i < keyColumns.length; i++) {
      if (i > 0) {
        key.append(options.fields().join());
      }
      key.append(text(keyColumns[i]));
    }
    return key.toBytes();
  }

  private byte[] value(int index) throws LineFault {
    if (binary == null) {
      return checked(utf8(index), index);
    }
    byte[] value = bytes(index, binary);
    if (value == null) {
      throw notBinary(from(index), to(index));
    }
    if (decoded != null) {
      decoded.add(lines.window(), from(index), to(index), value);
    }
    return checked(value, index);
  }

  /** As {@link #checkedValue}, of a column, whose place is looked up only where it is needed. */
  private byte[] checked(byte[] value, int index) throws LineFault {
    return value.length > Limits.VALUE_BYTES ? checkedValue(value, from(index)) : value;
  }

  private LineFault notBinary(int from, int to) {
    int at = binary.firstInvalid(lines.window(), from, to);
    return new LineFault(
        at,
        at < to
            ? "the value is not " + binary.word()
            : "the " + binary.word() + " value is cut short",
        "add --plain if the values are text");
  }

  /** The text of a column, which must be UTF-8. */
  final byte[] utf8(int index) throws LineFault {
    byte[] text = text(index);
    if (!Utf8.isValid(text)) {
      int invalid = Utf8.firstInvalid(lines.window(), from(index), to(index));
      throw notUtf8(Math.max(invalid, from(index)));
    }
    return text;
  }

  private LineFault notUtf8(int at) {
    int b = lines.window()[at] & 0xff;
    return new LineFault(
        at,
        "not UTF-8: byte 0x%02x".formatted(b),
        b < 0x80
            ? "bring such values as base64"
            : OTHER_ENCODING + "; or bring such values as base64");
  }

  @Override
  protected final int valueStart() {
    return valueColumn >= 0 && valueColumn < columns ? from(valueColumn) : lines.start();
  }

  private Expiry expiryOf() throws LineFault {
    if (options.choosesColumns() || isNull(EXPIRY_COLUMN)) {
      return null;
    }
    String text = new String(utf8(EXPIRY_COLUMN), StandardCharsets.UTF_8);
    return text.isEmpty()
        ? null
        : expiry(
            text,
            from(EXPIRY_COLUMN),
            "a third column is the instant of expiry, like 2026-01-31T12:00:00Z; choose others with"
                + " --key and --value");
  }

  private void takeHeader() throws LineFault {
    names = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      names.add(new String(utf8(i), StandardCharsets.UTF_8));
    }
    try {
      chooseColumns();
    } catch (ProntoException e) {
      throw new LineFault(lines.start(), e.problem());
    }
    checkWidth();
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
  public final long nulls() {
    return nulls;
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
    if (options.key() != null) {
      keyColumns = options.key().indices(names, keyColumns);
    }
    if (options.value() == null) {
      // Of two columns it is the other one.
      valueColumn = keyColumns.length == 1 && keyColumns[0] == 1 ? 0 : 1;
    } else {
      int[] values = options.value().indices(names, keyColumns);
      if (options.value().isWhole() || values.length > 1) {
        valueColumn = -1;
        object = new ColumnObject(names, values, options.fields());
      } else {
        valueColumn = values[0];
      }
    }
    needed = Math.max(Arrays.stream(keyColumns).max().orElse(0), valueColumn) + 1;
  }

  /** Rows may have an expiry behind key and value; of chosen columns all rows have as many. */
  private void checkWidth() throws LineFault {
    if (width == 0 && columns > 2 && options.key() != null && options.value() == null) {
      lacksValue = true;
      throw new LineFault(
          from(2),
          "the table has " + columns + " columns, and --key alone keeps only one beside the key",
          "say what is kept: --value COL for one column, --value :json for an object of all others"
              + " (with --header)");
    }
    boolean fits =
        options.choosesColumns() ? width == 0 && columns >= needed : columns == 2 || columns == 3;
    if (fits) {
      width = columns;
      return;
    }
    boolean tooFew = columns < (width > 0 ? width : needed);
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
        : "at least the " + needed + " that were asked for";
  }

  private String hint(boolean tooFew) {
    if (lines.start() == lines.end()) {
      return "remove the empty line";
    }
    if (columns == 1 && width == 0) {
      String separator = likelySeparator();
      if (separator != null) {
        return "if its columns are separated by " + separator;
      }
    }
    if (options.choosesColumns()) {
      return width > 0 ? hintForOtherWidth() : "count the columns: the first is number 1";
    }
    return tooFew ? hintForTooFew() : "choose columns of a wider file with --key and --value";
  }

  /** What separates columns elsewhere and stands in a line that has but one. */
  private String likelySeparator() {
    for (int i = lines.start(); i < lines.end(); i++) {
      switch (lines.window()[i]) {
        case ';' -> {
          return "';', add --separator ';'";
        }
        case '|' -> {
          return "'|', add --separator '|'";
        }
        case '\t' -> {
          return "tabs, add --separator '\\t' or choose --from tsv";
        }
        case ',' -> {
          return "',', choose --from csv";
        }
        default -> {}
      }
    }
    return null;
  }

  /** What to do about a row without a value. */
  protected abstract String hintForTooFew();

  /** What makes a row wider or narrower than the others. */
  protected abstract String hintForOtherWidth();
}
