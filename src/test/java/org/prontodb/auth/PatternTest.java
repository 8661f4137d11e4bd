package org.prontodb.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.prontodb.model.Delimiter;
import org.prontodb.model.ProntoException;

class PatternTest {

  @ParameterizedTest
  @ValueSource(strings = {"*", "kb.*", "kb.recipes"})
  void isWrittenAsItWasRead(String text) {
    assertEquals(text, Pattern.parse(text, Delimiter.DEFAULT).text(Delimiter.DEFAULT));
  }

  @Test
  void allOfAllIsAll() {
    assertEquals("*", Pattern.parse("*.*", Delimiter.DEFAULT).text(Delimiter.DEFAULT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kb        | \"kb\" is no pattern of namespaces",
        "kb.a.b    | \"kb.a.b\" is no pattern of namespaces",
        "*.recipes | \"*.recipes\" is no pattern of namespaces",
        "k*.*      | \"k*.*\" is no pattern of namespaces",
        "kb.rec*   | \"kb.rec*\" is no pattern of namespaces",
        "kb.       | namespace name is empty",
        ".x        | project name is empty",
        "k b.*     | project name \"k b\" holds white space at character 2",
      })
  void otherFormsAreRefused(String text, String message) {
    assertEquals(
        message,
        assertThrows(ProntoException.class, () -> Pattern.parse(text, Delimiter.DEFAULT))
            .problem()
            .message());
  }
}
