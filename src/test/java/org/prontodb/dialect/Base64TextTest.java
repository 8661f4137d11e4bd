package org.prontodb.dialect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.prontodb.model.ByteBuilder;

class Base64TextTest {
  @Test
  void agreesWithThePlatformForAnyBytes() {
    Random random = new Random(1);
    for (int length = 0; length < 300; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      ByteBuilder out = new ByteBuilder(1).append("x");
      Base64Text.encode(bytes, out);
      assertEquals("x" + Base64.getEncoder().encodeToString(bytes), out.toString());
      assertArrayEquals(bytes, Base64Text.decode(out.array(), 1, out.length()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "QQ, 2", "QQ=, 3", "QQQ, 3", "Q===, 1", "====, 0", "=, 0", "QQ==QQ==, 4", "QR==, 1",
    "QUJ=, 2", "QUJDRB==, 5", "QUJD QUJD, 4", "QU-_, 2", "QUI=x, 4", "QQ=Q, 3", "QUJDé, 4", "A, 1",
    "QUI==, 4"
  })
  void whatIsNotExactlyBase64IsRefusedAtTheCharacterThatCanNotContinue(String text, int at) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertNull(Base64Text.decode(bytes, 0, bytes.length));
    assertEquals(at, Base64Text.firstInvalid(bytes, 0, bytes.length));
  }

  @ParameterizedTest
  @CsvSource({"QUJD", "QQ==", "QUI=", "+/+/", "''"})
  void whatIsExactlyBase64IsTaken(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertNotNull(Base64Text.decode(bytes, 0, bytes.length));
  }
}
