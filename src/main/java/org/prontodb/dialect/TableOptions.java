package org.prontodb.dialect;

import java.util.List;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;

/**
 * How records stand in tables and lines.
 *
 * @param header whether the first line of a table names its columns, as it must where a column is
 *     chosen by name
 * @param form how values are spelt
 * @param key the column that holds the key; null for the first, as our own tables have it
 * @param value the column that holds the value; null for the second
 * @param nullText records whose value is spelt so are passed over; null for none
 * @param namespaces whether each record is to name its namespace, in a dialect that can
 */
public record TableOptions(
    boolean header, Form form, Column key, Column value, String nullText, boolean namespaces) {

  /** How values are spelt. */
  public enum Form {
    /** As the dialect does unless told otherwise. */
    USUAL,
    /** As text, with {@code \t \n \r \\} where the dialect needs them. */
    PLAIN,
    /** As text that is taken as it stands. */
    LITERAL,
    /** As base64. */
    BASE64
  }

  public static final TableOptions DEFAULT =
      new TableOptions(false, Form.USUAL, null, null, null, false);

  public TableOptions {
    // Only a header line can give a column a name.
    header |= key instanceof Column.Named || value instanceof Column.Named;
    if (!header && value instanceof Column.Rest) {
      throw Problem.of(
              Kind.USAGE,
              "--value :json takes its names from a header line",
              "add --header, and a first line that names the columns")
          .asException();
    }
    if (key instanceof Column.Rest) {
      throw Problem.of(Kind.USAGE, "--key takes one column", "give its name or number")
          .asException();
    }
  }

  /** Whether the columns are chosen, instead of being key, value and perhaps an expiry. */
  public boolean choosesColumns() {
    return key != null || value != null;
  }

  /** The index of the key's column, counted from 0. */
  public int keyIndex(List<String> names) {
    return key == null ? 0 : key.index(names);
  }

  /**
   * The index of the value's column, counted from 0; -1 for an object of all others. Of a table
   * with two columns whose key alone is chosen it is the other one.
   */
  public int valueIndex(List<String> names, int keyIndex) {
    return value == null ? (keyIndex == 1 ? 0 : 1) : value.index(names);
  }

  public TableOptions with(Form form) {
    return new TableOptions(header, form, key, value, nullText, namespaces);
  }

  public TableOptions withHeader() {
    return new TableOptions(true, form, key, value, nullText, namespaces);
  }

  public TableOptions withColumns(Column key, Column value) {
    return new TableOptions(header, form, key, value, nullText, namespaces);
  }

  public TableOptions withNullText(String nullText) {
    return new TableOptions(header, form, key, value, nullText, namespaces);
  }

  public TableOptions withNamespaces() {
    return new TableOptions(header, form, key, value, nullText, true);
  }
}
