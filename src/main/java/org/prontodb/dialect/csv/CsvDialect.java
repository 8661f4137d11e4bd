package org.prontodb.dialect.csv;

import java.io.OutputStream;
import java.util.List;
import org.prontodb.batch.CommandReader;
import org.prontodb.batch.EntryWriter;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.Source;
import org.prontodb.dialect.foreign.ForeignDialect;

/** RFC 4180: {@code key,value}, in caches also {@code ,expiry}. Values are text. */
public final class CsvDialect implements Dialect {
  @Override
  public String name() {
    return "csv";
  }

  @Override
  public List<String> suffixes() {
    return List.of("csv");
  }

  @Override
  public boolean isTable() {
    return true;
  }

  @Override
  public String readBy(DialectOptions options) {
    return isUsual(options) ? Dialect.super.readBy(options) : ForeignDialect.csv().readBy(options);
  }

  private static boolean isUsual(DialectOptions options) {
    return options.table().spelling().isUsual();
  }

  @Override
  public CommandReader reader(Source source, DialectOptions options) {
    return isUsual(options)
        ? new CsvReader(new CsvLines(source), options)
        : ForeignDialect.csv().reader(source, options);
  }

  @Override
  public EntryWriter writer(OutputStream out, DialectOptions options) {
    return isUsual(options)
        ? new CsvWriter(out, options)
        : ForeignDialect.csv().writer(out, options);
  }
}
