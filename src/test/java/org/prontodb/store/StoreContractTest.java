package org.prontodb.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.CompressionSettings;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Entry;
import org.prontodb.model.Key;
import org.prontodb.model.Lifetime;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.store.AppliedLoads.Batch;
import org.prontodb.store.AppliedLoads.Part;
import org.prontodb.store.AppliedLoads.Receipt;
import org.prontodb.store.Identities.ApiKey;
import org.prontodb.store.Identities.Grant;
import org.prontodb.store.Identities.IdentityChange;
import org.prontodb.store.Identities.Session;

/** What {@link Store} and its parts promise; every store passes this. */
public abstract class StoreContractTest {
  private static final Namespace RECIPES = new Namespace("kb", "recipes");
  private static final Namespace NOTES = new Namespace("kb", "notes");

  /** What the transactions of these tests write into. */
  private static final List<Namespace> WRITTEN =
      List.of(RECIPES, NOTES, new Namespace("kb", "cache"));

  private static final CacheSettings MINUTE = new CacheSettings(60, 0, true);
  private static final long NOW = 1_000_000_000_000L;

  private Store store;

  /** A new, empty store. A writer that meets another waits for a moment at the most. */
  protected abstract Store open();

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  // --- keys and values

  @Test
  void whatWasPutIsThere() {
    put(RECIPES, "pasta", "al dente");
    assertEquals("al dente", get(RECIPES, "pasta"));
    assertNull(get(RECIPES, "past"));
    assertNull(get(RECIPES, "PASTA"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void howLargeAValueIsCanBeToldBeforeItIsRead(boolean cached) {
    try (Transaction transaction = store.write(RECIPES)) {
      NamespaceInfo namespace = transaction.create(RECIPES, cached ? MINUTE : null);
      try (NamespaceWriter writer = transaction.writer(namespace)) {
        for (int i = 0; i < 5; i++) {
          Lifetime lifetime = cached ? new Lifetime(NOW, 60, NOW + 60_000) : null;
          writer.put(utf8("k" + i), new byte[i * 100_000], lifetime, i);
        }
      }
      assertEquals(300_000, transaction.size(namespace, Key.of("k3")));
      assertEquals(0, transaction.size(namespace, Key.of("k9")));
      assertEquals(400_000, transaction.largest(namespace, KeyRange.ALL, NOW, 9));
      assertEquals(200_000, transaction.largest(namespace, KeyRange.ALL, NOW, 3));
      assertEquals(
          100_000, transaction.largest(namespace, new KeyRange(utf8("k"), utf8("k2")), NOW, 9));
      assertEquals(
          cached ? 0 : 400_000, transaction.largest(namespace, KeyRange.ALL, NOW + 60_000, 9));
    }
  }

  @Test
  void laterValueTakesThePlaceOfTheEarlier() {
    put(RECIPES, "pasta", "hard");
    put(RECIPES, "pasta", "soft");
    assertEquals("soft", get(RECIPES, "pasta"));
    assertEquals(List.of("pasta=soft"), scan(RECIPES, KeyRange.ALL));
  }

  @Test
  void lastOfTwoPutsToOneKeyWinsWithinOneWriter() {
    write(
        RECIPES,
        writer -> {
          writer.put(utf8("b"), utf8("1"), null, 0);
          writer.put(utf8("a"), utf8("2"), null, 0);
          writer.put(utf8("b"), utf8("3"), null, 0);
        });
    assertEquals(List.of("a=2", "b=3"), scan(RECIPES, KeyRange.ALL));
  }

  @Test
  void deletionsThatFoundARecordAreCounted() {
    write(
        RECIPES,
        writer -> {
          writer.put(utf8("a"), utf8("1"), null, 0);
          writer.put(utf8("b"), utf8("2"), null, 0);
          writer.delete(utf8("a"));
          writer.delete(utf8("a"));
          writer.delete(utf8("c"));
          assertEquals(1, writer.deleted());
          writer.put(utf8("c"), utf8("3"), null, 0);
          writer.delete(utf8("c"));
          assertEquals(2, writer.deleted());
        });
    assertEquals(List.of("b=2"), scan(RECIPES, KeyRange.ALL));
  }

  @Test
  void valuesAreBytesOfAnyKindAndLength() {
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }
    byte[] big = new byte[20 << 20];
    new Random(1).nextBytes(big);
    write(
        RECIPES,
        writer -> {
          writer.put(utf8("big"), big, null, 0);
          writer.put(utf8("empty"), new byte[0], null, 0);
          writer.put(utf8("every"), every, null, 0);
        });
    assertArrayEquals(big, getBytes(RECIPES, "big"));
    assertArrayEquals(new byte[0], getBytes(RECIPES, "empty"));
    assertArrayEquals(every, getBytes(RECIPES, "every"));
  }

  @Test
  void manyRecordsInAnyOrderComeBackInTheOrderOfTheirKeys() {
    Random random = new Random(7);
    List<String> expected = new ArrayList<>();
    write(
        RECIPES,
        writer -> {
          for (int i = 0; i < 5_000; i++) {
            String key = Long.toString(random.nextLong(), 36);
            expected.add(key + "=" + i);
            writer.put(utf8(key), utf8(Integer.toString(i)), null, 0);
          }
        });
    expected.sort(null);
    assertEquals(expected, scan(RECIPES, KeyRange.ALL));
  }

  /** Of a load that repeats itself a store may leave out what is there: never what is not. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLoadOverWhatIsThereLeavesWhatItBrings(boolean compressed) {
    change(transaction -> transaction.create(RECIPES, null));
    compress(RECIPES, new CompressionSettings(compressed, 1));
    Random random = new Random(23);
    TreeMap<String, String> expected = new TreeMap<>();
    write(RECIPES, writer -> IntStream.range(0, 12_000).forEach(i -> put(writer, expected, i, "")));
    for (int round = 0; round < 30; round++) {
      int changed = random.nextInt(1, 2_000);
      int deleted = random.nextInt(1, 2_000);
      int backwards = random.nextInt(1, 8_000);
      int leapt = random.nextInt(1, 2_000);
      String again = "again in " + round;
      write(
          RECIPES,
          writer -> {
            long found = 0;
            for (int i = 0; i < 14_000; i++) {
              if (random.nextInt(deleted) == 0) {
                found += expected.remove(number(i)) != null ? 1 : 0;
                writer.delete(utf8(number(i)));
              }
              if (random.nextInt(changed) == 0) {
                put(writer, expected, i, again);
              } else if (i < 12_000) {
                put(writer, expected, i, "");
              }
              if (random.nextInt(backwards) == 0) {
                i -= random.nextInt(Math.min(i + 1, 100));
              }
              if (random.nextInt(leapt) == 0) {
                i += random.nextInt(1_000);
              }
            }
            assertEquals(found, writer.deleted());
          });
      Set<String> wrong = new TreeSet<>(scan(RECIPES, KeyRange.ALL));
      expected.forEach(
          (key, value) -> {
            if (!wrong.remove(key + "=" + value)) {
              wrong.add(key + " is not " + value);
            }
          });
      assertEquals(Set.of(), wrong, again);
    }
  }

  /** Some values are compressed where the namespace is, and some are not worth it. */
  private static void put(
      NamespaceWriter writer, TreeMap<String, String> expected, int number, String more) {
    String value = (number + more).repeat(number % 20 + 1);
    writer.put(utf8(number(number)), utf8(value), null, 0);
    expected.put(number(number), value);
  }

  private static String number(int number) {
    return "%05d".formatted(number);
  }

  @Test
  void manyKeysAreLookedUpAtOnce() {
    for (String key : List.of("b", "a", "d")) {
      put(RECIPES, key, key + key);
    }
    try (Transaction view = store.read()) {
      NamespaceInfo info = view.namespace(RECIPES).orElseThrow();
      List<Key> keys = List.of(key("a"), key("b"), key("c"), key("d"));
      List<String> found = new ArrayList<>();
      try (EntryCursor cursor = view.getAll(info, keys)) {
        while (cursor.next()) {
          found.add(text(cursor.key()) + "=" + text(cursor.value()));
        }
      }
      assertEquals(List.of("a=aa", "b=bb", "d=dd"), found);
    }
  }

  // --- order and ranges

  @Test
  void orderIsThatOfUnsignedBytes() {
    List<String> keys = new ArrayList<>(List.of("A", "a", "aa", "a b", "b", "é", "z", "~"));
    keys.addAll(List.of("\uFFFD", "\uD83D\uDE00", "ü", "\uE000", "1", "10", "9", "_", "%"));
    keys.forEach(key -> put(RECIPES, key, ""));
    keys.sort((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)));
    assertEquals(keys.stream().map(key -> key + "=").toList(), scan(RECIPES, KeyRange.ALL));
  }

  @Test
  void prefixIsTakenByItsBytes() {
    for (String key : List.of("a", "a%", "a%b", "a_", "a_b", "ab", "abc", "ac", "b", "A")) {
      put(RECIPES, key, "");
    }
    assertEquals(List.of("a%=", "a%b="), scan(RECIPES, prefix("a%")));
    assertEquals(List.of("a_=", "a_b="), scan(RECIPES, prefix("a_")));
    assertEquals(List.of("ab=", "abc="), scan(RECIPES, prefix("ab")));
    assertEquals(List.of(), scan(RECIPES, prefix("abcd")));
    assertEquals(10, scan(RECIPES, prefix("")).size());
  }

  @Test
  void prefixOfTheHighestCodePointsHasItsEnd() {
    for (String key : List.of("x", "\uD83D\uDE00", "\uDBFF\uDFFF", "\uDBFF\uDFFFz")) {
      put(RECIPES, key, "");
    }
    assertEquals(2, scan(RECIPES, prefix("\uDBFF\uDFFF")).size());
    assertEquals(
        List.of("\uDBFF\uDFFF=", "\uDBFF\uDFFFz="),
        scan(RECIPES, KeyRange.prefix(new byte[] {(byte) 0xf4})));
    assertEquals(List.of(), scan(RECIPES, KeyRange.prefix(new byte[] {(byte) 0xff, (byte) 0xff})));
  }

  @Test
  void afterIsExclusiveAndStaysWithinTheRange() {
    for (String key : List.of("a", "aa", "ab", "b", "c")) {
      put(RECIPES, key, "");
    }
    assertEquals(List.of("ab=", "b=", "c="), scan(RECIPES, KeyRange.ALL.after(utf8("aa"))));
    assertEquals(List.of("aa=", "ab="), scan(RECIPES, prefix("a").after(utf8("a"))));
    assertEquals(List.of(), scan(RECIPES, prefix("a").after(utf8("bzz"))));
    assertEquals(List.of("b="), scan(RECIPES, prefix("b").after(utf8("a"))));
  }

  // --- compression

  @Test
  void whatIsReadDoesNotDependOnHowItIsStored() {
    String plain = "plain ".repeat(100);
    String packed = "packed ".repeat(100);
    put(RECIPES, "a", plain);
    compress(RECIPES, new CompressionSettings(true, 3));
    put(RECIPES, "b", packed);
    put(RECIPES, "c", "short");
    put(RECIPES, "d", "");
    compress(RECIPES, new CompressionSettings(false, 3));
    put(RECIPES, "e", plain);
    assertEquals(
        List.of("a=" + plain, "b=" + packed, "c=short", "d=", "e=" + plain),
        scan(RECIPES, KeyRange.ALL));
    assertEquals(packed, get(RECIPES, "b"));
    assertEquals(new NamespaceStats(5, 600 + 700 + 5 + 600 + 5, 0), stats(NOW));
  }

  @Test
  void settingsOfCompressionAreKept() {
    createCache(MINUTE);
    assertNull(find(RECIPES).orElseThrow().compression());
    compress(RECIPES, new CompressionSettings(true, 19));
    NamespaceInfo info = find(RECIPES).orElseThrow();
    assertEquals(new CompressionSettings(true, 19), info.compression());
    assertEquals(MINUTE, info.cache());
    change(transaction -> transaction.change(info, new CacheSettings(30, 0, true)));
    assertTrue(find(RECIPES).orElseThrow().compresses());
    compress(RECIPES, new CompressionSettings(false, 19));
    assertFalse(find(RECIPES).orElseThrow().compresses());
  }

  @Test
  void compressedCacheKeepsTheLifeOfARecord() {
    createCache(new CacheSettings(60, 2, true));
    compress(RECIPES, new CompressionSettings(true, 1));
    String value = "x".repeat(1_000);
    write(
        RECIPES,
        writer -> {
          writer.put(utf8("a"), utf8(value), new Lifetime(NOW, 60, NOW + 60_000), 1);
          writer.put(utf8("b"), utf8(value), new Lifetime(NOW, 1, NOW + 1_000), 2);
          writer.put(utf8("a"), utf8(value), new Lifetime(NOW, 90, NOW + 90_000), 3);
        });
    assertEquals(List.of("a=" + value), scan(RECIPES, KeyRange.ALL, NOW + 1_000));
    assertEquals(new NamespaceStats(1, 1_001, 1), stats(NOW + 1_000));
    try (Transaction transaction = store.read()) {
      NamespaceInfo info = transaction.namespace(RECIPES).orElseThrow();
      assertEquals(
          new Lifetime(NOW, 90, NOW + 90_000),
          transaction.get(info, key("a")).orElseThrow().lifetime());
    }
  }

  @Test
  void compressedValuesOfManyKindsComeBack() {
    Random random = new Random(11);
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      byte[] value = new byte[random.nextInt(2_000)];
      if (i % 2 == 0) {
        random.nextBytes(value);
      }
      values.add(value);
    }
    change(transaction -> transaction.create(RECIPES, null));
    compress(RECIPES, new CompressionSettings(true, 3));
    for (int round = 0; round < 2; round++) {
      write(
          RECIPES,
          writer -> {
            for (int i = 0; i < values.size(); i++) {
              writer.put(utf8("%03d".formatted(i)), values.get(i), null, 0);
            }
          });
      for (int i = 0; i < values.size(); i++) {
        assertArrayEquals(values.get(i), getBytes(RECIPES, "%03d".formatted(i)));
      }
    }
  }

