package org.prontodb.dialect.tsv;

import java.io.OutputStream;
import java.util.List;
import org.prontodb.batch.CommandReader;
import org.prontodb.batch.EntryWriter;
import org.prontodb.dialect.Column;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.Source;
import org.prontodb.dialect.TableOptions;
import org.prontodb.dialect.lines.LineReader;

/** A record a line: {@code key TAB base64(value)}, in caches also {@code TAB expiry}. */
public final class TsvDialect implements Dialect {
  @Override
  public String name() {
    return "tsv";
  }

  @Override
  public List<String> suffixes() {
    return List.of("tsv", "tab");
  }

  @Override
  public boolean isTable() {
    return true;
  }

  @Override
  public CommandReader reader(Source source, DialectOptions options) {
    return new TsvReader(new LineReader(source), options);
  }

  @Override
  public EntryWriter writer(OutputStream out, DialectOptions options) {
    return new TsvWriter(out, options);
  }

  static boolean isBase64(TableOptions table) {
    return switch (table.form()) {
      // An object is made of text; no other program's columns are base64.
      case USUAL -> !(table.value() instanceof Column.Rest);
      case BASE64 -> true;
      case PLAIN, LITERAL -> false;
    };
  }

  /** Beside base64 a key stands as it is: it can hold neither tab nor line break. */
  static boolean escapes(TableOptions table) {
    return !isBase64(table) && table.form() != TableOptions.Form.LITERAL;
  }
}
