package org.prontodb.cli;

import java.util.List;
import org.prontodb.app.Dialects;
import org.prontodb.dialect.Column;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.TableOptions;

/** The options that say how records stand in a table: the same for all commands that move one. */
final class TableForm {
  private static final String HEADER = "--header";
  private static final String PLAIN = "--plain";
  private static final String BASE64 = "--base64";
  private static final String NO_ESCAPES = "--no-escapes";
  private static final String KEY = "--key";
  private static final String VALUE = "--value";
  private static final String NULL = "--null";

  private TableForm() {}

  /** The options of a command that reads tables. */
  static Form reading(Form form) {
    return writing(form)
        .option(KEY, "COL", "the column of the key, by its name or number")
        .option(VALUE, "COL", "the column of the value; :json for an object of all others")
        .option(NULL, "TEXT", "pass over records whose value is TEXT");
  }

  /** The options of a command that only writes tables. */
  static Form writing(Form form) {
    return form.flag(HEADER, "the first line of a table names the columns")
        .flag(PLAIN, "values are text with \\t \\n \\r \\\\ escapes, not base64")
        .flag(BASE64, "values are base64, also where --plain would be expected")
        .flag(NO_ESCAPES, "values are text that is taken as it stands");
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
            call.option(NULL),
            false);
    return new DialectOptions(call.configuration().delimiter(), table);
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
      for (String option : List.of(HEADER, PLAIN, BASE64, NO_ESCAPES, KEY, VALUE)) {
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
