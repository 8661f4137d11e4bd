package org.prontodb.dialect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.prontodb.dialect.TableOptions.Form;
import org.prontodb.dialect.tsv.TsvDialect;
import org.prontodb.model.Problem;
import org.prontodb.model.ProntoException;

class TsvDialectTest {
  private static final Dialect TSV = new TsvDialect();
  private static final TableOptions PLAIN = TableOptions.DEFAULT.with(Form.PLAIN);
  private static final TableOptions LITERAL = TableOptions.DEFAULT.with(Form.LITERAL);

  @Test
  void aLineIsAKeyAndAValueInBase64() {
    assertEquals(List.of("a=one", "b=", "\"c\\=é\\u{a}"), read("a\tb25l\nb\t\n\"c\\\tw6kK\n"));
  }

  @Test
  void aThirdColumnIsTheInstantOfExpiry() {
    assertEquals(
        List.of("a=one at 2026-01-31T12:00:00Z", "b=one", "c=one"),
        read("a\tb25l\t2026-01-31T12:00:00Z\nb\tb25l\t\nc\tb25l"));
  }

  @Test
  void windowsLineEndsAndAByteOrderMarkAreAccepted() {
    assertEquals(List.of("a=one", "b=one"), read("\ufeffa\tb25l\r\nb\tb25l\r\n"));
    assertEquals(List.of(), read("\ufeff"));
    assertEquals(List.of(), read(""));
  }

  @Test
  void plainValuesAreTextWithFourEscapes() {
    assertEquals(List.of("a\\b=\\t\\u{a}\\u{d}\\ \"x\" "), plain("a\\\\b\t\\t\\n\\r\\\\ \"x\" \n"));
  }

