package org.prontodb.cli;

import java.util.List;
import java.util.stream.Collectors;
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

  private static final String HEADER = "--header";
  private static final String PLAIN = "--plain";
  private static final String BASE64 = "--base64";
  private static final String NO_ESCAPES = "--no-escapes";
  private static final String KEY = "--key";
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
        .option(KEY, "COL", "the column of the key, by its name or number")
        .option(VALUE, "COL", "the column of the value; :json for an object of all others")
        .option(NULL, "TEXT", "pass over records whose value is TEXT")
        .option(COMMENT, "C", "pass over lines that begin with C");
  }

  /** The options of a command that only writes tables. */
  static Form writing(Form form) {
    return form.flag(HEADER, "the first line of a table names the columns")
        .flag(PLAIN, "values are text with \\t \\n \\r \\\\ escapes, not base64")
        .flag(BASE64, "values are base64, also where --plain would be expected")
        .flag(NO_ESCAPES, "values are text that is taken as it stands")
        .option(SEPARATOR, "C", "what stands between columns; \\t is a tab")
        .option(QUOTE, "C", "what stands around a column that holds a separator")
        .option(ESCAPE, "C", "what takes its meaning from the character behind it")
        .option(ENCODING, "NAME", "utf-8 unless it is said: utf-16, iso-8859-1, windows-1252, …");
  }

  /** What the command line says of the tables that these dialects read and write. */
  static DialectOptions read(Invocation call, Dialect... dialects) {
    refuseWithout(call, dialects);
    if (isBase64(call) && (call.has(PLAIN) || call.has(NO_ESCAPES))) {
      throw call.usage("values are base64 or plain, not both");
    }
    TableOptions table =
        new TableOptions(
            call.has(HEADER),
            form(call),
            column(call, KEY),
            column(call, VALUE),
            TableOptions.Fields.USUAL,
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

  private static TableOptions.Form form(Invocation call) {
    if (isBase64(call)) {
      return TableOptions.Form.BASE64;
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
              HEADER, PLAIN, BASE64, NO_ESCAPES, KEY, VALUE, SEPARATOR, QUOTE, ESCAPE, COMMENT)) {
        if (call.has(option)) {
          throw call.usage(option + " is for tables, not for " + all.getLast().name());
        }
      }
    }
    if (all.stream().allMatch(Dialects.STREAM::equals)) {
      for (String option : List.of(NULL, GlobalOptions.BASE64)) {
        if (call.has(option)) {
          throw call.usage(option + " is not for the stream dialect");
        }
      }
    }
  }

  /** The file that {@code -o} names; null for standard output, also by its two names. */
  static String output(Invocation call) {
    String file = call.option("-o");
    return "-".equals(file) || "/dev/stdout".equals(file) ? null : file;
  }

  /** The dialect that {@code option} names, else the one of the file's name, else tsv. */
  static Dialect dialect(Invocation call, String option, String file) {
    if (call.has(option)) {
      return Dialects.named(call.option(option));
    }
    return file == null ? Dialects.TSV : Dialects.ofFile(file).orElse(Dialects.TSV);
  }
}