  // --- transactions

  @Test
  void transactionWithoutCommitHasDoneNothing() {
    put(RECIPES, "pasta", "al dente");
    try (Transaction transaction = store.write(WRITTEN)) {
      NamespaceInfo recipes = transaction.namespace(RECIPES).orElseThrow();
      try (NamespaceWriter writer = transaction.writer(recipes)) {
        writer.put(utf8("pasta"), utf8("soft"), null, 0);
        writer.put(utf8("rice"), utf8("hard"), null, 0);
      }
      transaction.create(new Namespace("kb", "notes"), null);
      transaction.loads().save(receipt(0, NOW, "one"));
    }
    assertEquals(List.of("pasta=al dente"), scan(RECIPES, KeyRange.ALL));
    try (Transaction transaction = store.read()) {
      assertEquals(1, transaction.namespaceCount());
      assertEquals(List.of(), transaction.loads().receipts(10));
    }
  }

  @Test
  void readerKeepsItsViewWhileOthersCommit() {
    put(RECIPES, "pasta", "al dente");
    try (Transaction reader = store.read()) {
      put(RECIPES, "pasta", "soft");
      put(new Namespace("kb", "notes"), "a", "b");
      NamespaceInfo recipes = reader.namespace(RECIPES).orElseThrow();
      assertEquals("al dente", text(reader.get(recipes, key("pasta")).orElseThrow().value()));
      assertEquals(1, reader.namespaceCount());
    }
    assertEquals("soft", get(RECIPES, "pasta"));
  }

