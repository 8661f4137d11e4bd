package org.prontodb.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.prontodb.dialect.TableOptions.Form;
import org.prontodb.dialect.csv.CsvDialect;

class CsvDialectTest {
  private static final Dialect CSV = new CsvDialect();

  @Test
  void valuesAreTextInQuotesWhereTheyNeedThem() {
    assertEquals(
        List.of("a=x", "b=1,2", "c=\"q\"", "d=\\u{a}\\u{d}\\u{a}", "e=a \"b\" c", "f= ", "g="),
        read("a,x\r\nb,\"1,2\"\nc,\"\"\"q\"\"\"\nd,\"\n\r\n\"\ne,a \"b\" c\nf, \ng,\n"));
  }

  @Test
  void base64IsTakenInQuotesAndWithout() {
    assertEquals(
        List.of("a=one", "b=one"),
        Reading.of(CSV, TableOptions.DEFAULT.with(Form.BASE64), "a,b25l\n\"b\",\"b25l\"\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        "`a,\"x\"y` => 3:6+12 text behind a closing quote (write a quote within quotes twice: \"\")",
        "`a,\"x\" ` => 3:6+12 text behind a closing quote (write a quote within quotes twice: \"\")",
        "`a` => 3:2+8 the row has 1 column, not key and value (and in a cache the instant of expiry) (separate key and value by a comma)",
        "`\"a\n.\",x` => 3:3+9 key holds the control character U+000A (a key has from 1 to 1024 bytes of UTF-8 and no control character)",
      })
  void aBadRowIsToldWithItsPlaceAndReadingGoesOn(String row, String problem) {
    assertEquals(List.of("é=\\u{a}", problem, "z=1"), read("é,\"\n\"\n" + row + "\nz,1\n"));
  }

  @Test
  void aQuoteThatIsNeverClosedIsToldWhereItOpens() {
    assertEquals(
        List.of(
            "a=1",
            "2:3+6 the quote that opens here is never closed (write a quote within quotes twice:"
                + " \"\")"),
        read("a,1\nb,\"x\nc,2\n"));
  }

  @Test
  void whatStandsInQuotesIsNeverAMissingValue() {
    assertEquals(
        List.of("b=NULL"),
        Reading.of(CSV, TableOptions.DEFAULT.withNullText("NULL"), "a,NULL\nb,\"NULL\"\n"));
  }

  @Test
  void anotherLibraryReadsWhatIsWritten() throws Exception {
    Random random = new Random(3);
    for (int round = 0; round < 300; round++) {
      List<List<String>> rows = rows(random);
      byte[] written =
          Reading.written(
              CSV,
              TableOptions.DEFAULT,
              w -> {
                for (List<String> row : rows) {
                  w.put(bytes(row.get(0)), bytes(row.get(1)), null);
                }
              });
      String text = new String(written, StandardCharsets.UTF_8);
      try (CSVParser parser = CSVFormat.RFC4180.parse(new StringReader(text))) {
        assertEquals(rows, parser.stream().map(r -> List.of(r.values())).toList(), text);
      }
    }
  }

  @Test
  void whatAnotherLibraryWritesIsRead() throws Exception {
    Random random = new Random(4);
    for (int round = 0; round < 300; round++) {
      List<List<String>> rows = rows(random);
      StringWriter text = new StringWriter();
      try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
        printer.printRecords(rows);
      }
      List<String> expected =
          rows.stream()
              .map(r -> r.get(0) + "=" + org.prontodb.model.Text.visible(r.get(1)))
              .toList();
      assertEquals(expected, read(text.toString()), text.toString());
    }
  }

  private static List<List<String>> rows(Random random) {
    String[] parts = {"a", "é", ",", "\"", "\n", "\r", "\r\n", " ", "\t", "😀", "#", "\\", "''"};
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      StringBuilder value = new StringBuilder();
      for (int n = random.nextInt(6); n > 0; n--) {
        value.append(parts[random.nextInt(parts.length)]);
      }
      rows.add(List.of("key \"" + i + ",", value.toString()));
    }
    return rows;
  }

  private static List<String> read(String text) {
    return Reading.of(CSV, TableOptions.DEFAULT, text);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
