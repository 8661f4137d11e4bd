package org.prontodb.dialect.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.BatchCommand.Rejected;
import org.prontodb.model.Position;

/** Random streams, good and bad statements mixed, against a count from the beginning each time. */
class PositionTest {
  private static final String[] PIECES = {
    "a=1;",
    "\n",
    " ",
    "\r\n",
    "\t",
    ";",
    "# a comment; with é\n",
    "é=\"😀\n\n\";",
    "x y=1;",
    "a.b=1;",
    "b=\"\\q\";",
    "c=1\nd=2;",
    "\"odd; key\"= v ;",
    "meta:nope=1;",
    "meta:ttl=60;",
    "=;",
    "k=\"v\" w;",
    "中中 中=1;",
    "long=" + "é!".repeat(400) + ";",
    "q=\"" + "line\n".repeat(300) + "\";"
  };

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 5000, 128 << 10})
  void everyPlaceIsWhereACountFromTheBeginningFindsIt(int window) throws IOException {
    Random random = new Random(window);
    for (int round = 0; round < 20; round++) {
      byte[] stream = stream(random);
      try (StreamReader reader = Reading.reader(new ByteArrayInputStream(stream), window)) {
        long end = 0;
        for (BatchCommand c = reader.next(); c != null; c = reader.next()) {
          check(stream, reader.position());
          assertTrue(reader.position().offset() >= end);
          end = reader.bytesRead();
          assertArrayEquals(
              Arrays.copyOfRange(stream, (int) reader.position().offset(), (int) end),
              reader.statement());
          if (c instanceof Rejected bad) {
            check(stream, bad.problem().position());
            String line = bad.problem().source().text();
            assertEquals(
                line.codePointCount(0, line.length()) >= bad.problem().source().caret(),
                true,
                line);
          }
        }
        assertEquals(stream.length, reader.bytesRead());
      }
    }
  }

  private static byte[] stream(Random random) {
    StringBuilder stream = new StringBuilder(random.nextBoolean() ? "\ufeff" : "");
    for (int i = random.nextInt(400); i > 0; i--) {
      stream.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return Reading.utf8(stream.append(";").toString());
  }

  private static void check(byte[] stream, Position position) {
    String before =
        new String(stream, 0, (int) position.offset(), StandardCharsets.UTF_8)
            .replace("\ufeff", "");
    String line = before.substring(before.lastIndexOf('\n') + 1);
    assertEquals(before.chars().filter(c -> c == '\n').count() + 1, position.line());
    assertEquals(line.codePointCount(0, line.length()) + 1, position.column());
  }
}