  @Test
  void readerDoesNotSeeWhatIsNotCommitted() {
    put(RECIPES, "pasta", "al dente");
    try (Transaction transaction = store.write(WRITTEN)) {
      NamespaceInfo recipes = transaction.namespace(RECIPES).orElseThrow();
      try (NamespaceWriter writer = transaction.writer(recipes)) {
        writer.put(utf8("pasta"), utf8("soft"), null, 0);
      }
      assertEquals("soft", text(transaction.get(recipes, key("pasta")).orElseThrow().value()));
      assertEquals("al dente", get(RECIPES, "pasta"));
      transaction.commit();
    }
    assertEquals("soft", get(RECIPES, "pasta"));
  }

  @Test
  void secondWriterIsToldThatTheStoreIsBusy() {
    put(RECIPES, "pasta", "al dente");
    try (Transaction first = store.write(WRITTEN)) {
      assertEquals(1, first.namespaceCount());
      ProntoException busy = assertThrows(ProntoException.class, () -> store.write(WRITTEN));
      assertEquals(Kind.BUSY, busy.problem().kind());
      assertTrue(store.writeIfFree(WRITTEN).isEmpty());
    }
    try (Transaction next = store.writeIfFree(WRITTEN).orElseThrow()) {
      assertEquals(1, next.namespaceCount());
    }
    put(RECIPES, "pasta", "soft");
    assertEquals("soft", get(RECIPES, "pasta"));
  }

  // --- namespaces

  @Test
  void namespacesAreListedByProjectAndName() {
    for (String path : List.of("b.a", "a.z", "a.b", "A.z", "é.a", "a!.b", "aa.b")) {
      put(Namespace.parse(path, Delimiter.DEFAULT), "k", "v");
    }
    try (Transaction transaction = store.read()) {
      assertEquals(
          List.of("A.z", "a.b", "a.z", "a!.b", "aa.b", "b.a", "é.a"),
          transaction.namespaces().stream().map(info -> info.namespace().toString()).toList());
      assertEquals(7, transaction.namespaceCount());
    }
  }

  @Test
  void namesThatLookAlikeStayApart() {
    List<Namespace> namespaces =
        List.of(
            new Namespace("a_b", "c"),
            new Namespace("a", "b_c"),
            new Namespace("a", "b"),
            new Namespace("A", "b"),
            new Namespace("a", "B"),
            new Namespace("a", "b__ttl"),
            new Namespace("a$5f", "b"),
            new Namespace("a_", "b"),
            new Namespace("a%b", "[x]"),
            new Namespace("a--", "b"),
            new Namespace("sys", "namespaces"),
            new Namespace("select", "from"),
            new Namespace("caf\u00e9", "\uD83D\uDE00"),
            new Namespace("cafe\u0301", "\uD83D\uDE00"));
    for (int i = 0; i < namespaces.size(); i++) {
      put(namespaces.get(i), "k", "value " + i);
    }
    for (int i = 0; i < namespaces.size(); i++) {
      assertEquals("value " + i, get(namespaces.get(i), "k"), namespaces.get(i).toString());
    }
  }

