package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  @Test
  void textIsItself() {
    for (String text : new String[] {"", "plain", "café", "日本", "😀 and 😀"}) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      assertEquals(text, Arguments.word(utf8));
      assertArrayEquals(utf8, Arguments.bytes(text));
    }
  }

  @Test
  void anyBytesComeThroughAWord() {
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(12)];
      random.nextBytes(bytes);
      for (int i = 0; i < bytes.length; i++) {
        if (random.nextBoolean()) {
          bytes[i] =
              "\u00ed\u00a0\u0080\u00f0\u009f\u0098a"
                  .getBytes(StandardCharsets.ISO_8859_1)[random.nextInt(7)];
        }
      }
      assertArrayEquals(bytes, Arguments.bytes(Arguments.word(bytes)));
    }
  }
}
