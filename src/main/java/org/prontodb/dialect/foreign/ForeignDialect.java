package org.prontodb.dialect.foreign;

import java.io.OutputStream;
import java.util.List;
import java.util.function.Supplier;
import org.apache.commons.csv.CSVFormat.Predefined;
import org.prontodb.batch.CommandReader;
import org.prontodb.batch.EntryWriter;
import org.prontodb.dialect.BinaryText;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.Source;
import org.prontodb.dialect.TableOptions.Form;

/** Tables as another program writes them, known by its name. Commons CSV reads them. */
public final class ForeignDialect implements Dialect {
  private static final String READER = "Commons CSV";

  private final String name;

  /** Asked for when it is used, so that a list of the dialects loads no library. */
  private final Supplier<TableFormat> format;

  private ForeignDialect(String name, Supplier<TableFormat> format) {
    this.name = name;
    this.format = format;
  }

  /** The formats that Commons CSV knows. */
  public static List<Dialect> all() {
    return List.of(
        new ForeignDialect("excel", () -> TableFormat.of(Predefined.Excel, Escapes.NONE)),
        new ForeignDialect("mysql", () -> TableFormat.of(Predefined.MySQL, Escapes.MYSQL)),
        new ForeignDialect(
            "postgresql-text", () -> TableFormat.of(Predefined.PostgreSQLText, Escapes.POSTGRESQL)),
        new ForeignDialect(
            "postgresql-csv", () -> TableFormat.of(Predefined.PostgreSQLCsv, Escapes.NONE)),
        new ForeignDialect("oracle", () -> TableFormat.of(Predefined.Oracle, Escapes.ORACLE)),
        new ForeignDialect(
            "mongodb-csv", () -> TableFormat.of(Predefined.MongoDBCsv, Escapes.NONE)),
        new ForeignDialect(
            "mongodb-tsv", () -> TableFormat.of(Predefined.MongoDBTsv, Escapes.NONE)),
        new ForeignDialect(
            "informix", () -> TableFormat.of(Predefined.InformixUnload, Escapes.GENERAL)));
  }

  /** CSV whose separator, quote, escape or comment is another than usual. */
  public static ForeignDialect csv() {
    return new ForeignDialect("csv", () -> TableFormat.CSV);
  }

  /** TSV whose separator, quote, escape or comment is another than usual. */
  public static ForeignDialect tsv() {
    return new ForeignDialect("tsv", () -> TableFormat.TSV);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> suffixes() {
    return List.of();
  }

  @Override
  public boolean isTable() {
    return true;
  }

  @Override
  public String readBy(DialectOptions options) {
    return READER;
  }

  @Override
  public CommandReader reader(Source source, DialectOptions options) {
    return reader(source, options, options.table().form().binary());
  }

  /** As above, where the dialect itself knows whether values are spelt as bytes. */
  public CommandReader reader(Source source, DialectOptions options, BinaryText binary) {
    TableFormat asked = format(options);
    RowLines lines = new RowLines(source, asked, options.table().nullText());
    return new RowReader(lines, options, binary);
  }

  @Override
  public EntryWriter writer(OutputStream out, DialectOptions options) {
    return writer(out, options, options.table().form().binary());
  }

  /** As above, where the dialect itself knows whether values are spelt as bytes. */
  public EntryWriter writer(OutputStream out, DialectOptions options, BinaryText binary) {
    return new RowWriter(out, name, format(options), options, binary);
  }

  private TableFormat format(DialectOptions options) {
    TableFormat spelt = format.get().spelt(options.table().spelling());
    return options.table().form() == Form.LITERAL ? spelt.literal() : spelt;
  }
}