  @Test
  void literalTextHasNoEscapes() {
    assertEquals(List.of("a\\b=\\t\\N\\x"), Reading.of(TSV, LITERAL, "a\\b\t\\t\\N\\x\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        "`a` => 1:2+1 the row has 1 column, not key and value (and in a cache the instant of"
            + " expiry) (separate key and value by one tab character)",
        "`a b25l` => 1:7+6 the row has 1 column, not key and value (and in a cache the instant of"
            + " expiry) (separate key and value by one tab character)",
        "`\n"
            + "` => 1:1+0 the row has 1 column, not key and value (and in a cache the instant of"
            + " expiry) (remove the empty line)",
        "`a\t\t\tx` => 1:5+4 the row has 4 columns, not key and value (and in a cache the instant"
            + " of expiry) (choose columns of a wider file with --key and --value)",
        "`\tb25l` => 1:1+0 key is empty (a key has from 1 to 1024 bytes of UTF-8 and no control"
            + " character)",
        "`é\u0001\tb25l` => 1:2+2 key holds the control character U+0001 (a key has from 1 to 1024"
            + " bytes of UTF-8 and no control character)",
        "`a\u0085\tb25l` => 1:2+1 key holds the control character U+0085 (a key has from 1 to 1024"
            + " bytes of UTF-8 and no control character)",
        "`a\tb25` => 1:6+5 the base64 value is cut short (add --plain if the values are text)",
        "`a\tb2%l` => 1:5+4 the value is not base64 (add --plain if the values are text)",
        "`é\tonly text` => 1:7+7 the value is not base64 (add --plain if the values are text)",
        "`a\tb25l\ttomorrow` => 1:8+7 \"tomorrow\" is not an instant (a third column is the instant"
            + " of expiry, like 2026-01-31T12:00:00Z; choose others with --key and --value)",
      })
  void aBadLineIsToldWithItsPlace(String line, String problem) {
    assertEquals(List.of(problem), read(line));
    String later = problem.replaceFirst("^1:", "3:");
    int first = later.indexOf('+') + 1;
    int end = later.indexOf(' ', first);
    String moved =
        later.substring(0, first)
            + (Integer.parseInt(later.substring(first, end)) + 11)
            + later.substring(end);
    assertEquals(
        List.of("ä=one", "b=", moved, "c="),
        read("ä\tb25l\nb\t\n" + line.replace("\n", "") + "\nc\t\n"));
  }

  @Test
  void aByteThatIsNotUtf8IsToldWithItsPlace() {
    byte[] latin = "né\tx\nok\té!\n".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(
        List.of(
            "1:2+1 key is not UTF-8: byte 0xe9 (add --encoding windows-1252, iso-8859-1 or whatever"
                + " it is)",
            "2:4+8 not UTF-8: byte 0xe9 (add --encoding windows-1252, iso-8859-1 or whatever it is;"
                + " or bring such values as base64)"),
        Reading.of(TSV, PLAIN, latin));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        "`a\tx\\q` => 1:4+3 a backslash that begins none of \\t \\n"
            + " \\r"
            + " \\\\ (write \\\\ for a backslash, or add --no-escapes if none are escaped)",
        "`a\tx\\` => 1:4+3 a backslash that begins none of \\t \\n"
            + " \\r"
            + " \\\\ (write \\\\ for a backslash, or add --no-escapes if none are escaped)",
        "`a\t\\N` => 1:3+2 \\N is not an escape (if it stands for a missing value, add --null"
            + " '\\N')",
      })
  void anotherEscapeIsRefused(String line, String problem) {
    assertEquals(List.of(problem), plain(line));
  }

  @Test
  void missingValuesArePassedOver() {
    assertEquals(List.of("b=x"), Reading.of(TSV, PLAIN.withNullText("\\N"), "a\t\\N\nb\tx\n"));
  }

  @Test
  void columnsAreChosenByNameOrNumber() {
    String file = "id\tname\tage\n7\tAnn\t40\n8\tBo\t50\n";
    assertEquals(
        List.of("7=40", "8=50"),
        Reading.of(
            TSV, PLAIN.withHeader().withColumns(Column.parse("id"), Column.parse("age")), file));
    assertEquals(
        List.of("Ann=7", "Bo=8"),
        Reading.of(
            TSV, PLAIN.withHeader().withColumns(Column.parse("2"), Column.parse("1")), file));
  }

  @Test
  void theFirstTwoColumnsOfAWiderTableCanBeChosenToo() {
    String file = "id\tname\tage\tcity\n7\tAnn\t40\tRome\n";
    for (String key : List.of("1", "id")) {
      TableOptions chosen = PLAIN.withHeader().withColumns(Column.parse(key), Column.parse("2"));
      assertEquals(List.of("7=Ann"), Reading.of(TSV, chosen, file));
    }
  }

  @Test
  void theKeyAloneIsEnoughOnlyWhereOneOtherColumnIsLeft() {
    TableOptions second = PLAIN.withHeader().withColumns(Column.parse("2"), null);
    assertEquals(List.of("Ann=7"), Reading.of(TSV, second, "id\tname\n7\tAnn\n"));
    for (TableOptions options :
        List.of(
            PLAIN.withColumns(Column.parse("1"), null),
            PLAIN.withHeader().withColumns(Column.parse("id"), null))) {
      Problem problem =
          assertThrows(
                  ProntoException.class,
                  () -> Reading.of(TSV, options, "id\tname\tage\n7\tAnn\t40\n"))
              .problem();
      assertEquals(Problem.Kind.CONTENT, problem.kind());
      assertEquals(
          "1:9+8 the table has 3 columns, and --key alone keeps only one beside the key (say what"
              + " is kept: --value COL for one column, --value :json for an object of all others"
              + " (with --header))",
          Reading.told(problem));
    }
  }

  @Test
  void allOtherColumnsBecomeAnObject() {
    TableOptions json =
        TableOptions.DEFAULT
            .withHeader()
            .withColumns(Column.parse("id"), Column.parse(":json"))
            .withNullText("NULL");
    assertEquals(
        List.of("7={\"age\":\"40\",\"name\":\"A\\\"nn\\t\"}", "8={\"name\":\"\"}"),
        Reading.of(TSV, json, "name\tid\tage\nA\"nn\\t\t7\t40\n\t8\tNULL\n"));
  }

  @Test
  void rowsOfAWiderTableHaveAllTheSameWidth() {
    TableOptions options = PLAIN.withColumns(Column.parse("1"), Column.parse("3"));
    assertEquals(
        List.of(
            "a=c",
            "2:6+13 the row has 3 columns, not 4 like those before it (write a tab within a column"
                + " as \\t, a line break as \\n"
                + ")",
            "3:9+22 the row has 5 columns, not 4 like those before it (write a tab within a column"
                + " as \\t, a line break as \\n"
                + ")",
            "a=z"),
        Reading.of(TSV, options, "a\tb\tc\td\na\tb\tc\na\tb\tc\td\te\na\tx\tz\td\n"));
    assertEquals(
        List.of(
            "1:4+3 the row has 2 columns, not at least the 3 that were asked for (count the"
                + " columns: the first is number 1)"),
        Reading.of(TSV, options, "a\tb\n"));
  }

  @Test
  void aColumnThatIsNotThereEndsTheReading() {
    TableOptions options = PLAIN.withHeader().withColumns(Column.parse("idd"), Column.parse("2"));
    Problem problem =
        assertThrows(ProntoException.class, () -> Reading.of(TSV, options, "id\tname\n1\tAnn\n"))
            .problem();
    assertEquals("1:1+0 there is no column \"idd\" (did you mean \"id\"?)", Reading.told(problem));
    assertEquals(Problem.Kind.CONTENT, problem.kind());
  }

  @Test
  void aFaultyHeaderLineEndsTheReadingSoThatNoRowIsTakenForIt() {
    TableOptions header = TableOptions.DEFAULT.withHeader();
    byte[] latin = "k\u00e9y\tvalue\na\tb25l\n".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(
        "1:2+1 not UTF-8: byte 0xe9 (add --encoding windows-1252, iso-8859-1 or whatever it is; or"
            + " bring such values as base64)",
        Reading.told(
            assertThrows(ProntoException.class, () -> Reading.of(TSV, header, latin)).problem()));
    assertThrows(ProntoException.class, () -> Reading.of(TSV, header, "one column\na\tb25l\n"));
  }

  @Test
  void aNameMakesTheFirstLineAHeader() {
    TableOptions named = PLAIN.withColumns(Column.parse("id"), Column.parse("2"));
    assertEquals(List.of("7=Ann"), Reading.of(TSV, named, "id\tname\n7\tAnn\n"));
    assertThrows(ProntoException.class, () -> Reading.of(TSV, named, "7\tAnn\n8\tBob\n"));
    assertThrows(
        ProntoException.class,
        () ->
            Reading.of(TSV, PLAIN.withColumns(Column.parse("1"), Column.parse(":json")), "a\tb\n"));
  }

  @Test
  void aPromisedHeaderLineThatIsMissingIsToldAsWrongContent() {
    for (TableOptions options :
        List.of(
            TableOptions.DEFAULT.withHeader(),
            PLAIN.withColumns(Column.parse("id"), Column.parse("2")))) {
      for (String empty : List.of("", "\ufeff")) {
        Problem problem =
            assertThrows(ProntoException.class, () -> Reading.of(TSV, options, empty)).problem();
        assertEquals(Problem.Kind.CONTENT, problem.kind());
        assertEquals(
            "the input ends before the header line that names its columns", problem.message());
      }
    }
  }

  @Test
  void aHeaderLineNamesTheColumnsAlsoOfAnEmptyTable() {
    assertEquals("key\tvalue\n", written(TableOptions.DEFAULT.withHeader(), w -> {}));
  }

  @Test
  void literalTextThatWouldNotComeBackIsRefused() {
    for (String value : List.of("a\tb", "a\nb", "a\r")) {
      assertThrows(
          ProntoException.class,
          () -> written(LITERAL, w -> w.put(bytes("k"), bytes(value), null)));
    }
    assertEquals(
        "the value of \"k\" is not UTF-8",
        assertThrows(
                ProntoException.class,
                () -> written(PLAIN, w -> w.put(bytes("k"), new byte[] {-1}, null)))
            .problem()
            .message());
  }

  @Test
  void theStatementIsTheLineByteForByte() throws Exception {
    byte[] input = bytes("\ufeffa\tb25l\r\nb\tx\nc\tb25l");
    Source source = new Source("f.tsv", new java.io.ByteArrayInputStream(input), true);
    try (var reader = TSV.reader(source, DialectOptions.DEFAULT)) {
      reader.next();
      assertArrayEquals(bytes("a\tb25l\r\n"), reader.statement());
      assertEquals("f.tsv:1:1", reader.position().toString());
      reader.next();
      assertArrayEquals(bytes("b\tx\n"), reader.statement());
      reader.next();
      assertArrayEquals(bytes("c\tb25l"), reader.statement());
      Problem problem = Problem.of(Problem.Kind.FAILED, "m");
      assertEquals("3:3+17 m", Reading.told(reader.locate(problem, true)));
      assertEquals("3:1+15 m", Reading.told(reader.locate(problem, false)));
      reader.next();
      assertEquals(input.length, reader.bytesRead());
      assertArrayEquals(
          java.security.MessageDigest.getInstance("SHA-256")
              .digest(java.util.Arrays.copyOfRange(input, 3, input.length)),
          reader.sha256());
    }
  }

  private static List<String> read(String text) {
    return Reading.of(TSV, TableOptions.DEFAULT, text);
  }

  private static List<String> plain(String text) {
    return Reading.of(TSV, PLAIN, text);
  }

  private static String written(TableOptions options, Reading.Writing writing) {
    return new String(Reading.written(TSV, options, writing), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
