package org.prontodb.dialect.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.BatchCommand.Delete;
import org.prontodb.batch.BatchCommand.Put;
import org.prontodb.batch.EntryWriter;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Expiry;
import org.prontodb.model.Namespace;

class StreamWriterTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void eachRecordIsALineWrittenInThePlainestWayThatIsExact() throws IOException {
    EntryWriter writer = writer('.');
    writer.namespace(new Namespace("kb", "recipes"), null);
    put(writer, "pasta", "al dente");
    put(writer, "empty", "");
    put(writer, "odd; key", "a;b\n\"c\"\\\t");
    put(writer, "#1", " x");
    put(writer, "meta:x", "x ");
    put(writer, "inner", "5\" = \\ #");
    writer.put(Reading.utf8("raw"), new byte[] {0, 1, (byte) 0xff}, null);
    put(writer, "esc", "\u001b[1m");
    put(writer, "été", "ü\u00a0中😀");
    writer.delete(Reading.utf8("gone girl"));
    writer.close();
    assertEquals(
        """
        meta:path=kb.recipes;
        pasta=al dente;
        empty=;
        "odd; key"="a;b\\n\\"c\\"\\\\\\t";
        "#1"=" x";
        "meta:x"="x ";
        inner=5" = \\ #;
        meta:encoding=base64;
        raw=AAH/;
        esc=G1sxbQ==;
        meta:encoding=text;
        été=ü\u00a0中😀;
        meta:del="gone girl";
        """,
        out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aCacheIsWrittenWithItsSettingsAndAnExpiryOnlyWhereItChanges() throws IOException {
    EntryWriter writer = writer('.');
    writer.namespace(new Namespace("kb", "cache"), new CacheSettings(60, 5, false));
    byte[] v = Reading.utf8("v");
    writer.put(Reading.utf8("a"), v, new Expiry.At(1000));
    writer.put(Reading.utf8("b"), v, new Expiry.At(1000));
    writer.put(Reading.utf8("c"), v, new Expiry.At(1500));
    writer.put(Reading.utf8("d"), v, new Expiry.After(7));
    writer.put(Reading.utf8("e"), v, Expiry.DEFAULT);
    writer.namespace(new Namespace("kb", "other"), new CacheSettings(60, 0, true));
    writer.put(Reading.utf8("f"), v, new Expiry.After(7));
    writer.close();
    assertEquals(
        """
        meta:path=kb.cache;
        meta:cache="timeout=60;max_items=5;evict_on_read=0";
        meta:expires=1970-01-01T00:00:01Z;
        a=v;
        b=v;
        meta:expires=1970-01-01T00:00:01.500Z;
        c=v;
        meta:ttl=7;
        d=v;
        meta:ttl=default;
        e=v;
        meta:path=kb.other;
        meta:cache="timeout=60";
        meta:ttl=7;
        f=v;
        """,
        out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void anotherDelimiterIsSaidWhereTheOneInForceIsPartOfAName() throws IOException {
    EntryWriter writer = writer('.');
    writer.namespace(new Namespace("a.b", "c!d"), null);
    put(writer, "k.$", "1");
    put(writer, "$%.", "2");
    writer.close();
    assertEquals(
        "meta:delim=$;\nmeta:path=a.b$c!d;\n\"k.$\"=1;\n\"$%.\"=2;\nmeta:delim=.;\n",
        out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void anUnusualDelimiterInForceIsSaidFirst() throws IOException {
    EntryWriter writer = writer(':');
    writer.namespace(new Namespace("a", "b"), null);
    writer.close();
    assertEquals(
        "meta:delim=:;\nmeta:path=a:b;\nmeta:delim=.;\n", out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void anotherStreamCanBeAppended() throws IOException {
    for (int i = 0; i < 2; i++) {
      EntryWriter writer = writer('.');
      writer.namespace(new Namespace("a", "b"), null);
      writer.put(Reading.utf8("k.1"), new byte[1], null);
      writer.close();
    }
    List<String> once = List.of("path a b", "base64", "put k.1 = \\u{0}", "text");
    List<String> twice = new ArrayList<>(once);
    twice.addAll(once);
    assertEquals(twice, Reading.commands(out.toByteArray()));
  }

  @Test
  void whatIsWrittenReadsBackToTheSameBytes() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      out.reset();
      EntryWriter writer = writer('.');
      writer.namespace(new Namespace("n.\u00e9", "x#\\"), null);
      List<byte[]> keys = new ArrayList<>();
      List<byte[]> values = new ArrayList<>();
      for (int i = random.nextInt(60); i >= 0; i--) {
        keys.add(key(random));
        values.add(value(random));
        writer.put(keys.getLast(), values.getLast(), null);
      }
      writer.delete(keys.getFirst());
      writer.close();
      assertReads(keys, values);
    }
  }

  private void assertReads(List<byte[]> keys, List<byte[]> values) throws IOException {
    try (StreamReader reader =
        Reading.reader(new ByteArrayInputStream(out.toByteArray()), 1 + keys.size())) {
      for (int i = 0; i < keys.size(); i++) {
        Put put = assertInstanceOf(Put.class, nextChange(reader));
        assertArrayEquals(keys.get(i), put.key().utf8());
        assertArrayEquals(values.get(i), put.value());
      }
      Delete delete = assertInstanceOf(Delete.class, nextChange(reader));
      assertArrayEquals(keys.getFirst(), delete.key().utf8());
      assertNull(nextChange(reader));
    }
  }

  private static BatchCommand nextChange(StreamReader reader) throws IOException {
    BatchCommand command = reader.next();
    while (command != null
        && !(command instanceof Put)
        && !(command instanceof Delete)
        && !(command instanceof BatchCommand.Rejected)) {
      command = reader.next();
    }
    return command;
  }

  private static final String NASTY = " \t;=\"'#\\.:!$ab\u00e9\u00a0中😀\u2028\ufeff_-";

  private static byte[] key(Random random) {
    return Reading.utf8(
        (random.nextInt(9) == 0 ? "meta:" : "") + text(random, 1, NASTY.replace("\t", "")));
  }

  private static byte[] value(Random random) {
    if (random.nextInt(4) == 0) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      return bytes;
    }
    String more = random.nextInt(3) == 0 ? "\r\n\0\u0085\u007f" : "\r\n";
    return Reading.utf8(text(random, 0, NASTY + more));
  }

  private static String text(Random random, int least, String alphabet) {
    int[] points = alphabet.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = least + random.nextInt(random.nextInt(30) == 0 ? 900 / 4 : 12); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.isEmpty() && least > 0 ? "k" : text.toString();
  }

  private EntryWriter writer(char delimiter) {
    return new StreamDialect().writer(out, new DialectOptions(new Delimiter(delimiter)));
  }

  private static void put(EntryWriter writer, String key, String value) throws IOException {
    writer.put(Reading.utf8(key), Reading.utf8(value), null);
  }
}
