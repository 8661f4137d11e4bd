package org.prontodb.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.BatchCommand.Put;
import org.prontodb.batch.BatchCommand.Rejected;
import org.prontodb.batch.BatchCommand.SetExpiry;
import org.prontodb.batch.CommandReader;
import org.prontodb.batch.EntryWriter;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.Source;
import org.prontodb.dialect.TableOptions;
import org.prontodb.dialect.TableOptions.Form;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Expiry;
import org.prontodb.model.Namespace;
import org.prontodb.model.ProntoException;

/** What holds of every dialect in the list, those to come included. */
class DialectContractTest {
  private static final Namespace KITCHEN = new Namespace("kb", "kitchen");

  static List<Dialect> dialects() {
    return Dialects.all();
  }

  /** Every dialect in every form in which it can hold any bytes. */
  static Stream<Arguments> formsForBytes() {
    return dialects().stream()
        .map(d -> Arguments.of(d, holdsTextOnly(d) ? Form.BASE64 : Form.USUAL));
  }

  private static boolean holdsTextOnly(Dialect dialect) {
    return dialect.isTable() && dialect != Dialects.TSV;
  }

  static Stream<Arguments> formsForText() {
    return Stream.concat(
        dialects().stream().map(d -> Arguments.of(d, Form.USUAL)),
        dialects().stream().filter(Dialect::isTable).map(d -> Arguments.of(d, Form.PLAIN)));
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void theSameSampleReadsToTheSameRecords(Dialect dialect) throws IOException {
    String suffix = dialect.suffixes().isEmpty() ? dialect.name() : dialect.suffixes().getFirst();
    Path sample = Path.of("samples/dialects/recipes." + suffix);
    assertEquals(
        Map.of("pasta", "al dente", "pasta__it", "molto\nal \"dente\"", "odd; key", "été\t\\"),
        texts(read(dialect, Form.USUAL, Files.readAllBytes(sample))));
  }

  @ParameterizedTest
  @MethodSource("formsForBytes")
  void anyBytesComeBackAsTheyWere(Dialect dialect, Form form) throws IOException {
    Map<String, byte[]> records = new LinkedHashMap<>(nastyTexts());
    records.put("not UTF-8", new byte[] {(byte) 0xff, 'a', (byte) 0xc3, 0});
    records.put("Latin 1", "né".getBytes(StandardCharsets.ISO_8859_1));
    byte[] all = new byte[1 << 20];
    new Random(5).nextBytes(all);
    records.put("a megabyte", all);
    assertComesBack(dialect, form, records);
  }

  @ParameterizedTest
  @MethodSource("formsForText")
  void anyTextComesBackAsItWas(Dialect dialect, Form form) throws IOException {
    assertComesBack(dialect, form, nastyTexts());
  }

  @ParameterizedTest
  @MethodSource("formsForText")
  void aKeyThatBeginsLikeAByteOrderMarkComesBackFromTheFirstLine(Dialect dialect, Form form)
      throws IOException {
    Map<String, byte[]> records = new LinkedHashMap<>();
    records.put("\ufeffa", bytes("1"));
    records.put("\ufeff", bytes("2"));
    assertComesBack(dialect, form, records);
  }

  @ParameterizedTest
  @MethodSource("formsForText")
  void randomTextComesBackAsItWas(Dialect dialect, Form form) throws IOException {
    String[] parts = {
      "a", "é", "\t", "\n", "\r", "\"", "\\", " ", ",", ";", "=", "#", "\u0000", "😀", "\u2028", "{"
    };
    Random random = new Random(6);
    Map<String, byte[]> records = new LinkedHashMap<>();
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(8); n > 0; n--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      records.put("key" + i, bytes(text.toString()));
    }
    assertComesBack(dialect, form, records);
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void theEndOfARecordComesBack(Dialect dialect) throws IOException {
    Expiry end = new Expiry.At(1_769_860_800_123L);
    byte[] written =
        written(
            dialect,
            Form.USUAL,
            writer -> {
              writer.namespace(KITCHEN, new CacheSettings(60, 0, true));
              writer.put(bytes("soup"), bytes("hot"), end);
            });
    List<BatchCommand> commands = commands(dialect, Form.USUAL, new ByteArrayInputStream(written));
    Expiry inForce = null;
    for (BatchCommand command : commands) {
      if (command instanceof SetExpiry set) {
        inForce = set.expiry();
      }
    }
    Put put = assertIsPut(commands.getLast());
    assertEquals(end, put.expiry() != null ? put.expiry() : inForce);
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void theSameRecordsAreWrittenAsTheSameBytes(Dialect dialect) {
    assertArrayEquals(
        written(dialect, Form.USUAL, w -> putAll(w, nastyTexts())),
        written(dialect, Form.USUAL, w -> putAll(w, nastyTexts())));
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void aRecordIsAnsweredWithoutWaitingForWhatFollows(Dialect dialect) throws IOException {
    byte[] written = written(dialect, Form.USUAL, w -> putAll(w, Map.of("k", bytes("v"))));
    int needed = dialect == Dialects.STREAM ? written.length - 1 : written.length;
    InputStream waiting =
        new InputStream() {
          private int at;

          @Override
          public int read() {
            assertTrue(at < needed, "reads on behind the record");
            return written[at++] & 0xff;
          }

          @Override
          public int read(byte[] into, int from, int length) {
            into[from] = (byte) read();
            return 1;
          }
        };
    try (CommandReader reader =
        dialect.reader(new Source("f", waiting, false), options(Form.USUAL))) {
      BatchCommand command = reader.next();
      while (!(command instanceof Put)) {
        assertNotNull(command);
        command = reader.next();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void theHashIsThatOfTheInputWithoutAByteOrderMark(Dialect dialect) throws Exception {
    byte[] written = written(dialect, Form.USUAL, w -> putAll(w, Map.of("k", bytes("v"))));
    byte[] marked = new byte[written.length + 3];
    System.arraycopy(bytes("\ufeff"), 0, marked, 0, 3);
    System.arraycopy(written, 0, marked, 3, written.length);
    for (byte[] input : List.of(written, marked)) {
      Source source = new Source("f", new ByteArrayInputStream(input), true);
      try (CommandReader reader = dialect.reader(source, options(Form.USUAL))) {
        BatchCommand command;
        do {
          command = reader.next();
        } while (command != null);
        assertEquals(input.length, reader.bytesRead());
        assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(written), reader.sha256());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void anEmptyInputIsALoadOfNothing(Dialect dialect) throws IOException {
    Source source = new Source("f", InputStream.nullInputStream(), true);
    try (CommandReader reader = dialect.reader(source, options(Form.USUAL))) {
      assertNull(reader.next());
      assertNull(reader.next());
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void anythingAtAllIsReadOrRefusedToTheEnd(Dialect dialect) throws IOException {
    Random random = new Random(8);
    byte[] written = written(dialect, Form.USUAL, w -> putAll(w, nastyTexts()));
    for (int i = 0; i < 3000; i++) {
      byte[] damaged = written.clone();
      for (int n = random.nextInt(6); n >= 0; n--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      for (BatchCommand command : readable(dialect, damaged)) {
        if (command instanceof Rejected rejected) {
          assertNotNull(rejected.problem().position());
          assertNotNull(rejected.problem().source());
        }
      }
    }
  }

  /** The commands of an input; none if it is refused as a whole, at a place. */
  private static List<BatchCommand> readable(Dialect dialect, byte[] input) throws IOException {
    try {
      return commands(dialect, Form.USUAL, new ByteArrayInputStream(input));
    } catch (ProntoException e) {
      assertNotNull(e.problem().position());
      return List.of();
    }
  }

  @Test
  void aFileNameTellsTheDialectAlsoWhenCompressed() {
    assertEquals("csv", Dialects.ofFile("a.b.csv").orElseThrow().name());
    assertEquals("jsonl", Dialects.ofFile("a.jsonl.gz").orElseThrow().name());
    assertEquals("tsv", Dialects.ofFile("dir.csv/a.tsv.zst").orElseThrow().name());
    assertTrue(Dialects.ofFile("csv.txt").isEmpty());
  }

  private static Map<String, byte[]> nastyTexts() {
    Map<String, byte[]> texts = new LinkedHashMap<>();
    String[] values = {
      "",
      " ",
      " a ",
      "a\tb",
      "a\nb",
      "a\r\nb",
      "\r",
      "\n",
      "\"",
      "\"a\"",
      "a\"b",
      "\\",
      "\\t",
      "\\N",
      "a\\",
      "a;b",
      "a=b",
      "#a",
      "meta:end;",
      "a,b",
      "NULL",
      "\u0000",
      "a\u0000b",
      "\u001f",
      "😀",
      "\u2028",
      "\u0085",
      "\ufeff",
      "{\"a\":[1.0]}",
      "null",
      "-5",
      "true",
      "YQ==",
      "x".repeat(70_000)
    };
    for (int i = 0; i < values.length; i++) {
      texts.put("key" + i, bytes(values[i]));
    }
    for (String key :
        new String[] {"a b", "\"", "a,b", "a;b=c", "#", "\\t", "😀", "é__it", "-k", "'"}) {
      texts.put(key, bytes("value of " + key));
    }
    return texts;
  }

  private interface Writing {
    void to(EntryWriter writer) throws IOException;
  }

  private static void putAll(EntryWriter writer, Map<String, byte[]> records) throws IOException {
    writer.namespace(KITCHEN, null);
    for (Map.Entry<String, byte[]> record : records.entrySet()) {
      writer.put(bytes(record.getKey()), record.getValue(), null);
    }
  }

  private static byte[] written(Dialect dialect, Form form, Writing writing) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (EntryWriter writer = dialect.writer(out, options(form))) {
      writing.to(writer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void assertComesBack(Dialect dialect, Form form, Map<String, byte[]> records)
      throws IOException {
    Map<String, byte[]> read =
        read(dialect, form, written(dialect, form, writer -> putAll(writer, records)));
    assertEquals(List.copyOf(records.keySet()), List.copyOf(read.keySet()));
    records.forEach((key, value) -> assertArrayEquals(value, read.get(key), key));
  }

  private static Map<String, byte[]> read(Dialect dialect, Form form, byte[] input)
      throws IOException {
    Map<String, byte[]> records = new LinkedHashMap<>();
    for (BatchCommand command : commands(dialect, form, new ByteArrayInputStream(input))) {
      switch (command) {
        case Put put -> records.put(put.key().text(), put.value());
        case Rejected rejected -> throw new AssertionError(rejected.problem());
        default -> {
          // a directive of the stream dialect
        }
      }
    }
    return records;
  }

  private static List<BatchCommand> commands(Dialect dialect, Form form, InputStream input)
      throws IOException {
    List<BatchCommand> commands = new ArrayList<>();
    try (CommandReader reader = dialect.reader(new Source("f", input, true), options(form))) {
      BatchCommand command;
      while ((command = reader.next()) != null) {
        commands.add(command);
      }
    }
    return commands;
  }

  private static DialectOptions options(Form form) {
    return new DialectOptions(DialectOptions.DEFAULT.delimiter(), TableOptions.DEFAULT.with(form));
  }

  private static Put assertIsPut(BatchCommand command) {
    return command instanceof Put put ? put : fail("no record");
  }

  private static Map<String, String> texts(Map<String, byte[]> records) {
    Map<String, String> texts = new LinkedHashMap<>();
    records.forEach((key, value) -> texts.put(key, new String(value, StandardCharsets.UTF_8)));
    return texts;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
