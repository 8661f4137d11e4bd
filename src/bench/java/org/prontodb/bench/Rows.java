package org.prontodb.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Records to measure with, the same ones at each run: keys of 14 letters, values of 40. */
public final class Rows {
  /** How many rows the benchmarks take that do not say otherwise. */
  public static final int COUNT = 10_000;

  private static final String ASCII = "abcdefghijklmnop";
  private static final String CYRILLIC = "абвгдежзиклмнопр";

  /** A record as text. */
  public record Row(String key, String value) {
    public byte[] keyBytes() {
      return key.getBytes(StandardCharsets.UTF_8);
    }

    public byte[] valueBytes() {
      return value.getBytes(StandardCharsets.UTF_8);
    }
  }

  private Rows() {}

  /** Rows in the order of their keys. */
  public static List<Row> ordered(int count) {
    return rows(count, "key00", ASCII);
  }

  /** The same rows in an order that has nothing to do with their keys. */
  public static List<Row> shuffled(int count) {
    List<Row> rows = ordered(count);
    Collections.shuffle(rows, new Random(42));
    return rows;
  }

  /** Rows whose values and the beginnings of whose keys have two bytes a letter. */
  public static List<Row> nonAscii(int count) {
    return rows(count, "ключ0", CYRILLIC);
  }

  private static List<Row> rows(int count, String prefix, String letters) {
    Random random = new Random(20261123);
    List<Row> rows = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      StringBuilder value = new StringBuilder(40);
      for (int k = 0; k < 40; k++) {
        value.append(letters.charAt(random.nextInt(letters.length())));
      }
      rows.add(new Row("%s%09d".formatted(prefix, i), value.toString()));
    }
    return rows;
  }
}
