package org.prontodb.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.prontodb.model.Expiry;

class StagingTest {
  @TempDir Path folder;
  private int spillFiles;

  private FileChannel spill() throws IOException {
    spillFiles++;
    return FileChannel.open(
        Files.createTempFile(folder, "spill", ""),
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** What a key of a namespace was last said to be; a null value means deleted. */
  private record Write(byte[] value, Expiry expiry, long sequence) {}

  private record Place(int namespace, byte[] key) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int order = Integer.compare(namespace, other.namespace);
      return order != 0 ? order : Arrays.compareUnsigned(key, other.key);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 5_000, 1 << 20})
  void the_last_write_of_each_key_comes_out_in_order(int bufferSize) {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Map<Place, Write> expected = new TreeMap<>();
      try (Staging staging = new Staging(this::spill, bufferSize)) {
        for (long n = 1; n <= 2_000; n++) {
          int namespace = random.nextInt(3);
          byte[] key = key(random);
          if (random.nextInt(10) == 0) {
            staging.delete(namespace, key);
            expected.put(new Place(namespace, key), new Write(null, null, n));
          } else {
            byte[] value = new byte[random.nextInt(20) == 0 ? 700 : random.nextInt(9)];
            random.nextBytes(value);
            Expiry expiry = expiry(random);
            staging.put(namespace, key, value, expiry);
            expected.put(new Place(namespace, key), new Write(value, expiry, n));
          }
        }
        assertHolds(expected, staging.read());
      }
    }
  }

  private static byte[] key(Random random) {
    byte[] tail = new byte[1 + random.nextInt(12)];
    for (int i = 0; i < tail.length; i++) {
      tail[i] = (byte) (random.nextInt(6) == 0 ? 0xc3 : 'a' + random.nextInt(2));
    }
    byte[] head = random.nextBoolean() ? "shared/prefix/".getBytes(StandardCharsets.UTF_8) : tail;
    byte[] key = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, key, head.length, tail.length);
    return key;
  }

  private static Expiry expiry(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Expiry.DEFAULT;
      case 1 -> new Expiry.After(random.nextInt(1, 100));
      case 2 -> new Expiry.At(random.nextLong());
      default -> null;
    };
  }

  private static void assertHolds(Map<Place, Write> expected, StagedCursor cursor) {
    for (Map.Entry<Place, Write> next : expected.entrySet()) {
      assertTrue(cursor.next());
      assertEquals(next.getKey().namespace(), cursor.namespace());
      assertArrayEquals(next.getKey().key(), cursor.key());
      Write write = next.getValue();
      assertEquals(write.sequence(), cursor.sequence());
      assertEquals(write.value() == null, cursor.isDelete());
      if (write.value() != null) {
        assertArrayEquals(write.value(), cursor.value());
        assertEquals(write.expiry(), cursor.expiry());
      }
    }
    assertFalse(cursor.next());
  }

  @Test
  void a_marked_place_can_be_gone_back_to_although_runs_have_ended() {
    try (Staging staging = new Staging(this::spill, 400)) {
      for (int i = 0; i < 200; i++) {
        staging.put(
            0,
            "key%03d".formatted(i * 7 % 200).getBytes(StandardCharsets.UTF_8),
            new byte[3],
            null);
      }
      StagedCursor cursor = staging.read();
      for (int i = 0; i <= 50; i++) {
        assertTrue(cursor.next());
      }
      cursor.mark();
      while (cursor.next()) {}
      cursor.reset();
      for (int i = 50; i < 200; i++) {
        assertEquals("key%03d".formatted(i), new String(cursor.key(), StandardCharsets.UTF_8));
        assertEquals(i < 199, cursor.next());
      }
    }
  }

  @Test
  void a_small_load_makes_no_file() {
    try (Staging staging = new Staging(this::spill)) {
      staging.put(0, new byte[] {1}, new byte[100_000], null);
      assertTrue(staging.read().next());
    }
    assertEquals(0, spillFiles);
  }

  @Test
  void a_value_larger_than_the_memory_comes_back_whole() {
    byte[] large = new byte[3 << 20];
    new Random(1).nextBytes(large);
    try (Staging staging = new Staging(this::spill, 1 << 16)) {
      staging.put(0, new byte[] {2}, new byte[] {7}, null);
      staging.put(0, new byte[] {1}, large, null);
      staging.put(0, new byte[] {3}, new byte[] {9}, null);
      StagedCursor cursor = staging.read();
      assertTrue(cursor.next());
      assertArrayEquals(large, cursor.value());
      assertTrue(cursor.next());
      assertArrayEquals(new byte[] {7}, cursor.value());
      assertTrue(cursor.next());
      assertFalse(cursor.next());
    }
  }
}
