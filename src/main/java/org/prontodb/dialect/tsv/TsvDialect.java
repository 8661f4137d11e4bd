package org.prontodb.dialect.tsv;

import java.io.OutputStream;
import java.util.List;
import org.prontodb.batch.CommandReader;
import org.prontodb.batch.EntryWriter;
import org.prontodb.dialect.BinaryText;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.Source;
import org.prontodb.dialect.TableOptions;
import org.prontodb.dialect.foreign.ForeignDialect;
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
  public String readBy(DialectOptions options) {
    return isUsual(options) ? Dialect.super.readBy(options) : ForeignDialect.tsv().readBy(options);
  }

  private static boolean isUsual(DialectOptions options) {
    return options.table().spelling().isUsual();
  }

  @Override
  public CommandReader reader(Source source, DialectOptions options) {
    return isUsual(options)
        ? new TsvReader(new LineReader(source), options)
        : ForeignDialect.tsv().reader(source, options, binary(options.table()));
  }

  @Override
  public EntryWriter writer(OutputStream out, DialectOptions options) {
    return isUsual(options)
        ? new TsvWriter(out, options)
        : ForeignDialect.tsv().writer(out, options, binary(options.table()));
  }

  /** How the bytes of values are spelt, or null if they are text. */
  static BinaryText binary(TableOptions table) {
    // An object is made of text; no other program's columns are base64.
    boolean text =
        table.fields().written() != null || (table.value() != null && table.value().isObject());
    return table.form() == TableOptions.Form.USUAL && !text
        ? BinaryText.BASE64
        : table.form().binary();
  }

  /** Beside base64 a key stands as it is: it can hold neither tab nor line break. */
  static boolean escapes(TableOptions table) {
    return binary(table) == null && table.form() != TableOptions.Form.LITERAL;
  }
}
