package org.prontodb.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.junit.jupiter.api.Test;
import org.prontodb.app.Dialects;
import org.prontodb.model.ProntoException;

/** Tables as other programs write them, read by way of Commons CSV. */
class ForeignDialectTest {
  private static final TableOptions USUAL = TableOptions.DEFAULT;

  private static List<String> read(String dialect, TableOptions options, String text) {
    return Reading.of(Dialects.named(dialect), options, text);
  }

  private static List<String> read(String dialect, String text) {
    return read(dialect, USUAL, text);
  }

  private static TableOptions spelt(String separator, String quote, String escape, String comment) {
    return USUAL
        .with(TableOptions.Form.PLAIN)
        .with(Spelling.parse(separator, quote, escape, comment));
  }

  @Test
  void excelMayNameItsSeparatorInTheFirstLine() {
    assertEquals(List.of("a=1,5", "b=x;y"), read("excel", "\ufeffsep=;\r\na;1,5\r\nb;\"x;y\"\r\n"));
    assertEquals(List.of("sep==x"), read("excel", "sep=,x\n"));
    assertEquals(List.of("sep=1"), read("excel", "sep,1\n"));
    assertEquals(List.of("a=1"), read("excel", "sep=\t\na\t1"));
    assertEquals(
        List.of(
            "1:4+3 the row has 1 column, not key and value (and in a cache the instant of expiry)"
                + " (if its columns are separated by ';', add --separator ';')"),
        read("excel", "a;b\n"));
  }

  @Test
  void mysqlEscapesAreResolvedAndNullIsNotTheLettersThatSpellIt() {
    assertEquals(
        List.of(
            "a=x\\ty\\u{a}z\\u{0}\\u{1a}q",
            "b=\\N", "d=NULL", "e=tab\\tin, line\\u{a}in", "f=\\u{d}x"),
        read(
            "mysql",
            "a\tx\\ty\\nz\\0\\Z\\q\nb\t\\\\N\nc\t\\N\nd\tNULL\ne\ttab\\\tin, line\\\nin\nf\t\rx\n"));
    assertEquals(
        List.of("1={\"a\":\"x\",\"b\":\"\"}", "2={\"b\":\"y\"}"),
        read(
            "mysql",
            USUAL.withHeader().withColumns(Column.parse("id"), Column.parse(":json")),
            "id\ta\tb\n1\tx\t\n2\t\\N\ty\n"));
  }

  @Test
  void postgresqlTextKnowsNumbersOfBytesAndAnEndOfItsOwn() {
    assertEquals(
        List.of("a=A\u00e9C\\u{b}x.q", "b=\\u{1}9xyz"),
        read("postgresql-text", "a\t\\x41\\303\\251\\103\\v\\x\\.\\q\nb\t\\19\\xyz\n\\.\n"));
    assertEquals(
        List.of("a=1", "3:1+7 text behind \\., the end of the data (load what follows by itself)"),
        read("postgresql-text", "a\t1\n\\.\nb\t2\n"));
    assertEquals(
        List.of("1:3+2 not UTF-8: byte 0x5c (bring such values as base64)"),
        read("postgresql-text", "a\t\\xff\n"));
  }

  @Test
  void postgresqlCsvTellsNothingFromAnEmptyText() {
    assertEquals(List.of("b=", "c=\"x\""), read("postgresql-csv", "a,\nb,\"\"\nc,\"\"\"x\"\"\"\n"));
  }

  @Test
  void oracleMongoAndInformixAreRead() {
    assertEquals(
        List.of("a=x\"y\\", "b= z "), read("oracle", "a , \"x\\\"y\\\\\" \nc,\\N\nb,\" z \"\n"));
    assertEquals(List.of("a=x\"y"), read("mongodb-csv", "a,\"x\"\"y\"\n"));
    assertEquals(List.of("a=x, y"), read("mongodb-tsv", "a\tx, y\n"));
    assertEquals(List.of("a=x|y"), read("informix", "a|x\\|y\n"));
  }