  @Test
  void droppedNamespaceIsGoneAndMayComeBackAsACache() {
    put(RECIPES, "pasta", "al dente");
    change(transaction -> transaction.drop(transaction.namespace(RECIPES).orElseThrow()));
    assertTrue(find(RECIPES).isEmpty());
    createCache(MINUTE);
    assertEquals(MINUTE, find(RECIPES).orElseThrow().cache());
    assertEquals("ttl", find(RECIPES).orElseThrow().kind());
    assertEquals(List.of(), scan(RECIPES, KeyRange.ALL));
    change(transaction -> transaction.drop(transaction.namespace(RECIPES).orElseThrow()));
    put(RECIPES, "pasta", "soft");
    assertEquals("std", find(RECIPES).orElseThrow().kind());
  }

  @Test
  void settingsOfACacheCanBeChanged() {
    createCache(MINUTE);
    CacheSettings other = new CacheSettings(5, 7, false);
    change(
        transaction -> {
          NamespaceInfo changed =
              transaction.change(transaction.namespace(RECIPES).orElseThrow(), other);
          assertEquals(other, changed.cache());
        });
    assertEquals(other, find(RECIPES).orElseThrow().cache());
    try (Transaction transaction = store.read()) {
      assertEquals(List.of(find(RECIPES).orElseThrow()), transaction.namespaces());
    }
  }

  @Test
  void statsCountRecordsAndTheirBytes() {
    put(RECIPES, "pasta", "al dente");
    put(RECIPES, "é", "");
    assertEquals(new NamespaceStats(2, 15, 0), stats(NOW));
  }

  @Test
  void thousandNamespacesCanBeMadeInOneTransaction() {
    List<Namespace> all =
        IntStream.range(0, 1_000).mapToObj(i -> new Namespace("p", "n" + i)).toList();
    change(
        all,
        transaction -> {
          for (int i = 0; i < 1_000; i++) {
            NamespaceInfo info = transaction.create(new Namespace("p", "n" + i), null);
            try (NamespaceWriter writer = transaction.writer(info)) {
              writer.put(utf8("k"), utf8("" + i), null, 0);
            }
          }
        });
    assertEquals("999", get(new Namespace("p", "n999"), "k"));
    try (Transaction transaction = store.read()) {
      assertEquals(1_000, transaction.namespaceCount());
    }
  }

  // --- reading ahead

  @Test
  void aScanAheadAnswersWhatAScanDoes() {
    write(RECIPES, writer -> IntStream.range(0, 5_000).forEach(i -> put(writer, i)));
    for (KeyRange range : List.of(KeyRange.ALL, prefix("k012"), prefix("k04999"), prefix("x"))) {
      assertEquals(scan(RECIPES, range), scanAhead(RECIPES, range, NOW));
    }
  }

  private static void put(NamespaceWriter writer, int number) {
    writer.put(utf8("k%05d".formatted(number)), utf8("x".repeat(number % 400)), null, 0);
  }

  @Test
  void aScanAheadKeepsTheLivesOfACache() {
    createCache(MINUTE);
    cachePut("a", NOW + 1, 1);
    cachePut("b", NOW + 60_000, 2);
    assertEquals(scan(RECIPES, KeyRange.ALL, NOW + 1), scanAhead(RECIPES, KeyRange.ALL, NOW + 1));
    try (Transaction transaction = store.read()) {
      NamespaceInfo cache = transaction.namespace(RECIPES).orElseThrow();
      try (EntryCursor cursor = transaction.scanAhead(cache, KeyRange.ALL, NOW + 1)) {
        assertTrue(cursor.next());
        assertEquals(NOW + 60_000, cursor.lifetime().expiresAt());
        assertFalse(cursor.next());
        assertFalse(cursor.next());
      }
    }
  }

  @Test
  void aScanAheadReadsCompressedValuesAndPlainOnes() {
    write(RECIPES, writer -> writer.put(utf8("a"), utf8("plain"), null, 0));
    try (Transaction transaction = store.write(WRITTEN)) {
      NamespaceInfo info = transaction.namespace(RECIPES).orElseThrow();
      transaction.change(info, new CompressionSettings(true, 3));
      transaction.commit();
    }
    write(RECIPES, writer -> writer.put(utf8("b"), utf8("long ".repeat(1_000)), null, 0));
    assertEquals(
        List.of("a=plain", "b=" + "long ".repeat(1_000)), scanAhead(RECIPES, KeyRange.ALL, NOW));
  }

  @Test
  void aScanAheadMayEndBeforeItsEnd() {
    write(RECIPES, writer -> IntStream.range(0, 20_000).forEach(i -> put(writer, i)));
    for (int wanted : List.of(0, 1, 64, 65, 3_000)) {
      try (Transaction transaction = store.read()) {
        NamespaceInfo info = transaction.namespace(RECIPES).orElseThrow();
        try (EntryCursor cursor = transaction.scanAhead(info, KeyRange.ALL, NOW)) {
          for (int i = 0; i < wanted; i++) {
            assertTrue(cursor.next());
            assertEquals("k%05d".formatted(i), text(cursor.key()));
          }
        }
        assertTrue(transaction.get(info, key("k00007")).isPresent());
      }
    }
  }

  // --- caches

  @Test
  void cacheKeepsTheLifeOfARecord() {
    createCache(MINUTE);
    Lifetime life = new Lifetime(NOW, 60, NOW + 60_000);
    write(RECIPES, writer -> writer.put(utf8("a"), utf8("1"), life, 1));
    try (Transaction transaction = store.read()) {
      NamespaceInfo cache = transaction.namespace(RECIPES).orElseThrow();
      assertEquals(life, transaction.get(cache, key("a")).orElseThrow().lifetime());
      try (EntryCursor cursor = transaction.scan(cache, KeyRange.ALL, NOW)) {
        assertTrue(cursor.next());
        assertEquals(life, cursor.lifetime());
      }
    }
  }

