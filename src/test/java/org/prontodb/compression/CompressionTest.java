package org.prontodb.compression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.prontodb.model.Problem;
import org.prontodb.model.ProntoException;

class CompressionTest {
  @ParameterizedTest
  @EnumSource
  void whatIsCompressedIsReadWithoutBeingTold(Compression compression) throws IOException {
    for (int length : new int[] {0, 1, 3, 100_000}) {
      byte[] bytes = new byte[length];
      new Random(length).nextBytes(bytes);
      byte[] compressed = compressed(compression, bytes);
      assertArrayEquals(bytes, read(new ByteArrayInputStream(compressed)));
      assertArrayEquals(bytes, read(new Trickle(compressed)));
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void filesThatWerePutOneBehindTheOtherAreOneInput(Compression compression) throws IOException {
    byte[] half = compressed(compression, "half ".getBytes());
    byte[] both = Arrays.copyOf(half, 2 * half.length);
    System.arraycopy(half, 0, both, half.length, half.length);
    assertEquals("half half ", new String(read(new ByteArrayInputStream(both))));
    assertEquals("half half ", new String(read(new Trickle(both))));
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void aFileThatWasCutOffIsRefused(Compression compression) throws IOException {
    byte[] bytes = new byte[1000];
    new Random(1).nextBytes(bytes);
    byte[] compressed = compressed(compression, bytes);
    for (int length : new int[] {10, 100, compressed.length - 1}) {
      Problem problem =
          assertThrows(
                  ProntoException.class,
                  () -> read(new ByteArrayInputStream(compressed, 0, length)))
              .problem();
      assertEquals(Problem.Kind.CONTENT, problem.kind());
      assertTrue(
          problem.message().startsWith("f.tsv.gz is compressed, but damaged: "), problem.message());
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void theSecondOfTwoFilesThatWasCutOffIsRefused(Compression compression) throws IOException {
    byte[] half = compressed(compression, "half ".getBytes());
    byte[] both = Arrays.copyOf(half, 2 * half.length);
    System.arraycopy(half, 0, both, half.length, half.length);
    for (int length = half.length + 1; length < both.length; length++) {
      byte[] cut = Arrays.copyOf(both, length);
      assertThrows(ProntoException.class, () -> read(new ByteArrayInputStream(cut)));
      assertThrows(ProntoException.class, () -> read(new Trickle(cut)));
    }
  }

  @Test
  void noMoreIsReadThanTellsThatTheInputIsNotCompressed() throws IOException {
    InputStream in =
        new InputStream() {
          private int given;

          @Override
          public int read() {
            assertEquals(0, given++, "waits for a byte that may never come");
            return 'a';
          }
        };
    try (InputStream plain = Compression.undo(in, "<stdin>")) {
      assertEquals('a', plain.read());
    }
  }

  @Test
  void theNameSaysHowAFileIsWritten() {
    assertEquals(Compression.GZIP, Compression.ofFile("out.tsv.gz"));
    assertEquals(Compression.ZSTD, Compression.ofFile("out.zst"));
    assertEquals(Compression.NONE, Compression.ofFile("gz"));
    assertEquals("out.tsv", Compression.nameWithout("out.tsv.gz"));
    assertEquals("out.tsv", Compression.nameWithout("out.tsv"));
  }

  private static byte[] compressed(Compression compression, byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream compressing = compression.writer(out)) {
      compressing.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] read(InputStream in) throws IOException {
    try (InputStream plain = Compression.undo(in, "f.tsv.gz")) {
      return plain.readAllBytes();
    }
  }

  /** A pipe: one byte at a time, and never known to have more. */
  private static final class Trickle extends ByteArrayInputStream {
    Trickle(byte[] bytes) {
      super(bytes);
    }

    @Override
    public int read(byte[] into, int from, int length) {
      return super.read(into, from, Math.min(length, 1));
    }

    @Override
    public int available() {
      return 0;
    }
  }
}
