package org.prontodb.mirror;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.prontodb.model.Namespace;
import org.prontodb.model.ProntoException;

/** A file is JSON that people and programs can read, and says exactly the bytes of the value. */
class FileContentTest {
  private static final NamespaceFolder FOLDER = NamespaceFolder.of(new Namespace("kb", "recipes"));
  private static final Place PLACE = FOLDER.place(utf8("pasta"));
  private static final Place HASHED = FOLDER.place(utf8("p".repeat(300)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "al dente|\"al dente\"",
        "``|\"\"",
        "{\"a\":1}|{\"a\":1}",
        "[1,2]|[1,2]",
        "{\"a\": 1}|\"{\\\"a\\\": 1}\"",
        "{\"b\":1,\"a\":2}|\"{\\\"b\\\":1,\\\"a\\\":2}\"",
        "{\"$a\":1}|\"{\\\"$a\\\":1}\"",
        "{\"!\":0,\"$base64\":\"eA==\"}|\"{\\\"!\\\":0,\\\"$base64\\\":\\\"eA==\\\"}\"",
        "{\"a\":{\"$a\":\"$b\"}}|{\"a\":{\"$a\":\"$b\"}}",
        "42|\"42\"",
        "true|\"true\"",
        "\"quoted\"|\"\\\"quoted\\\"\"",
      })
  void eachValueHasItsSpelling(String value, String file) {
    byte[] content = FileContent.of(utf8(value), PLACE);
    assertEquals(file + "\n", new String(content, StandardCharsets.UTF_8));
    assertArrayEquals(utf8(value), FileContent.parse(content, "f").value());
  }

  @Test
  void bytesThatAreNoTextAreBase64() {
    byte[] value = {(byte) 0xff, 0, 1};
    byte[] content = FileContent.of(value, PLACE);
    assertEquals("{\"$base64\":\"/wAB\"}\n", new String(content, StandardCharsets.UTF_8));
    assertArrayEquals(value, FileContent.parse(content, "f").value());
  }

  @Test
  void aFileWithAHashForItsNameSaysWhoseItIs() {
    for (String value : new String[] {"x", "{\"a\":1}", "{\"$key\":1}", "\u0000"}) {
      FileContent content = FileContent.parse(FileContent.of(utf8(value), HASHED), "f");
      assertArrayEquals(utf8(value), content.value());
      assertEquals("kb", content.label().project());
      assertEquals("recipes", content.label().namespace());
      assertArrayEquals(HASHED.key(), content.label().key());
    }
  }

  @Test
  void anyBytesComeBack() {
    Random random = new Random(3);
    String[] parts = {"{", "}", "[", "]", "\"", "$", "$base64", ":", ",", "1", "a", " ", "é", "\\"};
    for (int i = 0; i < 50_000; i++) {
      byte[] value;
      if (random.nextInt(4) == 0) {
        value = new byte[random.nextInt(6)];
        random.nextBytes(value);
      } else {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(12); n > 0; n--) {
          text.append(parts[random.nextInt(parts.length)]);
        }
        value = utf8(text.toString());
      }
      Place place = random.nextBoolean() ? PLACE : HASHED;
      assertArrayEquals(value, FileContent.parse(FileContent.of(value, place), "f").value());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"b\" : 1,\t \"a\": [ ]}|{\"a\":[],\"b\":1}",
        "  \"x\"  |x",
        "42|42",
        "null|null",
      })
  void whatAnEditorMakesOfItIsUnderstood(String file, String value) {
    assertEquals(
        value, new String(FileContent.parse(utf8(file), "f").value(), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|the text ends where a value should be|f:1:1",
        "{\"a\":}|expected a value, not \"}\"|f:1:6",
        "{\"a\":1,\"a\":2}|the name \"a\" stands twice in one object|f:1:8",
        "{\"$schema\":1}|the name \"$schema\" begins with $, which is reserved|f:1:1",
        "{\"$base64\":\"x\"}|the value of \"$base64\" is not base64|f:1:1",
        "{\"$base64\":1}|a member that begins with $ is a string, but for \"$value\"|f:1:1",
        "{\"$base64\":\"eA==\",\"a\":1}|the name \"$base64\" begins with $, which is reserved|f:1:1",
      })
  void whatIsWrongIsSaidWithItsPlace(String file, String message, String place) {
    ProntoException e =
        assertThrows(ProntoException.class, () -> FileContent.parse(utf8(file), "f"));
    assertEquals(message, e.problem().message());
    assertEquals(place, e.problem().position().toString());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