  @Test
  void scanLeavesOutWhatHasExpiredUnlessAsked() {
    createCache(MINUTE);
    cachePut("a", NOW + 1, 1);
    cachePut("b", NOW, 2);
    cachePut("c", NOW - 1, 3);
    assertEquals(List.of("a=1"), scan(RECIPES, KeyRange.ALL, NOW));
    assertEquals(
        List.of("a=1", "b=2", "c=3"), scan(RECIPES, KeyRange.ALL, Transaction.INCLUDE_EXPIRED));
    assertEquals(List.of("b=2"), scan(RECIPES, prefix("b"), NOW - 1));
    assertEquals("3", get(RECIPES, "c"));
    assertEquals(new NamespaceStats(1, 2, 2), stats(NOW));
  }

  @Test
  void purgeRemovesWhatHasExpiredUpToALimit() {
    createCache(MINUTE);
    for (int i = 1; i <= 9; i++) {
      cachePut("k" + i, NOW - i, i);
    }
    cachePut("live", NOW + 1, 10);
    change(
        transaction -> {
          NamespaceInfo cache = transaction.namespace(RECIPES).orElseThrow();
          assertEquals(4, transaction.purge(cache, NOW, 4, null));
          assertEquals(5, transaction.purge(cache, NOW, 100, null));
          assertEquals(0, transaction.purge(cache, NOW, 100, null));
        });
    assertEquals(List.of("live=10"), scan(RECIPES, KeyRange.ALL, Transaction.INCLUDE_EXPIRED));
  }

  @Test
  void trimEvictsTheExpiredAndThenTheOldestWrite() {
    createCache(new CacheSettings(60, 3, true));
    cachePut("d", NOW + 1, 1);
    cachePut("c", NOW + 1, 2);
    cachePut("b", NOW + 1, 3);
    cachePut("x", NOW, 4);
    assertEquals(1, trim());
    assertEquals(List.of("b=3", "c=2", "d=1"), scan(RECIPES, KeyRange.ALL, NOW));
    cachePut("a", NOW + 1, 5);
    assertEquals(1, trim());
    assertEquals(List.of("a=5", "b=3", "c=2"), scan(RECIPES, KeyRange.ALL, NOW));
    assertEquals(0, trim());
  }

  @Test
  void aClearedCacheCountsAnew() {
    createCache(new CacheSettings(60, 2, true));
    cachePut("a", NOW + 1, 1);
    cachePut("b", NOW + 1, 2);
    write(
        RECIPES,
        writer -> {
          writer.put(utf8("c"), utf8("3"), new Lifetime(NOW, 60, NOW + 1), 3);
          writer.clear(null);
          writer.put(utf8("d"), utf8("4"), new Lifetime(NOW, 60, NOW + 1), 4);
        });
    cachePut("e", NOW + 1, 5);
    assertEquals(0, trim());
    assertEquals(List.of("d=4", "e=5"), scan(RECIPES, KeyRange.ALL, NOW));
  }

  @Test
  void writingARecordAgainMakesItTheNewest() {
    createCache(new CacheSettings(60, 2, true));
    cachePut("a", NOW + 1, 1);
    cachePut("b", NOW + 1, 2);
    cachePut("a", NOW + 1, 3);
    assertEquals(0, trim());
    cachePut("c", NOW + 1, 4);
    assertEquals(1, trim());
    assertEquals(List.of("a=3", "c=4"), scan(RECIPES, KeyRange.ALL, NOW));
  }

  @Test
  void trimCountsWhatManyWritesAndDeletesLeave() {
    createCache(new CacheSettings(60, 100, true));
    Lifetime life = new Lifetime(NOW, 60, NOW + 60_000);
    write(
        RECIPES,
        writer -> {
          for (int i = 0; i < 1_000; i++) {
            writer.put(utf8("k%03d".formatted(i % 150)), utf8(""), life, i + 1);
          }
          writer.delete(utf8("k000"));
          writer.delete(utf8("k999"));
          assertEquals(1, writer.deleted());
        });
    assertEquals(49, trim());
    assertEquals(new NamespaceStats(100, 400, 0), stats(NOW));
    write(RECIPES, writer -> writer.put(utf8("k001"), utf8("new"), life, 1_001));
    assertEquals(100 + (get(RECIPES, "k001") == null ? 1 : 0), stats(NOW).records() + trim());
    assertEquals(100, stats(NOW).records());
  }

  @Test
  void limitThatIsSetLaterCountsWhatIsThere() {
    createCache(MINUTE);
    for (int i = 1; i <= 5; i++) {
      cachePut("k" + i, NOW + 1, i);
    }
    assertEquals(0, trim());
    change(
        transaction ->
            transaction.change(
                transaction.namespace(RECIPES).orElseThrow(), new CacheSettings(60, 2, true)));
    assertEquals(3, trim());
    assertEquals(List.of("k4=4", "k5=5"), scan(RECIPES, KeyRange.ALL, NOW));
  }

  @Test
  void recordsAreAsOldAsTheirArrivalsInWhateverOrderTheyAreWritten() {
    createCache(new CacheSettings(60, 3, true));
    Lifetime life = new Lifetime(NOW, 60, NOW + 60_000);
    write(
        RECIPES,
        writer -> {
          writer.put(utf8("a"), utf8("3"), life, 3);
          writer.put(utf8("b"), utf8("1"), life, 1);
          writer.put(utf8("c"), utf8("2"), life, 2);
        });
    write(RECIPES, writer -> writer.put(utf8("d"), utf8("4"), life, 1));
    assertEquals(1, trim());
    assertEquals(List.of("a=3", "c=2", "d=4"), scan(RECIPES, KeyRange.ALL, NOW));
  }

  // --- removals

  /** The keys that a store says it has removed. */
  private static final class Removed implements Removals {
    final List<String> keys = new ArrayList<>();

    @Override
    public void expired(byte[] key) {
      keys.add("expired " + text(key));
    }

