package org.prontodb.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.prontodb.app.Dialects;
import org.prontodb.dialect.Column;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.Encoding;
import org.prontodb.dialect.Spelling;
import org.prontodb.dialect.TableOptions;

/** The options that say how records stand in a table: the same for all commands that move one. */
final class TableForm {
  /** The dialects that are tables or lines, for help. */
  static final String NAMES =
      Dialects.names().stream()
          .filter(name -> !name.equals(Dialects.STREAM.name()))
          .collect(Collectors.joining(", "));

  /** All dialects, for help. */
  static final String ALL_NAMES = String.join(", ", Dialects.names());

  private static final String HEADER = "--header";
  private static final String PLAIN = "--plain";
  private static final String BASE64 = "--base64";
  private static final String NO_ESCAPES = "--no-escapes";
  private static final String HEX = "--hex";
  private static final String BASE64URL = "--base64url";
  private static final String KEY = "--key";
  private static final String KEY_JOIN = "--key-join";
  private static final String RENAME = "--rename";
  private static final String TYPED = "--typed";
  private static final String COLUMNS = "--columns";
  private static final String VALUE = "--value";
  private static final String NULL = "--null";
  private static final String SEPARATOR = "--separator";
  private static final String QUOTE = "--quote";
  private static final String ESCAPE = "--escape";
  private static final String COMMENT = "--comment";
  private static final String ENCODING = "--encoding";

  private TableForm() {}

  /** The options of a command that reads tables. */
  static Form reading(Form form) {
    return writing(form)
        .option(KEY, "COLUMNS", "the column of the key, by its name or number; several are joined")
        .option(KEY_JOIN, "TEXT", "what stands between the columns of a key; : unless it is said")
        .option(
            VALUE,
            "COLUMNS",
            "the column of the value; several, :json (all but the key) or :all for an object")
        .option(RENAME, "PAIRS", "give fields of an object other names: OLD=NEW,OLD=NEW")
        .flag(TYPED, "numbers, true, false and nothing become JSON of their kind in an object")
        .option(NULL, "TEXT", "pass over records whose value is TEXT")
        .option(COMMENT, "C", "pass over lines that begin with C");
  }

  /** The options of a command that only writes tables. */
  static Form writing(Form form) {
    return form.flag(HEADER, "the first line of a table names the columns")
        .flag(PLAIN, "values are text with \\t \\n \\r \\\\ escapes, not base64")
        .flag(BASE64, "values are base64, also where --plain would be expected")
        .flag(BASE64URL, "values are base64 with - and _ (RFC 4648)")
        .flag(HEX, "values are hexadecimal digits")
        .flag(NO_ESCAPES, "values are text that is taken as it stands")
        .option(SEPARATOR, "C", "what stands between columns; \\t is a tab")
        .option(QUOTE, "C", "what stands around a column that holds a separator")
        .option(ESCAPE, "C", "what takes its meaning from the character behind it")
        .option(ENCODING, "NAME", "utf-8 unless it is said: utf-16, iso-8859-1, windows-1252, …");
  }

  /** The options of a command that writes tables of what a namespace holds. */
  static Form exporting(Form form) {
    return writing(form)
        .option(
            COLUMNS,
            "POINTERS",
            "the key and these fields of values that are JSON, each a column; :key says where the"
                + " key goes")
        .option(KEY, "NAME", "what a header calls the key's column")
        .option(RENAME, "PAIRS", "give columns other names in the header: OLD=NEW,OLD=NEW")
        .option(NULL, "TEXT", "what stands where a field is missing or null");
  }

