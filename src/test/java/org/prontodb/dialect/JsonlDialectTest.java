package org.prontodb.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.prontodb.dialect.jsonl.JsonlDialect;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Expiry;
import org.prontodb.model.Namespace;

class JsonlDialectTest {
  private static final Dialect JSONL = JsonlDialect.lines();

  @Test
  void aLineIsAnObject() {
    assertEquals(
        List.of(
            "a=one", "b=ÿ\\u{a}", "c={\"a\":[1.0,null],\"b\":\"x\"}", "d=12", "e=null", "f=one"),
        read(
            """
            {"k":"a","v":"one"}
             { "v" : "\\u00ff\\n", "k":"b" }\r

            {"k":"c","v":{"b":"x", "a":[1.0, null]}}
            {"k":"d","v":12}
            {"k":"e","v":null}
            {"k":"f","b64":"b25l"}\
            """));
  }

  @Test
  void aLineMaySayItsNamespaceAndItsLife() {
    assertEquals(
        List.of(
            "namespace kb.a",
            "x=1 after 60",
            "y=2 at 2026-01-31T12:00:00Z",
            "namespace kb.b",
            "x=3 at 2026-01-31T12:00:00Z"),
        read(
            """
            {"k":"x","v":"1","ns":"kb.a","ttl":60}
            {"k":"y","v":"2","ns":"kb.a","expires":"2026-01-31T12:00:00Z"}
            {"k":"x","v":"3","ns":"kb.b","ttl":1,"expires":"2026-01-31T12:00:00Z"}
            """));
  }

  @Test
  void aLineWithoutANamespaceIsForTheOneThatTheLoadBeganWith() {
    assertEquals(
        List.of("w=0", "namespace kb.a", "x=1", "SelectStart[]", "y=2", "z=3"),
        read(
            """
            {"k":"w","v":"0"}
            {"k":"x","v":"1","ns":"kb.a"}
            {"k":"y","v":"2"}
            {"k":"z","v":"3"}
            """));
  }

  @Test
  void aValueMayBeNestedAsDeepAsOneThatIsSet() {
    String deep = "[".repeat(1000) + "]".repeat(1000);
    assertEquals(List.of("a=" + deep), read("{\"k\":\"a\",\"v\":" + deep + "}\n"));
    assertEquals(
        List.of("1:1014+1013 nested more than 1000 deep"),
        read("{\"k\":\"a\",\"v\":[" + deep + "]}\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        "[1] => 2:1+20 a line is one JSON object (write {\"k\":\"key\",\"v\":\"value\"}; for JSON"
            + " of another shape give --key POINTER)",
        "{\"k\":\"a\" => 2:9+28 the text ends where ',' or '}' should be",
        "{\"k\":\"é\",\"v\":nul} => 2:14+34 expected a value, not \"nul\"",
        "{\"k\":\"a\"} => 2:9+28 the object has neither \"v\" nor \"b64\" (write"
            + " {\"k\":\"key\",\"v\":\"value\"})",
        "{\"v\":\"a\"} => 2:9+28 the object has no \"k\" (write {\"k\":\"key\",\"v\":\"value\"};"
            + " for JSON of another shape give --key POINTER)",
        "{\"k\":1,\"v\":1} => 2:6+25 \"k\" is a string (write it in quotes)",
        "{\"k\":\"\",\"v\":1} => 2:6+25 key is empty (a key has from 1 to 1024 bytes of UTF-8 and"
            + " no control character)",
        "{\"k\":\"a\",\"val\":1} => 2:10+29 unknown field \"val\" (did you mean \"v\"?)",
        "{\"k\":\"a\",\"expire\":1} => 2:10+29 unknown field \"expire\" (did you mean"
            + " \"expires\"?)",
        "{\"k\":\"a\",\"colour\":1} => 2:10+29 unknown field \"colour\" (the fields are k, v, b64,"
            + " ns, ttl, expires; for JSON of another shape give --key POINTER)",
        "{\"k\":\"a\",\"v\":1,\"v\":2} => 2:16+35 the name \"v\" stands twice in one object (keep"
            + " one of them)",
        "{\"k\":\"a\",\"v\":1,\"b64\":\"\"} => 2:16+35 a record has \"v\" or \"b64\", not both"
            + " (keep one of them)",
        "{\"k\":\"a\",\"b64\":\"b2%l\"} => 2:19+38 the value is not base64 (text goes into \"v\")",
        "{\"k\":\"a\",\"v\":1,\"ttl\":0} => 2:22+41 \"ttl\" is a number of whole seconds from 1 to"
            + " 31622400000",
        "{\"k\":\"a\",\"v\":1,\"ttl\":\"60\"} => 2:22+41 \"ttl\" is a number of whole seconds from"
            + " 1 to 31622400000",
        "{\"k\":\"a\",\"v\":1,\"expires\":\"soon\"} => 2:26+45 \"soon\" is not an instant (write it"
            + " like 2026-01-31T12:00:00Z)",
        "{\"k\":\"a\",\"v\":1}, => 2:16+35 expected nothing more after the value, not \",\"",
        "{\"k\":\"a\",\"v\":\"\\ud800\"} => 2:15+34 \\ud800 is half of a surrogate pair (characters"
            + " above U+FFFF are two escapes, or stand as they are)",
      })
  void aBadLineIsToldWithItsPlaceAndReadingGoesOn(String line, String problem) {
    String good = "{\"k\":\"a\",\"v\":\"one\"}";
    assertEquals(List.of("a=one", problem, "a=one"), read(good + "\n" + line + "\n" + good));
  }

  @Test
  void missingValuesArePassedOver() {
    assertEquals(
        List.of("b=x"),
        Reading.of(
            JSONL,
            TableOptions.DEFAULT.withNullText("null"),
            "{\"k\":\"a\",\"v\":null}\n{\"k\":\"b\",\"v\":\"x\"}\n"));
  }

  @Test
  void recordsAreWrittenWithTheirLifeAndIfWantedWithTheirNamespace() {
    CacheSettings cache = new CacheSettings(60, 0, true);
    Reading.Writing records =
        w -> {
          w.namespace(new Namespace("kb", "a"), cache);
          w.put(bytes("x"), bytes("é\""), new Expiry.At(0));
          w.put(bytes("y"), new byte[] {-1}, new Expiry.After(5));
        };
    assertEquals(
        """
        {"k":"x","v":"é\\"","expires":"1970-01-01T00:00:00Z"}
        {"k":"y","b64":"/w==","ttl":5}
        """,
        written(TableOptions.DEFAULT, records));
    assertEquals(
        """
        {"k":"x","v":"é\\"","ns":"kb.a","expires":"1970-01-01T00:00:00Z"}
        {"k":"y","b64":"/w==","ns":"kb.a","ttl":5}
        """,
        written(TableOptions.DEFAULT.withNamespaces(), records));
  }

  private static String written(TableOptions options, Reading.Writing writing) {
    return new String(Reading.written(JSONL, options, writing), StandardCharsets.UTF_8);
  }

  private static List<String> read(String text) {
    return Reading.of(JSONL, TableOptions.DEFAULT, text);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