    @Override
    public void evicted(byte[] key) {
      keys.add("evicted " + text(key));
    }
  }

  @Test
  void purgeAndTrimTellWhichRecordsTheyRemove() {
    createCache(new CacheSettings(60, 2, true));
    cachePut("x", NOW - 2, 1);
    cachePut("y", NOW - 1, 2);
    List.of("d", "c", "b", "a").forEach(key -> cachePut(key, NOW + 1, 3));
    Removed removed = new Removed();
    change(
        transaction -> {
          NamespaceInfo cache = transaction.namespace(RECIPES).orElseThrow();
          assertEquals(1, transaction.purge(cache, NOW, 1, removed));
          assertEquals(3, transaction.trim(cache, NOW, removed));
        });
    assertEquals(List.of("expired x", "expired y"), removed.keys.subList(0, 2));
    assertEquals(
        Set.of("evicted c", "evicted d"), Set.copyOf(removed.keys.subList(2, removed.keys.size())));
    assertEquals(new NamespaceStats(2, 4, 0), stats(NOW));
  }

  @Test
  void clearTellsWhichRecordsItRemoves() {
    List.of("b", "é", "a").forEach(key -> put(RECIPES, key, "1"));
    Removed removed = new Removed();
    write(RECIPES, writer -> writer.clear(removed));
    assertEquals(Set.of("evicted a", "evicted b", "evicted é"), Set.copyOf(removed.keys));
    assertEquals(List.of(), scan(RECIPES, KeyRange.ALL));
  }

  // --- identities and loads

  @Test
  void administratorIsSeededWithoutAHash() {
    change(transaction -> {});
    try (Transaction transaction = store.read()) {
      assertEquals(
          Optional.of(new Identities.User("admin", null)), transaction.identities().user("admin"));
      assertEquals(Optional.empty(), transaction.identities().user("sam"));
    }
  }

  @Test
  void usersKeepWhatWasSavedAndLeaveWithAllThatIsTheirs() {
    Identities.User sam = new Identities.User("sam", "$hash");
    ApiKey key = new ApiKey("idaaaaaa", "sam", "ci", "00ff", NOW, Identities.NEVER);
    ApiKey brief = new ApiKey("idbbbbbb", "admin", "", "11ff", NOW + 1, NOW + 5);
    Session session = new Session("idcccccc", "sam", null, "22ff", NOW, NOW + 9);
    Grant grant = new Grant("sam", "kb", null, true);
    change(
        transaction -> {
          Identities identities = transaction.identities();
          identities.save(sam);
          identities.save(key);
          identities.save(brief);
          identities.save(session);
          identities.save(grant);
        });
    try (Transaction transaction = store.read()) {
      Identities identities = transaction.identities();
      assertEquals(List.of(new Identities.User("admin", null), sam), identities.users());
      assertEquals(Optional.of(key), identities.apiKey("idaaaaaa"));
      assertEquals(List.of(key, brief), identities.apiKeys());
      assertEquals(Optional.of(session), identities.session("idcccccc"));
      assertEquals(List.of(grant), identities.grants("sam"));
    }
    change(transaction -> transaction.identities().removeUser("sam"));
    try (Transaction transaction = store.read()) {
      Identities identities = transaction.identities();
      assertEquals(Optional.empty(), identities.user("sam"));
      assertEquals(List.of(brief), identities.apiKeys());
      assertEquals(Optional.empty(), identities.session("idcccccc"));
      assertEquals(List.of(), identities.grants("sam"));
    }
  }

  @Test
  void sessionsEndWithWhatOpenedThem() {
    Session byPassword = new Session("a", "sam", null, "00", NOW, NOW + 10);
    Session byKey = new Session("b", "sam", "key", "11", NOW, NOW + 20);
    Session other = new Session("c", "eve", null, "22", NOW, NOW + 30);
    change(
        transaction -> {
          Identities identities = transaction.identities();
          List.of(byPassword, byKey, other).forEach(identities::save);
          identities.removePasswordSessions("sam");
          assertEquals(Optional.empty(), identities.session("a"));
          assertEquals(Optional.of(byKey), identities.session("b"));
          identities.removeApiKey("key");
          assertEquals(Optional.empty(), identities.session("b"));
          identities.save(byPassword);
          identities.removeExpiredSessions(NOW + 10);
          assertEquals(Optional.empty(), identities.session("a"));
          assertEquals(Optional.of(other), identities.session("c"));
          identities.removeSession("c");
          assertEquals(Optional.empty(), identities.session("c"));
        });
  }

  @Test
  void grantsAreOneForEachPatternTheWidestFirst() {
    Grant all = new Grant("sam", null, null, false);
    Grant project = new Grant("sam", "kb", null, false);
    Grant one = new Grant("sam", "kb", "recipes", false);
    Grant oneWriting = new Grant("sam", "kb", "recipes", true);
    change(
        transaction -> {
          Identities identities = transaction.identities();
          List.of(one, project, all, oneWriting).forEach(identities::save);
          assertEquals(List.of(all, project, oneWriting), identities.grants("sam"));
          assertTrue(identities.remove(one), "whatever it allowed");
          assertFalse(identities.remove(one));
          assertEquals(List.of(all, project), identities.grants("sam"));
          assertEquals(List.of(), identities.grants("eve"));
        });
  }

  @Test
  void auditLogIsToldNewestFirst() {
    IdentityChange first = new IdentityChange(NOW, "os:sam", "user add", "sam", "");
    IdentityChange second = new IdentityChange(NOW, "os:sam", "grant", "sam", "rw kb.*");
    change(transaction -> transaction.identities().record(first));
    change(transaction -> transaction.identities().record(second));
    try (Transaction transaction = store.read()) {
      assertEquals(List.of(second, first), transaction.identities().changes(10));
      assertEquals(List.of(second), transaction.identities().changes(1));
    }
  }

  @Test
  void batchIsKnownForItsNamespaceAndForAll() {
    Batch batch = new Batch("2026-01", "abc", NOW);
    change(transaction -> transaction.loads().saveBatch(RECIPES, batch));
    try (Transaction transaction = store.read()) {
      AppliedLoads loads = transaction.loads();
      assertEquals(Optional.of(batch), loads.batch(RECIPES, "2026-01"));
      assertEquals(Optional.empty(), loads.batch(new Namespace("kb", "notes"), "2026-01"));
      assertEquals(Optional.of(batch), loads.batch("2026-01"));
      assertEquals(Optional.empty(), loads.batch("2026-02"));
    }
  }