  /** What the command line says of the tables that these dialects read and write. */
  static DialectOptions read(Invocation call, Dialect... dialects) {
    refuseWithout(call, dialects);
    List<String> forms =
        Stream.of(BASE64, GlobalOptions.BASE64, BASE64URL, HEX, PLAIN, NO_ESCAPES)
            .filter(call::has)
            .toList();
    boolean binary = isBase64(call) || call.has(BASE64URL) || call.has(HEX);
    if (binary && forms.size() > 1 && !List.of(BASE64, GlobalOptions.BASE64).equals(forms)) {
      throw call.usage(
          "values are spelt in one way; " + String.join(" and ", forms) + " do not go together");
    }
    TableOptions table =
        new TableOptions(
            call.has(HEADER),
            form(call),
            column(call, KEY),
            column(call, VALUE),
            fields(call),
            call.option(NULL),
            false,
            Spelling.parse(
                call.option(SEPARATOR),
                call.option(QUOTE),
                call.option(ESCAPE),
                call.option(COMMENT)));
    if (dialects[0].isTable()) {
      table.requireNames();
    }
    Encoding encoding = call.has(ENCODING) ? Encoding.named(call.option(ENCODING)) : Encoding.UTF_8;
    return new DialectOptions(call.configuration().delimiter(), table, encoding);
  }

  private static boolean isBase64(Invocation call) {
    return call.has(GlobalOptions.BASE64) || call.has(BASE64);
  }

  private static TableOptions.Fields fields(Invocation call) {
    String join = call.option(KEY_JOIN);
    String written = call.option(COLUMNS);
    return new TableOptions.Fields(
        join == null ? TableOptions.Fields.USUAL.join() : join,
        TableOptions.Fields.renamed(call.option(RENAME)),
        call.has(TYPED),
        written == null ? null : List.of(written.split(",", -1)));
  }

  private static TableOptions.Form form(Invocation call) {
    if (isBase64(call)) {
      return TableOptions.Form.BASE64;
    }
    if (call.has(BASE64URL) || call.has(HEX)) {
      return call.has(HEX) ? TableOptions.Form.HEX : TableOptions.Form.BASE64URL;
    }
    return call.has(NO_ESCAPES)
        ? TableOptions.Form.LITERAL
        : call.has(PLAIN) ? TableOptions.Form.PLAIN : TableOptions.Form.USUAL;
  }

  /** Null if it is not said. */
  private static Column column(Invocation call, String option) {
    return call.has(option) ? Column.parse(call.option(option)) : null;
  }

  /** Better than to pass over in silence what the user thinks is heard. */
  private static void refuseWithout(Invocation call, Dialect... dialects) {
    List<Dialect> all = List.of(dialects);
    if (all.stream().noneMatch(Dialect::isTable)) {
      for (String option :
          List.of(
              HEADER,
              PLAIN,
              BASE64URL,
              HEX,
              NO_ESCAPES,
              SEPARATOR,
              QUOTE,
              ESCAPE,
              COMMENT,
              COLUMNS,
              TYPED)) {
        if (call.has(option)) {
          throw call.usage(option + " is for tables, not for " + all.getLast().name());
        }
      }
    }
    if (all.stream().allMatch(Dialects.STREAM::equals)) {
      for (String option :
          List.of(NULL, GlobalOptions.BASE64, BASE64, KEY, KEY_JOIN, VALUE, RENAME, TYPED)) {
        if (call.has(option)) {
          throw call.usage(option + " is not for the stream dialect");
        }
      }
    }
  }

  /** Refuses the options of {@link #exporting} where nothing says which dialect they are for. */
  static void refuseWithoutDialect(Invocation call) {
    for (String option :
        List.of(
            HEADER,
            PLAIN,
            BASE64,
            BASE64URL,
            HEX,
            NO_ESCAPES,
            SEPARATOR,
            QUOTE,
            ESCAPE,
            ENCODING,
            COLUMNS,
            KEY,
            RENAME,
            NULL)) {
      if (call.has(option)) {
        throw call.usage(option + " goes with --to DIALECT");
      }
    }
  }

  /** The file that {@code -o} names; null for standard output, by whatever name. */
  static String output(Invocation call) {
    String file = call.option("-o");
    return file == null || call.files().isStandardOutput(file) ? null : file;
  }

  /** The dialect that {@code option} names, else the one of the file's name, else tsv. */
  static Dialect dialect(Invocation call, String option, String file) {
    if (call.has(option)) {
      return Dialects.named(call.option(option));
    }
    return file == null ? Dialects.TSV : Dialects.ofFile(file).orElse(Dialects.TSV);
  }
}
