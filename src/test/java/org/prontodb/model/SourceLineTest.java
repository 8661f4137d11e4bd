package org.prontodb.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SourceLineTest {
  @Test
  void aShortLineIsShownWhole() {
    assertEquals(new SourceLine("x y=1;", 2), around("x y=1;", 2));
  }

  @Test
  void theCaretCountsCharactersNotBytes() {
    assertEquals(new SourceLine("né\u4e2d😀!", 4), around("né\u4e2d😀!", 9 + 1));
  }

  @Test
  void whatATerminalWouldActUponIsEscaped() {
    assertEquals(new SourceLine("a\\tb\\u{202e}c", 3), around("a\tb\u202ec", 2));
  }

  @Test
  void aLongLineIsCutAroundTheCaret() {
    String line = "a".repeat(5000) + "!" + "b".repeat(5000);
    SourceLine shown = around(line, 5000);
    assertEquals('!', shown.text().charAt(shown.caret()));
    assertEquals(SourceLine.MAX_CHARACTERS + 2, shown.text().length());
    assertTrue(shown.text().startsWith("…a") && shown.text().endsWith("b…"), shown.text());
  }

  @Test
  void aCutNeverTearsACharacter() {
    String line = "😀".repeat(3000) + "!" + "😀".repeat(3000);
    for (String text : new String[] {line, "x" + line}) {
      SourceLine shown =
          around(
              text, text.substring(0, text.indexOf('!')).getBytes(StandardCharsets.UTF_8).length);
      assertEquals(
          '!', shown.text().codePointAt(shown.text().offsetByCodePoints(0, shown.caret())));
      assertTrue(shown.text().codePoints().noneMatch(c -> c == 0xfffd), shown.text());
    }
  }

  @Test
  void theEndOfALineCanBeMarked() {
    assertEquals(new SourceLine("abc", 3), around("abc", 3));
  }

  private static SourceLine around(String line, int at) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return SourceLine.around(bytes, 0, bytes.length, at);
  }
}
