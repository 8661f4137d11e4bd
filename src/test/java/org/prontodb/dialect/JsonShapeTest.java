package org.prontodb.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.prontodb.app.Dialects;
import org.prontodb.dialect.TableOptions.Fields;
import org.prontodb.model.ProntoException;

/** JSON that was not written for ProntoDB: arrays, several lines, other members. */
class JsonShapeTest {
  private static final Dialect JSONL = Dialects.named("jsonl");

  private static TableOptions columns(String key, String value) {
    return TableOptions.DEFAULT.withColumns(
        Column.parse(key), value == null ? null : Column.parse(value));
  }

  private static List<String> read(TableOptions options, String text) {
    return Reading.of(JSONL, options, text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"k\":\"a\",\"v\":1},{\"k\":\"b\",\"v\":2}]",
        "[{\"k\":\"a\",\"v\":1},{\"k\":\"b\",\"v\":2}]\n",
        "\n [\n  {\n    \"k\": \"a\",\n    \"v\": 1\n  } ,\n  {\"k\":\"b\",\n\"v\":2}\n]\n\n",
        "{\n\"k\"\n:\n\"a\"\n,\n\"v\"\n:\n1\n}\n{\n \"k\": \"b\", \"v\": 2}",
        "{\"k\":\"a\",\"v\":1}{\"k\":\"b\",\"v\":2}",
        "{\"k\":\"a\",\"v\":1} {\"k\":\"b\",\"v\":2}\n",
        "\ufeff{\"k\":\"a\",\"v\":1}\r\n\r\n{\"k\":\"b\",\"v\":2}\r\n",
      })
  void textsMayStandInAnyWayThatJsonAllows(String text) {
    assertEquals(List.of("a=1", "b=2"), read(TableOptions.DEFAULT, text));
  }

  @Test
  void anArrayThatIsEmptyIsALoadOfNothing() {
    assertEquals(List.of(), read(TableOptions.DEFAULT, "[]"));
    assertEquals(List.of(), read(TableOptions.DEFAULT, " [ \n ] \n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "[{\"k\":\"a\",\"v\":1}",
        "[{\"k\":\"a\",\"v\":1},",
        "[\n{\"k\":\"a\",\"v\":1}\n"
      })
  void anArrayThatWasCutOffIsRefused(String text) {
    ProntoException e = assertThrows(ProntoException.class, () -> read(TableOptions.DEFAULT, text));
    assertEquals("the input ends before the array that it began", e.problem().message());
  }

  @Test
  void aBadElementIsToldWithItsPlaceAndReadingGoesOnInTheNextLine() {
    assertEquals(
        List.of(
            "a=1",
            "3:19+39 expected a value, not \",\"",
            "c=3",
            "5:3+64 a comma or the end of the array should stand here (write [ element, element ],"
                + " or a text a line without an array around them)",
            "e=5"),
        read(
            TableOptions.DEFAULT,
            """
            [
              {"k":"a","v":1},
              {"k":"b","v":[1,,]},
              {"k":"c","v":3}
              {"k":"d","v":4},
              {"k":"e","v":5}
            ]\
            """));
    assertEquals(
        List.of(
            "1:2+1 an element is a JSON object (write {\"k\":\"key\",\"v\":\"value\"}; for JSON of"
                + " another shape give --key POINTER)",
            "1:5+4 an element is a JSON object (write {\"k\":\"key\",\"v\":\"value\"}; for JSON of"
                + " another shape give --key POINTER)"),
        read(TableOptions.DEFAULT, "[1, \"a\"]"));
  }

  @Test
  void keyAndValueArePointedAt() {
    String text =
        "{\"id\":7,\"doc\":{\"b\":1,\"a\":[true,null]},\"name\":\"x\",\"n\":1.50}\n"
            + "{\"id\":\"8\",\"doc\":\"text\",\"name\":\"y\",\"n\":1e400}\n";
    assertEquals(
        List.of("7={\"a\":[true,null],\"b\":1}", "8=text"), read(columns("/id", "/doc"), text));
    assertEquals(List.of("7=1.50", "8=1e400"), read(columns("id", "n"), text));
    assertEquals(
        List.of(
            "7={\"doc\":{\"a\":[true,null],\"b\":1},\"n\":1.50,\"name\":\"x\"}",
            "8={\"doc\":\"text\",\"n\":1e400,\"name\":\"y\"}"),
        read(columns("/id", ":json"), text));
    List<String> all =
        List.of(
            "7={\"doc\":{\"a\":[true,null],\"b\":1},\"id\":7,\"n\":1.50,\"name\":\"x\"}",
            "8={\"doc\":\"text\",\"id\":\"8\",\"n\":1e400,\"name\":\"y\"}");
    assertEquals(all, read(columns("/id", ":all"), text));
    assertEquals(all, read(columns("/id", null), text));
    assertEquals(
        List.of("x:7={\"id\":7,\"name\":\"x\"}", "y:8={\"id\":\"8\",\"name\":\"y\"}"),
        read(columns("/name,/id", "name,id"), text));
    assertEquals(
        List.of("x7={\"b\":1,\"nom\":\"x\"}", "y8={\"nom\":\"y\"}"),
        read(
            columns("/name,/id", "/doc/b,/name")
                .with(new Fields("", Map.of("name", "nom"), false, null)),
            text));
  }

  @Test
  void pointersResolveEscapesAndIndices() {
    assertEquals(
        List.of("z=2"), read(columns("/a~1b/1/~0", "/"), "{\"a/b\":[0,{\"~\":\"z\"}],\"\":2}\n"));
    assertThrows(ProntoException.class, () -> read(columns("/a~2", null), "{}"));
    assertThrows(
        ProntoException.class,
        () -> read(TableOptions.DEFAULT.withColumns(null, Column.parse("/v")), "{}"));
  }

  @Test
  void whatIsMissingOrNoKeyIsToldAndNullIsPassedOver() {
    assertEquals(
        List.of(
            "1:1+0 there is no /id (there are /k, /v)",
            "3:1+17 the key at /id is null (a key is made of texts, numbers, true and false)",
            "4:1+35 there is no /v (there are /id)"),
        read(
            columns("/id", "/v"),
            """
            {"k":1,"v":2}
            \s\s
            {"id":null,"v":1}
            {"id":1}
            {"id":1,"v":null}
            """));
  }

  @Test
  void aLongArrayIsReadInAWindow() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < 20_000; i++) {
      text.append(i == 0 ? "" : ",\n")
          .append("{\"id\":")
          .append(i)
          .append(",\"v\":\"\u00e9[{\\\"\"}");
    }
    List<String> read = read(columns("/id", "/v"), text.append("]").toString());
    assertEquals(20_000, read.size());
    assertTrue(read.contains("19999=\u00e9[{\""));
  }

  @Test
  void whatIsNotUtf8NamesTheOptionThatReadsIt() {
    byte[] latin =
        "{\"k\":\"a\",\"v\":\"\u00e9\"}".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertEquals(
        List.of(
            "1:15+14 not UTF-8: byte 0xe9 (JSON is UTF-8; add --encoding windows-1252, iso-8859-1"
                + " or whatever it is; other bytes go in as base64)"),
        Reading.of(JSONL, TableOptions.DEFAULT, latin));
  }
}