  @Test
  void separatorsQuotesEscapesAndCommentsAreOptions() {
    TableOptions options = spelt("::", "'", null, "#");
    assertEquals(
        List.of("a=x::y", "b=it's"),
        read("csv", options, "# note\na::'x::y'\n#b::1\nb::'it''s'\n"));
    assertEquals(List.of("a=x;y"), read("csv", spelt(";", "\"", "\\", null), "a;\"x;y\"\n"));
    assertEquals(List.of("a=x\"y"), read("csv", spelt(null, null, "\\", null), "a,\"x\\\"y\"\n"));
    assertEquals(List.of("a=x\\ty"), read("tsv", spelt("|", null, null, null), "a|x\\ty\n"));
    assertEquals(
        List.of(
            "1:4+3 a backslash that begins none of \\t \\n \\r \\\\ (write \\\\ for a backslash,"
                + " or add --no-escapes if none are escaped)"),
        read("tsv", spelt("|", null, null, null), "a|x\\qy\n"));
    assertThrows(ProntoException.class, () -> spelt(";", ";", null, null));
    assertThrows(ProntoException.class, () -> spelt("\n", null, null, null));
    assertThrows(ProntoException.class, () -> spelt(null, "xx", null, null));
  }

  @Test
  void faultsKeepTheirPlaceAndReadingGoesOnInTheNextLine() {
    String table = "\u00e9\u00e9,\"x\ny\"\n\ud83d\ude00,\"a\"b,c\nok,1\nlast,\"open\nrest,1\n";
    assertEquals(
        List.of(
            "\u00e9\u00e9=x\\u{a}y",
            "3:6+19 text behind a closing quote (write a quote within quotes twice: \"\")",
            "ok=1",
            "5:6+33 the quote that opens here is never closed (write a quote within quotes twice:"
                + " \"\")",
            "rest=1"),
        read("excel", table));
  }

  @Test
  void aByteThatIsNotUtf8SpoilsItsRowAlone() {
    byte[] latin = "a;caf\u00e9\nb;ok\n\u00e9;x\n".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(
        List.of(
            "1:6+5 not UTF-8: byte 0xe9 (add --encoding windows-1252, iso-8859-1 or whatever it is; or"
                + " bring such values as base64)",
            "b=ok",
            "3:1+12 key is not UTF-8: byte 0xe9 (add --encoding windows-1252, iso-8859-1 or whatever"
                + " it is)"),
        Reading.of(Dialects.named("csv"), spelt(";", null, null, null), latin));
  }

  @Test
  void nullAsAKeyIsRefused() {
    assertEquals(
        List.of("1:1+0 the column is NULL (leave out rows that have no key when they are written)"),
        read("mysql", "\\N\tx\n"));
  }

  @Test
  void rowsOfAnySizeStandInTheirPlaces() {
    String large = "x".repeat(3_000_000) + "\u00e9";
    String table = "a," + large + "\nb,\"" + large + "\"\nc d,1,2,3,4\n";
    List<String> read = read("excel", table);
    assertEquals(List.of("a=" + large, "b=" + large), read.subList(0, 2));
    assertTrue(read.get(2).startsWith("3:9+6000020 the row has 5 columns"), read.get(2));
  }

  @Test
  void whatCommonsCsvPrintsIsReadAsItReadsItItself() throws IOException {
    String[] parts = {
      "a", "\u00e9", "\ud83d\ude00", "\"", ",", ";", "\n", "\r\n", " ", "'", "\\", "|"
    };
    Random random = new Random(11);
    for (CSVFormat format :
        List.of(CSVFormat.EXCEL, CSVFormat.POSTGRESQL_CSV, CSVFormat.MONGODB_CSV)) {
      StringWriter text = new StringWriter();
      List<String> expected = new ArrayList<>();
      try (CSVPrinter printer = new CSVPrinter(text, format)) {
        for (int i = 0; i < 400; i++) {
          StringBuilder value = new StringBuilder("v");
          for (int n = random.nextInt(6); n > 0; n--) {
            value.append(parts[random.nextInt(parts.length)]);
          }
          printer.printRecord("k" + i, value);
          expected.add("k" + i + "=" + org.prontodb.model.Text.visible(value.toString()));
        }
      }
      String name =
          format == CSVFormat.EXCEL
              ? "excel"
              : format == CSVFormat.POSTGRESQL_CSV ? "postgresql-csv" : "mongodb-csv";
      assertEquals(expected, read(name, text.toString()));
    }
  }
}
