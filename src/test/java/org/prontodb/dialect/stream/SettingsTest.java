package org.prontodb.dialect.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.ProntoException;

class SettingsTest {
  @Test
  void aListIsReadInItsOrder() {
    List<Setting> wanted =
        List.of(new Setting("user", "sam"), new Setting("pass", "1;2"), new Setting("x", ""));
    assertEquals(wanted, Settings.parse("user=sam;pass=\"1;2\";x="));
    assertEquals(wanted, Settings.parse(" user = sam ;\n;pass=\"1;2\"; x = ; "));
    assertEquals(List.of(), Settings.parse(""));
  }

  @Test
  void aListMayBeLong() {
    String value = "x".repeat(5_000);
    assertEquals(List.of(new Setting("name", value)), Settings.parse("name=" + value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user=sam;pass=\"hush",
        "hush",
        "pass hush",
        "=hush",
        "pass=\"a\"hush",
        "a=\"\\hush\"",
        "pass=hush\nx",
        "pass=hush;pass=hush2",
        "\"pass\"=hush",
        "meta:sec:pass=hush"
      })
  void aMessageAboutABadListHoldsNoValue(String text) {
    ProntoException refusal = assertThrows(ProntoException.class, () -> Settings.parse(text));
    assertFalse(refusal.problem().toString().contains("hush"), refusal.problem()::toString);
  }

  @Test
  void aBadListIsToldWithTheCharacterThatIsWrong() {
    assertEquals("bad settings: something is wrong at character 13", refusal("user=sam; x y=1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max_items=5|a cache needs a timeout",
        "timeout=0|timeout=0 is not whole seconds from 1 to 31622400000",
        "timeout=1;max_items=-1|max_items=-1 is not a whole number from 0",
        "timeout=1;evict_on_read=2|evict_on_read=2 is not a whole number from 0 to 1",
        "tiemout=1|unknown setting \"tiemout\" of a cache",
        "timeout=1;timeout=2|setting \"timeout\" is given twice"
      })
  void whatACacheCanNotBeIsSaid(String settings, String message) {
    assertEquals(message, refusal(settings));
  }

  private static String refusal(String settings) {
    return assertThrows(
            ProntoException.class, () -> Settings.ofCache(Settings.parse(settings), null))
        .getMessage();
  }

  @Test
  void aChangeKeepsWhatItDoesNotName() {
    CacheSettings base = new CacheSettings(60, 5, false);
    assertEquals(
        new CacheSettings(60, 9, false), Settings.ofCache(Settings.parse("max_items=9"), base));
  }
}
