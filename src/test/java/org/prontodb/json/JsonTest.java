package org.prontodb.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.prontodb.model.Position;
import org.prontodb.model.Problem;
import org.prontodb.model.ProntoException;

class JsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        "{\"b\":1,\"a\":2} => {\"a\":2,\"b\":1}",
        " [ 1 , 2 ] => [1,2]",
        "{ } => {}",
        "[ ] => []",
        "{\"a\" : { \"z\" : [ {\"y\":1, \"x\":2} ], \"b\" : null } } => {\"a\":{\"b\":null,\"z\":[{\"x\":2,\"y\":1}]}}",
        "1.0 => 1.0",
        "-0 => -0",
        "1E+05 => 1E+05",
        "123456789012345678901234567890.000 => 123456789012345678901234567890.000",
        "\"\\u0041\\/\\u00e9\" => \"A/é\"",
        "\"\\u000a\\u0008\\u000C\\u000d\\u0009\\u001F\\u0000\" => \"\\n\\b\\f\\r\\t\\u001f\\u0000\"",
        "\"\\u007f\\u2028\" => \"\u007f\u2028\"",
        "\"\\ud83d\\ude00\" => \"😀\"",
        "{\"\\u0062\":1,\"a\":2} => {\"a\":2,\"b\":1}",
        "{\"\\\"\":1,\"!\":2} => {\"!\":2,\"\\\"\":1}",
        "{\"\":0} => {\"\":0}",
        "true => true",
        "\"a\" => \"a\"",
      })
  void thereIsOneSpellingForAllTextsThatSayTheSame(String text, String canonical) {
    assertEquals(canonical, canonical(text));
    assertEquals(canonical, canonical(canonical), "canonical text stays as it is");
  }

  @Test
  void namesAreSortedByCodePointWhichIsNotTheOrderOfChars() {
    assertEquals("{\"\uff5e\":1,\"😀\":2}", canonical("{\"😀\":2,\"\uff5e\":1}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        "`` => 1:1 => the text ends where a value should be",
        "`  ` => 1:3 => the text ends where a value should be",
        "{ => 1:2 => the text ends where a name or '}' should be",
        "[ => 1:2 => the text ends where a value or ']' should be",
        "[1 => 1:3 => the text ends where ',' or ']' should be",
        "[1, => 1:4 => the text ends where a value should be",
        "[1,] => 1:4 => expected a value, not \"]\"",
        "{\"a\":1,} => 1:8 => expected a name, not \"}\"",
        "{\"a\" 1} => 1:6 => expected ':' after the name, not \"1\"",
        "{\"a\":} => 1:6 => expected a value, not \"}\"",
        "{a:1} => 1:2 => expected a name or '}', not \"a\"",
        "{'a':1} => 1:2 => expected a name or '}', not \"'\"",
        "{1:1} => 1:2 => expected a name or '}', not \"1\"",
        "[1 2] => 1:4 => expected ',' or ']', not \"2\"",
        "{\"a\":1 \"b\":2} => 1:8 => expected ',' or '}', not \"\"\"",
        "[1} => 1:3 => expected ',' or ']', not \"}\"",
        "1 2 => 1:3 => expected nothing more after the value, not \"2\"",
        "{}} => 1:3 => expected nothing more after the value, not \"}\"",
        "nul => 1:1 => expected a value, not \"nul\"",
        "True => 1:1 => expected a value, not \"True\"",
        "nulll => 1:1 => expected a value, not \"nulll\"",
        "NaN => 1:1 => expected a value, not \"NaN\"",
        "Infinity => 1:1 => expected a value, not \"Infinity\"",
        "-Infinity => 1:2 => expected a digit after '-', not \"Infinity\"",
        "+1 => 1:1 => expected a value, not \"+\"",
        "-  => 1:2 => the text ends where a digit after '-' should be",
        "01 => 1:2 => a number does not begin with 0",
        "-012 => 1:3 => a number does not begin with 0",
        ".5 => 1:1 => expected a value, not \".\"",
        "1. => 1:3 => the text ends where a digit after '.' should be",
        "1.e5 => 1:3 => expected a digit after '.', not \"e5\"",
        "1e => 1:3 => the text ends where a digit after the exponent's 'e' should be",
        "1e+x => 1:4 => expected a digit after the exponent's 'e', not \"x\"",
        "0x10 => 1:2 => expected nothing more after the value, not \"x10\"",
        "\"a => 1:3 => the text ends inside a string",
        "\"a\\ => 1:4 => the text ends inside a string",
        "\"\\x41\" => 1:2 => this escape is not one of JSON's",
        "\"\\u12g4\" => 1:2 => \\u wants four hexadecimal digits",
        "\"\\u12\" => 1:2 => \\u wants four hexadecimal digits",
        "\"é\\ud800\" => 1:3 => \\ud800 is half of a surrogate pair",
        "\"\\ud800\\u0041\" => 1:2 => \\ud800 is half of a surrogate pair",
        "\"\\udc00\" => 1:2 => \\udc00 is half of a surrogate pair",
        "`\"a\tb\"` => 1:3 => a string holds the control character U+0009",
        "`\"a\nb\"` => 1:3 => a string holds the control character U+000A",
        "`[1,\n // one\n 2]` => 2:2 => expected a value, not \"/\"",
        "`[1,\n \"é\", x]` => 2:7 => expected a value, not \"x\"",
        "{\"a\":1,\"b\":2,\"a\":3} => 1:14 => the name \"a\" stands twice in one object",
        "{\"a\":1,\"\\u0061\":2} => 1:8 => the name \"a\" stands twice in one object",
        "[{\"x\":{\"k\":0,\"k\":0}}] => 1:14 => the name \"k\" stands twice in one object",
        "`\uFEFF{}` => 1:1 => expected a value, not byte 0xef",
        "\u00a01 => 1:1 => expected a value, not byte 0xc2",
      })
  void whatIsNotJsonIsRefusedWithItsPlace(String text, String place, String message) {
    Problem problem = refused(utf8(text));
    assertEquals(message, problem.message());
    assertEquals("<stdin>:" + place, problem.position().toString());
    assertEquals(Problem.Kind.CONTENT, problem.kind());
  }

  @Test
  void anErrorNamesLineColumnAndByte() {
    Problem problem = refused(utf8("{\n  \"né\": 1,\n  \"ü\": x\n}"));
    assertEquals(new Position("<stdin>", 3, 8, 22), problem.position());
    assertEquals("  \"ü\": x", problem.source().text());
    assertEquals(7, problem.source().caret());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "c3", "c3 28", "ed a0 80", "f4 90 80 80", "c0 80", "e2 82"})
  void bytesThatAreNotUtf8AreRefusedWhereTheyStand(String hex) {
    byte[] bad = java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
    byte[] text = new byte[bad.length + 3];
    text[0] = '"';
    text[1] = 'x';
    System.arraycopy(bad, 0, text, 2, bad.length);
    text[text.length - 1] = '"';
    Problem problem = refused(text);
    assertEquals("not UTF-8", problem.message().substring(0, 9), problem.message());
  }

  @Test
  void aThousandLevelsAreFine() {
    String text = "[".repeat(1000) + "]".repeat(1000);
    assertEquals(text, canonical(text));
  }

  @ParameterizedTest
  @ValueSource(ints = {1001, 100_000})
  void moreLevelsAreRefusedAndNeverOverflowTheStack(int depth) {
    Problem problem = refused(utf8("[".repeat(depth)));
    assertEquals("nested more than 1000 deep", problem.message());
    assertEquals(1000, problem.position().offset());
    assertArrayEquals(utf8("\"" + "[".repeat(depth) + "\""), Json.pretty(utf8("[".repeat(depth))));
  }

  @Test
  void prettyTextIsIndentedByTwoSpacesAndKeepsTheOrder() {
    assertEquals(
        """
        {
          "w": 10,
          "a": [
            1.50,
            "x",
            {}
          ],
          "e": [],
          "o": {
            "n": null
          }
        }""",
        pretty("{\"w\":10, \"a\":[1.50,\"\\u0078\",{ }],\"e\":[ ],\"o\":{\"n\":null}}"));
    assertEquals("12", pretty(" 12 "));
  }

  @Test
  void aValueThatIsNotJsonIsShownAsAString() {
    assertEquals("\"al \\\"dente\\\"\\n\"", pretty("al \"dente\"\n"));
    assertEquals("\"\"", pretty(""));
  }

  @Test
  void canonicalIfJsonSaysNothingAboutOtherText() {
    assertFalse(Json.canonicalIfJson(utf8("plain")).isPresent());
    assertArrayEquals(utf8("[1]"), Json.canonicalIfJson(utf8("[ 1 ]")).orElseThrow());
  }

  @Test
  void randomValuesSurviveCanonicalAndPrettySpelling() {
    Random random = new Random(20260101);
    for (int i = 0; i < 2000; i++) {
      StringBuilder loose = new StringBuilder();
      String canonical = RandomJson.write(random, loose);
      assertEquals(canonical, canonical(loose.toString()), loose.toString());
      assertEquals(canonical, canonical(pretty(loose.toString())), loose.toString());
    }
  }

  @Test
  void cutOrDamagedTextNeverBreaksTheReader() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder loose = new StringBuilder();
      RandomJson.write(random, loose);
      byte[] text = utf8(loose.toString());
      for (int k = random.nextInt(3); k >= 0; k--) {
        text[random.nextInt(text.length)] = (byte) random.nextInt(256);
      }
      Json.canonicalIfJson(java.util.Arrays.copyOf(text, random.nextInt(text.length + 1)))
          .ifPresent(
              canonical -> assertArrayEquals(canonical, Json.canonical(canonical, "<stdin>")));
    }
  }

  private static String canonical(String text) {
    return new String(Json.canonical(utf8(text), "<stdin>"), StandardCharsets.UTF_8);
  }

  private static String pretty(String text) {
    return new String(Json.pretty(utf8(text)), StandardCharsets.UTF_8);
  }

  private static Problem refused(byte[] text) {
    return assertThrows(ProntoException.class, () -> Json.canonical(text, "<stdin>")).problem();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
