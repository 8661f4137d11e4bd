package org.prontodb.dialect;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.BatchCommand.Put;
import org.prontodb.batch.CommandReader;
import org.prontodb.dialect.TableOptions.Form;
import org.prontodb.dialect.csv.CsvDialect;
import org.prontodb.dialect.tsv.TsvDialect;
import org.prontodb.model.Delimiter;

/** What {@code bin/measure-splitters.sh} runs. */
final class MeasureSplitters {
  private static final int ROWS = 300_000;
  private static final int ROUNDS = 9;

  /** Answers how many bytes keys and values had, so that nothing can be left out. */
  private interface Contender {
    long run() throws IOException;
  }

  private MeasureSplitters() {}

  public static void main(String[] arguments) throws IOException {
    byte[] tsv = rows("%s\t%s\n");
    byte[] csv = rows("%s,\"%s\"\n");
    List<byte[]> texts = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      texts.add(Base64.getEncoder().encode(value(i).getBytes(StandardCharsets.UTF_8)));
    }
    CSVFormat tabs =
        CSVFormat.Builder.create().setDelimiter('\t').setQuote(null).setRecordSeparator('\n').get();
    Map<String, Contender> contenders = new LinkedHashMap<>();
    contenders.put("tsv, ours", () -> ours(new TsvDialect(), tsv));
    contenders.put("tsv, Commons CSV", () -> commons(tabs, tsv));
    contenders.put("csv, ours", () -> ours(new CsvDialect(), csv));
    contenders.put("csv, Commons CSV", () -> commons(CSVFormat.RFC4180, csv));
    contenders.put("base64, ours", () -> decode(texts, t -> Base64Text.decode(t, 0, t.length)));
    contenders.put("base64, the JDK", () -> decode(texts, Base64.getDecoder()::decode));
    contenders.put(
        "base64, Commons Codec",
        () -> decode(texts, org.apache.commons.codec.binary.Base64::decodeBase64));
    print(measure(contenders));
  }

  private static String value(int row) {
    return "value number %d, with some words in it and a caf\u00e9".formatted(row);
  }

  private static byte[] rows(String form) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      text.append(form.formatted("user%07d".formatted(i), value(i)));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static long ours(Dialect dialect, byte[] table) throws IOException {
    DialectOptions options =
        new DialectOptions(Delimiter.DEFAULT, TableOptions.DEFAULT.with(Form.PLAIN));
    long bytes = 0;
    try (CommandReader reader =
        dialect.reader(new Source("table", new ByteArrayInputStream(table), true), options)) {
      for (BatchCommand c = reader.next(); c != null; c = reader.next()) {
        Put put = (Put) c;
        bytes += put.key().utf8().length + put.value().length;
      }
    }
    return bytes;
  }

  private static long commons(CSVFormat format, byte[] table) throws IOException {
    long bytes = 0;
    try (CSVParser parser =
        CSVParser.parse(
            new InputStreamReader(new ByteArrayInputStream(table), StandardCharsets.UTF_8),
            format)) {
      for (CSVRecord record : parser) {
        bytes += record.get(0).getBytes(StandardCharsets.UTF_8).length;
        bytes += record.get(1).getBytes(StandardCharsets.UTF_8).length;
      }
    }
    return bytes;
  }

  private static long decode(List<byte[]> texts, java.util.function.UnaryOperator<byte[]> decoder) {
    long bytes = 0;
    for (byte[] text : texts) {
      bytes += decoder.apply(text).length;
    }
    return bytes;
  }

  private static Map<String, long[]> measure(Map<String, Contender> contenders) throws IOException {
    Map<String, long[]> nanos = new LinkedHashMap<>();
    Map<String, Long> answers = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, Contender> contender : contenders.entrySet()) {
        long start = System.nanoTime();
        long bytes = contender.getValue().run();
        nanos.computeIfAbsent(contender.getKey(), k -> new long[ROUNDS])[round] =
            System.nanoTime() - start;
        String job = contender.getKey().substring(0, contender.getKey().indexOf(','));
        Long before = answers.putIfAbsent(job, bytes);
        if (before != null && before != bytes) {
          throw new IllegalStateException(contender.getKey() + " reads something else");
        }
      }
    }
    return nanos;
  }

  private static void print(Map<String, long[]> nanos) {
    System.out.println("| reading " + ROWS + " rows | ns a row |\n|---|---:|");
    nanos.forEach(
        (name, times) -> {
          Arrays.sort(times);
          System.out.println("| " + name + " | " + times[ROUNDS / 2] / ROWS + " |");
        });
  }
}