  @Test
  void receiptsAreListedNewestFirstAndKeptToANumber() {
    change(
        transaction -> {
          AppliedLoads loads = transaction.loads();
          long first = loads.save(receipt(0, NOW, "one"));
          loads.save(receipt(0, NOW + 1, "two"));
          loads.save(receipt(0, NOW + 2, "three"));
          assertEquals(first, loads.save(receipt(first, NOW, "one again")));
          assertEquals(List.of("three", "two", "one again"), batches(loads, 10));
          assertEquals(List.of("three"), batches(loads, 1));
          loads.keepNewest(5);
          assertEquals(3, loads.receipts(10).size());
          loads.keepNewest(2);
          assertEquals(List.of("three", "two"), batches(loads, 10));
          loads.saveBatch(RECIPES, new Batch("old", "abc", NOW));
          assertEquals(1, loads.pruneBefore(NOW + 2));
          assertEquals(List.of("three"), batches(loads, 10));
          assertEquals(Optional.empty(), loads.batch("old"));
        });
  }

  @Test
  void receiptTellsWhatALoadDidToEachNamespace() {
    Namespace notes = new Namespace("kb", "notes");
    change(
        transaction -> {
          AppliedLoads loads = transaction.loads();
          long number = loads.save(receipt(0, NOW, null));
          loads.add(number, new Part(RECIPES, 3, 1));
          loads.add(number, new Part(notes, 1, 0));
          loads.add(number, new Part(RECIPES, 2, 2));
          loads.save(receipt(number, NOW + 1, "late"));
          assertEquals(
              List.of(
                  new Receipt(
                      number,
                      NOW + 1,
                      "sam",
                      true,
                      "late",
                      null,
                      7,
                      70,
                      0.5,
                      List.of(new Part(notes, 1, 0), new Part(RECIPES, 5, 3)))),
              loads.receipts(10));
        });
  }

  private static Receipt receipt(long number, long at, String batch) {
    return new Receipt(number, at, "sam", true, batch, null, 7, 70, 0.5, List.of());
  }

  private static List<String> batches(AppliedLoads loads, int limit) {
    return loads.receipts(limit).stream().map(Receipt::batch).toList();
  }

  @Test
  void soundStoreHasNothingToComplainAbout() {
    put(RECIPES, "pasta", "al dente");
    createCache(new Namespace("kb", "cache"), MINUTE);
    store.maintenance().ifPresent(Maintenance::compact);
    assertEquals(List.of(), store.check());
    assertEquals("al dente", get(RECIPES, "pasta"));
  }

  // --- a store before its first commit

  @Test
  void newStoreReadsAsEmptyWithOneUser() {
    try (Transaction view = store.read()) {
      assertEquals(List.of(), view.namespaces());
      assertEquals(0, view.namespaceCount());
      assertEquals(Optional.empty(), view.namespace(RECIPES));
      assertEquals(List.of(), view.loads().receipts(10));
      assertEquals(List.of(new Identities.User("admin", null)), view.identities().users());
    }
    try (Transaction view = store.readBulk()) {
      assertEquals(List.of(), view.namespaces());
    }
  }

  @Test
  void firstCommitCreatesTheStore() {
    try (Transaction transaction = store.write(List.of())) {
      transaction.commit();
    }
    assertTrue(store.exists());
    try (Transaction view = store.read()) {
      assertEquals(List.of(new Identities.User("admin", null)), view.identities().users());
    }
  }

  // --- bulk transactions, and reads beside a write

  @Test
  void bulkTransactionIsSeenAtItsCommitAndNotBefore() {
    put(NOTES, "there", "before");
    bulk(
        bulk -> {
          NamespaceInfo info = bulk.create(RECIPES, null);
          try (NamespaceWriter writer = bulk.writer(info)) {
            for (int i = 0; i < 5_000; i++) {
              writer.put(utf8(number(i)), utf8("v"), null, 0);
            }
          }
          try (Transaction view = store.read()) {
            assertEquals(Optional.empty(), view.namespace(RECIPES));
          }
          assertEquals("before", get(NOTES, "there"));
        },
        true);
    assertEquals(5_000, scan(RECIPES, KeyRange.ALL).size());
  }

  @Test
  void bulkTransactionIntoANewStoreIsSeenAtItsCommit() {
    bulk(bulk -> bulk.create(RECIPES, null), true);
    try (Transaction view = store.read()) {
      assertTrue(view.namespace(RECIPES).isPresent());
    }
  }

  @Test
  void bulkTransactionWithoutACommitHasDoneNothing() {
    bulk(bulk -> bulk.create(RECIPES, null), false);
    put(RECIPES, "a", "b");
    bulk(
        bulk -> {
          NamespaceInfo info = bulk.namespace(RECIPES).orElseThrow();
          try (NamespaceWriter writer = bulk.writer(info)) {
            writer.clear(null);
            writer.put(utf8("c"), utf8("d"), null, 0);
          }
        },
        false);
    assertEquals(List.of("a=b"), scan(RECIPES, KeyRange.ALL));
  }

  private void bulk(Change change, boolean commits) {
    try (Transaction bulk = store.writeBulk(RECIPES)) {
      change.in(bulk);
      if (commits) {
        bulk.commit();
      }
    }
  }

  @Test
  void viewKeepsItsStateWhileOthersCommit() {
    put(RECIPES, "pasta", "al dente");
    try (Transaction view = store.read();
        Transaction bulkView = store.readBulk()) {
      NamespaceInfo info = view.namespace(RECIPES).orElseThrow();
      NamespaceInfo bulkInfo = bulkView.namespace(RECIPES).orElseThrow();
      put(RECIPES, "pasta", "soft");
      put(RECIPES, "rice", "hard");
      put(NOTES, "a", "b");
      assertEquals("al dente", text(view.get(info, key("pasta")).orElseThrow().value()));
      assertEquals(Optional.empty(), view.namespace(NOTES));
      try (EntryCursor cursor =
          bulkView.scanAhead(bulkInfo, KeyRange.ALL, Transaction.INCLUDE_EXPIRED)) {
        assertTrue(cursor.next());
        assertEquals("al dente", text(cursor.value()));
        assertFalse(cursor.next());
      }
    }
    assertEquals(List.of("pasta=soft", "rice=hard"), scan(RECIPES, KeyRange.ALL));
  }

