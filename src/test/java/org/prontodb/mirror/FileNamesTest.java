package org.prontodb.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every word has a name of its own that every file system keeps, and that leads back to it. */
class FileNamesTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "pasta, pasta.json",
        "user-7_x, user-7_x.json",
        "a.b, a.b.json",
        "., %2E.json",
        ".., %2E%2E.json",
        ".hidden, %2Ehidden.json",
        "dot., dot%2E.json",
        "`blank `, blank%20.json",
        "two words, two words.json",
        "a/b, a%2Fb.json",
        "a\\b:c*d, a%5Cb%3Ac%2Ad.json",
        "100%, 100%25.json",
        "Pasta, %50asta.json",
        "con, %63on.json",
        "nul.txt, %6Eul.txt.json",
        "com1, %63om1.json",
        "console, console.json",
        "pâte, pâte.json",
        "Ärger, %C3%84rger.json",
        "餃子, 餃子.json",
        "straße, stra%C3%9Fe.json",
        "a\u0301, a%CC%81.json",
      })
  void aFileIsNamedAfterItsWord(String word, String name) {
    assertEquals(name, FileNames.ofFile(word));
    assertEquals(Optional.of(word), FileNames.wordOfFile(name));
  }

  @Test
  void aFolderIsNeverTakenForAFile() {
    assertEquals("x%2Ejson", FileNames.ofFolder("x.json"));
    assertEquals(Optional.of("x.json"), FileNames.wordOfFolder("x%2Ejson"));
    assertEquals("it", FileNames.ofFolder("it"));
  }

  @Test
  void aNameThatIsTooLongIsAHash() {
    String fits = "x".repeat(250);
    assertEquals(fits + ".json", FileNames.ofFile(fits));
    String name = FileNames.ofFile(fits + "y");
    assertEquals(2 + 64 + 5, name.length());
    assertTrue(FileNames.isHashed(name));
    assertTrue(FileNames.isHashed(FileNames.ofFolder("X".repeat(100))));
    assertFalse(FileNames.isHashed(FileNames.ofFile("%~x")));
  }

  @Test
  void whatNoWordIsEncodedAsIsNone() {
    for (String name : List.of("%", "a%2", "a%zz", "%ff", "%~0")) {
      assertEquals(Optional.empty(), FileNames.wordOfFolder(name), name);
    }
  }

  @Test
  void noTwoWordsShareANameWhateverAFileSystemDoesToIt() {
    Random random = new Random(7);
    Map<String, String> words = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      String word = randomWord(random);
      String name = FileNames.ofFile(word);
      assertTrue(name.getBytes(StandardCharsets.UTF_8).length <= 255, name);
      assertEquals(Optional.of(word), FileNames.wordOfFile(name));
      assertFalse(name.startsWith(".") || name.contains("/"), name);
      String apart = Normalizer.normalize(name, Normalizer.Form.NFD);
      assertEquals(Optional.of(word), FileNames.wordOfFile(apart), "taken apart: " + word);
      String other = words.putIfAbsent(folded(name), word);
      assertTrue(other == null || other.equals(word), () -> other + " and " + word);
    }
    assertNull(words.get("."));
  }

  /** What HFS+, APFS and NTFS, taken together, see no difference in. */
  private static String folded(String name) {
    return Normalizer.normalize(
        name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
  }

  private static String randomWord(Random random) {
    String[] parts = {
      "a",
      "A",
      "s",
      "S",
      "k",
      "K",
      "\u212a",
      "ß",
      "ſ",
      "é",
      "e\u0301",
      "É",
      "Å",
      "\u212b",
      "i",
      "I",
      "ı",
      "İ",
      "ς",
      "σ",
      "Σ",
      "ﬁ",
      ".",
      " ",
      "/",
      "%",
      "%41",
      "con",
      "nul",
      "~",
      "1",
      "½",
      "각",
      "\u1100\u1161\u11a8",
      "\ufe0f",
      "😀",
      "\u200d",
      "क्षि",
      "Ǆ",
      "ǅ",
      "ǆ",
      "ŉ"
    };
    StringBuilder word = new StringBuilder();
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      word.append(parts[random.nextInt(parts.length)]);
    }
    return word.toString();
  }
}
