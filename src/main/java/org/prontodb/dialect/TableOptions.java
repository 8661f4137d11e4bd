package org.prontodb.dialect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Text;

/**
 * How records stand in tables and lines.
 *
 * @param header whether the first line of a table names its columns, as it must where a column is
 *     chosen by name
 * @param form how values are spelt
 * @param key the column that holds the key, or several that are joined; null for the first, as our
 *     own tables have it
 * @param value the column that holds the value, or those that make an object; null for the second
 * @param fields what becomes of columns that are fields of an object
 * @param nullText records whose value is spelt so are passed over; null for none
 * @param namespaces whether each record is to name its namespace, in a dialect that can
 * @param spelling what stands between and around columns
 */
public record TableOptions(
    boolean header,
    Form form,
    Column key,
    Column value,
    Fields fields,
    String nullText,
    boolean namespaces,
    Spelling spelling) {

  /** How values are spelt. */
  public enum Form {
    /** As the dialect does unless told otherwise. */
    USUAL,
    /** As text, with {@code \t \n \r \\} where the dialect needs them. */
    PLAIN,
    /** As text that is taken as it stands. */
    LITERAL,
    BASE64,
    BASE64URL,
    HEX;

    /** How bytes are spelt in this form, or null if values are text or the dialect decides. */
    public BinaryText binary() {
      return switch (this) {
        case USUAL, PLAIN, LITERAL -> null;
        case BASE64 -> BinaryText.BASE64;
        case BASE64URL -> BinaryText.BASE64URL;
        case HEX -> BinaryText.HEX;
      };
    }
  }

  /**
   * What becomes of columns that are fields of an object.
   *
   * @param join what stands between the columns that make a key together
   * @param renamed the names that fields get, by those that they have
   * @param typed whether what looks like a number, true, false or nothing becomes such a value
   * @param written the fields that a table is written of: pointers, or {@code :key}; null for the
   *     value as a whole
   */
  public record Fields(
      String join, Map<String, String> renamed, boolean typed, List<String> written) {
    public static final Fields USUAL = new Fields(":", Map.of(), false, null);

    public Fields {
      renamed = Map.copyOf(renamed);
      written = written == null ? null : List.copyOf(written);
    }

    /** The names that {@code OLD=NEW,OLD=NEW} gives to fields; none for null. */
    public static Map<String, String> renamed(String pairs) {
      Map<String, String> renamed = new HashMap<>();
      for (String pair : pairs == null ? new String[0] : pairs.split(",", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 1
            || renamed.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
          throw Problem.of(
                  Kind.USAGE,
                  "\"" + Text.visible(pair) + "\" gives no field a name",
                  "--rename takes OLD=NEW, each OLD once, with commas between the pairs")
              .asException();
        }
      }
      return renamed;
    }

    /** The name that a field gets. */
    public String name(String field) {
      return renamed.getOrDefault(field, field);
    }
  }

  public static final TableOptions DEFAULT =
      new TableOptions(false, Form.USUAL, null, null, Fields.USUAL, null, false, Spelling.USUAL);

  public TableOptions {
    // Only a header line can give a column a name.
    header |= isNamed(key) || isNamed(value);
    boolean object = value != null && value.isObject();
    if (key != null && key.isWhole()) {
      throw Problem.of(Kind.USAGE, "--key takes columns", "give their names or numbers")
          .asException();
    }
    if (!object && (fields.typed() || !fields.renamed().isEmpty()) && fields.written() == null) {
      throw Problem.of(
              Kind.USAGE,
              (fields.typed() ? "--typed" : "--rename") + " is for values that are objects",
              "say of which columns: --value :json, :all, or NAME,NAME; in an export --columns")
          .asException();
    }
  }

  private static boolean isNamed(Column column) {
    return switch (column) {
      case null -> false;
      case Column.Named named -> true;
      case Column.Several several -> several.columns().stream().anyMatch(TableOptions::isNamed);
      case Column.Numbered numbered -> false;
      case Column.Rest rest -> false;
      case Column.All all -> false;
    };
  }

  /** Refuses a table whose objects would have no names: the check of who reads columns by place. */
  public void requireNames() {
    if (!header && value != null && value.isObject()) {
      throw Problem.of(
              Kind.USAGE,
              "--value " + value.text() + " takes its names from a header line",
              "add --header, and a first line that names the columns")
          .asException();
    }
  }

  /** Whether the columns are chosen, instead of being key, value and perhaps an expiry. */
  public boolean choosesColumns() {
    return key != null || value != null;
  }

  public TableOptions with(Form form) {
    return new TableOptions(header, form, key, value, fields, nullText, namespaces, spelling);
  }

  public TableOptions withHeader() {
    return new TableOptions(true, form, key, value, fields, nullText, namespaces, spelling);
  }

  public TableOptions withColumns(Column key, Column value) {
    return new TableOptions(header, form, key, value, fields, nullText, namespaces, spelling);
  }

  public TableOptions with(Fields fields) {
    return new TableOptions(header, form, key, value, fields, nullText, namespaces, spelling);
  }

  public TableOptions withNullText(String nullText) {
    return new TableOptions(header, form, key, value, fields, nullText, namespaces, spelling);
  }

  public TableOptions withNamespaces() {
    return new TableOptions(header, form, key, value, fields, nullText, true, spelling);
  }

  public TableOptions with(Spelling spelling) {
    return new TableOptions(header, form, key, value, fields, nullText, namespaces, spelling);
  }
}