  @Test
  void writerOfANamespaceKeepsOthersOutOfItUntilItEnds() {
    put(RECIPES, "pasta", "al dente");
    try (Transaction first = store.write(RECIPES)) {
      assertEquals(1, first.namespaceCount());
      StoreFailure busy = assertThrows(StoreFailure.class, () -> store.write(RECIPES));
      assertEquals(Kind.BUSY, busy.problem().kind());
      assertTrue(store.writeIfFree(List.of(NOTES, RECIPES)).isEmpty());
    }
    store.write(List.of(NOTES, RECIPES)).close();
    store.writeIfFree(List.of(RECIPES)).orElseThrow().close();
  }

  // --- all of it at once, where a store can do that

  @Test
  void snapshotIsWhatARestorationBringsBack() throws IOException {
    Maintenance maintenance = store.maintenance().orElse(null);
    Assumptions.assumeTrue(maintenance != null);
    put(RECIPES, "pasta", "al dente");
    byte[] content;
    try (Snapshot snapshot = maintenance.snapshot()) {
      put(RECIPES, "pasta", "soft");
      assertEquals(1, snapshot.namespaces());
      content = snapshot.content().readAllBytes();
      assertEquals(content.length, snapshot.size());
    }
    try (Restoration restoration = maintenance.restoration()) {
      try (OutputStream out = restoration.content()) {
        out.write(content);
      }
      restoration.verify();
      assertEquals(1, restoration.namespaces());
      assertThrows(ProntoException.class, () -> restoration.apply(false, false, "now"));
      assertEquals("soft", get(RECIPES, "pasta"));
      assertNotNull(restoration.apply(true, false, "now"));
    }
    assertEquals("al dente", get(RECIPES, "pasta"));
  }

  // --- the words of these tests

  /** What is done in a transaction. */
  private interface Change {
    void in(Transaction transaction);
  }

  /** What is written by a writer. */
  private interface Writing {
    void by(NamespaceWriter writer);
  }

  private void change(Change change) {
    change(WRITTEN, change);
  }

  private void change(List<Namespace> namespaces, Change change) {
    try (Transaction transaction = store.write(namespaces)) {
      change.in(transaction);
      transaction.commit();
    }
  }

  private void write(Namespace namespace, Writing writing) {
    change(
        List.of(namespace),
        transaction -> {
          NamespaceInfo info =
              transaction.namespace(namespace).orElseGet(() -> transaction.create(namespace, null));
          try (NamespaceWriter writer = transaction.writer(info)) {
            writing.by(writer);
          }
        });
  }

  private void put(Namespace namespace, String key, String value) {
    write(namespace, writer -> writer.put(utf8(key), utf8(value), null, 0));
  }

  private void createCache(CacheSettings settings) {
    createCache(RECIPES, settings);
  }

  private void createCache(Namespace namespace, CacheSettings settings) {
    change(transaction -> transaction.create(namespace, settings));
  }

  /** The sequence is the value, too. */
  private void cachePut(String key, long expiresAt, long sequence) {
    Lifetime life = new Lifetime(NOW - 60_000, 60, expiresAt);
    write(RECIPES, writer -> writer.put(utf8(key), utf8("" + sequence), life, sequence));
  }

  private long trim() {
    try (Transaction transaction = store.write(WRITTEN)) {
      long removed = transaction.trim(transaction.namespace(RECIPES).orElseThrow(), NOW, null);
      transaction.commit();
      return removed;
    }
  }

  private void compress(Namespace namespace, CompressionSettings compression) {
    change(
        transaction ->
            transaction.change(transaction.namespace(namespace).orElseThrow(), compression));
  }

  private Optional<NamespaceInfo> find(Namespace namespace) {
    try (Transaction transaction = store.read()) {
      return transaction.namespace(namespace);
    }
  }

  private NamespaceStats stats(long now) {
    try (Transaction transaction = store.read()) {
      return transaction.stats(transaction.namespace(RECIPES).orElseThrow(), now);
    }
  }

  private String get(Namespace namespace, String key) {
    byte[] value = getBytes(namespace, key);
    return value == null ? null : text(value);
  }

  private byte[] getBytes(Namespace namespace, String key) {
    try (Transaction transaction = store.read()) {
      NamespaceInfo info = transaction.namespace(namespace).orElseThrow();
      return transaction.get(info, key(key)).map(Entry::value).orElse(null);
    }
  }

  private List<String> scan(Namespace namespace, KeyRange range) {
    return scan(namespace, range, NOW);
  }

  private List<String> scan(Namespace namespace, KeyRange range, long now) {
    List<String> found = new ArrayList<>();
    try (Transaction transaction = store.read()) {
      NamespaceInfo info = transaction.namespace(namespace).orElseThrow();
      try (EntryCursor cursor = transaction.scan(info, range, now)) {
        while (cursor.next()) {
          found.add(text(cursor.key()) + "=" + text(cursor.value()));
        }
      }
    }
    return found;
  }

  private List<String> scanAhead(Namespace namespace, KeyRange range, long now) {
    List<String> found = new ArrayList<>();
    try (Transaction transaction = store.read()) {
      NamespaceInfo info = transaction.namespace(namespace).orElseThrow();
      try (EntryCursor cursor = transaction.scanAhead(info, range, now)) {
        while (cursor.next()) {
          found.add(text(cursor.key()) + "=" + text(cursor.value()));
        }
      }
    }
    return found;
  }

  private static KeyRange prefix(String prefix) {
    return KeyRange.prefix(utf8(prefix));
  }

  private static Key key(String text) {
    return Key.of(text);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private static String text(byte[] utf8) {
    return new String(utf8, UTF_8);
  }
}
