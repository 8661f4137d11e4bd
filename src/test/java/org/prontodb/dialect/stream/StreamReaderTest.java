package org.prontodb.dialect.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.BatchCommand.Put;
import org.prontodb.batch.BatchCommand.Rejected;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.Source;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;

class StreamReaderTest {
  static final List<Arguments> GOOD =
      List.of(
          good("", new String[0]),
          good(" \t\r\n;;; # nothing\n;", new String[0]),
          good("# a comment without an end", new String[0]),
          good("a=1;b=2;", "put a = 1", "put b = 2"),
          good("\ufeffa=1;", "put a = 1"),
          good("  a \t= \t al  dente \t;", "put a = al  dente"),
          good("a=;b= ;c=\"\";", "put a = ", "put b = ", "put c = "),
          good("a#b=#c;#d=e;\nf=g;", "put a#b = #c", "put f = g"),
          good(
              "a={\"b\":[1,\"}\"]};b=[draft];c=x{;",
              "put a = {\"b\":[1,\"}\"]}",
              "put b = [draft]",
              "put c = x{"),
          good("a={\"b\":\"\\\"\"};", "put a = {\"b\":\"\\\"\"}"),
          good(
              "meta:cache=timeout=60;a=1;max_items=3;",
              "cache 60 0 true",
              "put a = 1",
              "put max_items = 3"),
          good("meta:cache=timeout=60;\"timeout\"=1;", "cache 60 0 true", "put timeout = 1"),
          good("meta:cache=\"timeout=60\";timeout=1;", "cache 60 0 true", "put timeout = 1"),
          good("a=b=c;d=e\"f\\n;", "put a = b=c", "put d = e\"f\\n"),
          good("metal=1;meta=2;", "put metal = 1", "put meta = 2"),
          good("\"odd; key\"=x;\"meta:x\" = \"y\" ;", "put odd; key = x", "put meta:x = y"),
          good("a=\"one\nline; \\\"two\\\"\";", "put a = one\\u{a}line; \"two\""),
          good("a=\"\\\\\\t\\r\\u00e9\\ud83d\\ude00\";", "put a = \\\\t\\u{d}é😀"),
          good("été=où;中=😀;", "put été = où", "put 中 = 😀"),
          good("pasta__it=al dente;__init__=1;", "put pasta__it = al dente", "put __init__ = 1"),
          good("meta:path=kb.recipes;", "path kb recipes"),
          good("meta:ns = kb.recipes ;", "path kb recipes"),
          good("meta:path=\"kb.recipes\";", "path kb recipes"),
          good("meta:project=kb;meta:namespace=recipes;", "project kb", "namespace recipes"),
          good("meta:delim=:;meta:path=a.b:c;k.v=1;", "delimiter :", "path a.b c", "put k.v = 1"),
          good("meta:ttl=60;meta:ttl=default;", "expiry after 60", "expiry default"),
          good("meta:expires=1970-01-01T00:00:01Z;", "expiry at 1000"),
          good("meta:expires=1970-01-01T01:00:00.5+01:00;", "expiry at 500"),
          good(
              "meta:encoding=base64;a=iVBORw0KGgo=;b=;meta:encoding=text;c=QQ==;",
              "base64",
              "put a = \ufffdPNG\\u{d}\\u{a}\\u{1a}\\u{a}",
              "put b = ",
              "text",
              "put c = QQ=="),
          good(
              "meta:encoding=hex;a=416A;b=;meta:encoding=base64url;c=QWo;d=QWo=;",
              "hex",
              "put a = Aj",
              "put b = ",
              "base64url",
              "put c = Aj",
              "put d = Aj"),
          good("meta:encoding=base64;meta:del=QQ;a=\"QQ==\";", "base64", "delete QQ", "put a = A"),
          good("meta:del=pasta;meta:del=\"odd; key\";", "delete pasta", "delete odd; key"),
          good("meta:batch=run 7;meta:replace;meta:end;", "batch run 7", "replace", "end"),
          good("meta:if=a;meta:unless=b;", "if a", "unless b"),
          good("meta:if=\"a=b=c\";meta:if=\"a=\";", "if a = b=c", "if a = "),
          good("meta:if=\"\\\"a=b\\\"=c\";meta:if=\"\\\"a=b\\\"\";", "if a=b = c", "if a=b"),
          good("meta:cache=\"timeout=60\";", "cache 60 0 true"),
          good("meta:cache=\"timeout=60; max_items=5; evict_on_read=0;\";", "cache 60 5 false"),
          good("meta:sec:pass=pronto!; meta:sec:user=admin;", "pass pronto!", "user admin"),
          good("meta:sec:apikey=k;meta:sec:session=\"s;\";", "apikey k", "session s;"));

  static final List<Arguments> BAD =
      List.of(
          // where an error is, and what is read behind it
          bad("x y=1; a=2;", "1:3 unexpected \"y\" after key \"x\"", "put a = 2"),
          bad("x y=\"1;2\"; a=2;", "1:3 unexpected \"y\" after key \"x\"", "put a = 2"),
          bad("x y=5\" tall; a=2;", "1:3 unexpected \"y\" after key \"x\"", "put a = 2"),
          bad("a=\"1\"2\"; b=3;", "1:6 unexpected \"2\" after the quoted value", "put b = 3"),
          bad("a=\"1\" \"2;3\"; b=3;", "1:7 unexpected quote after the quoted value", "put b = 3"),
          bad("\n\n  é é=1;", "3:5 unexpected \"é\" after key \"é\""),
          bad("a=1\nb=2;c=3;", "1:4 line break in a bare value", "put c = 3"),
          bad("a=1\r\nb=2;c=3;", "1:4 line break in a bare value", "put c = 3"),
          // nothing lands where it was not meant
          bad("a=1\nmeta:path=a.b;", "1:4 line break in a bare value (PROJECT)"),
          bad("a=1\n\tmeta:namespace=b;", "1:4 line break in a bare value (NAMESPACE)"),
          bad("meta:ttl=5\nmeta:ns=a.b;", "1:11 line break in a bare value (PROJECT)"),
          bad("meta:encoding=text\nmeta:delim=:;", "1:19 line break in a bare value (LOAD)"),
          bad("meta:pth=a.b;", "1:1 unknown directive 'meta:pth' (PROJECT)"),
          bad(
              "a=\"x;\nmeta:delim=:;\n\"b;",
              "1:3 the quoted value that begins here ends in line 3, where \"b\" follows instead of"
                  + " ';' (DELIMITER)"),
          bad(
              "\"a=1; meta:path=a.b;\nb=\"2\";",
              "1:1 the quote that opens this key is not closed in its line (PROJECT)",
              "put b = 2"),
          bad(
              "b=1; \"a=1;\n\"c\"=\"2\";",
              "put b = 1",
              "1:6 the quote that opens this key is not closed in its line",
              "put c = 2"),
          bad("a=\"1;\nb=2;", "1:3 the input ends inside the quoted value that begins in line 1"),
          bad("meta:delim=::;", "1:12 a delimiter is one character, not \"::\" (DELIMITER)"),
          bad("meta:batch;", "1:11 meta:batch needs a value (LOAD)"),
          bad("meta:if=a.b;", "1:10 key \"a.b\" holds the delimiter '.' (NAMESPACE)"),
          bad("meta:ttl=0;", "1:10 meta:ttl can not be \"0\" (EXPIRY)"),
          // JSON that a ';' in a string would cut in two ends with its line
          bad(
              "d={\"a\":\"x;b=1\",\"c\":2}; e=1;\nf=2;",
              "1:10 the value begins like JSON, and a quote is still open at this ';'",
              "put f = 2"),
          bad(
              "d=[1,[2];e=3];",
              "1:9 the value begins like JSON, and a bracket is still open at this ';'"),
          bad(
              "d={\"a; meta:path=a.b;\nc=1;",
              "1:6 the value begins like JSON, and a quote is still open at this ';' (PROJECT)",
              "put c = 1"),
          bad("d={\n\"a\":\"x;b=1\",\"c\":2};e=1;", "1:4 line break in a bare value", "put e = 1"),
          bad(
              "meta:encoding=base64;a={\"x;b=QQ==;",
              "base64",
              "1:27 the value begins like JSON, and a quote is still open at this ';'"),
          // a setting that the missing quotes of meta:cache made a record
          bad(
              "meta:cache=timeout=60;max_items=3; timeout=5; a=1;",
              "cache 60 0 true",
              "1:23 record \"max_items\" right behind meta:cache without quotes (NAMESPACE)",
              "1:36 record \"timeout\" right behind meta:cache without quotes (NAMESPACE)",
              "put a = 1"),
          // exactly where
          bad("a.b=1;", "1:2 key \"a.b\" holds the delimiter '.'"),
          bad("\"é\\t\"=1;", "1:3 key holds the control character U+0009"),
          bad("éé.=1;", "1:3 key \"éé.\" holds the delimiter '.'"),
          bad("meta:unless=a.b;", "1:14 key \"a.b\" holds the delimiter '.' (NAMESPACE)"),
          bad("meta:del= a.b;", "1:12 key \"a.b\" holds the delimiter '.'"),
          bad("; \ufeffb=2;", "1:3 byte order mark within the stream"),
          bad(
              "meta:encoding=base64; a= QQ=;",
              "base64",
              "1:29 value is not base64: it is cut short"));

  private static Arguments good(String stream, String... commands) {
    return Arguments.of(stream, List.of(commands));
  }

  private static Arguments bad(String stream, String... commands) {
    return Arguments.of(stream, List.of(commands));
  }

  @ParameterizedTest
  @FieldSource("GOOD")
  void aStreamIsReadAsTheseCommands(String stream, List<String> commands) throws IOException {
    assertEquals(commands, Reading.commands(stream));
  }

  @ParameterizedTest
  @FieldSource("BAD")
  void aBadStatementIsToldWithItsPlaceAndReadingGoesOn(String stream, List<String> commands)
      throws IOException {
    assertEquals(commands, Reading.commands(stream));
  }

  @Test
  void anyByteThatIsNotUtf8IsAnErrorAtThatByte() throws IOException {
    assertEquals(
        List.of(
            "1:2 byte 0xff is not UTF-8",
            "1:8 byte 0xc3 is not UTF-8",
            "1:12 byte 0xed is not UTF-8",
            "put b = 1"),
        Reading.commands(bytes("é\377=1;a=\303;# \355\240\200\nb=1;")));
  }

  /** Each character one byte, but for the é, which is itself. */
  private static byte[] bytes(String text) {
    return text.replace("é", "\303\251").getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void aNulIsPartOfABareValue() throws IOException {
    assertEquals(List.of("put a = x\\u{0}y"), Reading.commands("a=x\0y;"));
  }

  @Test
  void aStreamOfAMillionBlanksAndCommentsNeedsNoLargerWindow() throws IOException {
    String gap = " \n# a comment\n\t".repeat(100_000);
    assertEquals(List.of("put a = 1"), Reading.commands(gap + "a=1;" + gap));
  }

  @Test
  void aCompletedStatementIsAnsweredBeforeTheByteBehindItHasCome() throws IOException {
    String[] statements = {
      "a=1;",
      " b = \"2;\";",
      "meta:path=x.y;",
      "meta:end;",
      "# c\n\"k\"=;",
      "x y=1;",
      "a;",
      "=;",
      "a=\"b\" c;",
      "meta:nope=1;",
      "a=b\nc;"
    };
    StrictInput input = new StrictInput();
    try (StreamReader reader = Reading.reader(input, Reading.USUAL_WINDOW)) {
      for (String statement : statements) {
        input.give(statement);
        assertFalse(reader.next() == null, statement);
        input.assertAllTaken();
      }
      input.end();
      assertNull(reader.next());
    }
  }

  /** Fails the test that reads more than it was given. */
  private static final class StrictInput extends InputStream {
    private byte[] bytes = {};
    private int next;
    private boolean ended;

    void give(String text) {
      bytes = Reading.utf8(text);
      next = 0;
    }

    void assertAllTaken() {
      assertEquals(bytes.length, next);
    }

    void end() {
      ended = true;
    }

    @Override
    public int available() {
      return bytes.length - next;
    }

    @Override
    public int read() {
      if (next == bytes.length) {
        if (ended) {
          return -1;
        }
        throw new AssertionError("reads on although the statement is complete");
      }
      return bytes[next++] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = 0;
      while (count < length && (count == 0 || next < bytes.length)) {
        int b = read();
        if (b < 0) {
          return -1;
        }
        target[offset + count++] = (byte) b;
      }
      return count;
    }
  }

  @Test
  void aProblemThatTheExecutorFindsIsPlacedAtTheStatementOrItsValue() throws IOException {
    try (StreamReader reader = over("a=1; b = two; c=3;")) {
      reader.next();
      reader.next();
      Problem problem = Problem.of(Kind.FAILED, "no");
      assertEquals("test:1:6", reader.locate(problem, false).position().toString());
      Problem atValue = reader.locate(problem, true);
      assertEquals("test:1:10", atValue.position().toString());
      assertEquals("a=1; b = two; c=3;", atValue.source().text());
      assertEquals(9, atValue.source().caret());
      assertEquals("b = two;", new String(reader.statement(), StandardCharsets.UTF_8));
      assertEquals(13, reader.bytesRead());
    }
  }

  @Test
  void theDigestIsThatOfTheTextWithoutMarkAndSecrets() throws Exception {
    String before = "# hello\n";
    String after = " \nmeta:path=a.b; a=1;\n".repeat(10_000);
    byte[] wanted = MessageDigest.getInstance("SHA-256").digest(Reading.utf8(before + " " + after));
    String stream = "\ufeff" + before + "meta:sec:pass=\"x;\"; meta:sec:user=y;" + after;
    try (StreamReader reader =
        Reading.reader(new Reading.DrippingInput(Reading.utf8(stream)), 100)) {
      while (reader.next() != null) {
        // the digest is asked at the end
      }
      assertArrayEquals(wanted, reader.sha256());
    }
  }

  @Test
  void aStatementLongerThanTheLimitIsRefusedAndPassedOverInFlatMemory() throws IOException {
    int limit = 1 << 16;
    String[] statements = {"a=" + "x".repeat(10 * limit), "a=\"" + "x;".repeat(5 * limit) + "\""};
    for (String statement : statements) {
      Source source =
          new Source(
              "test",
              new ByteArrayInputStream(Reading.utf8("k=v;" + statement + ";b=1;\nx y=2;")),
              true);
      try (StreamReader reader = new StreamReader(source, DialectOptions.DEFAULT, 64, limit)) {
        reader.next();
        Rejected refused = assertInstanceOf(Rejected.class, reader.next());
        assertEquals("statement is longer than 65536 bytes", refused.problem().message());
        assertEquals("test:1:5", refused.problem().position().toString());
        assertEquals("test:1:5", reader.position().toString());
        assertEquals(0, reader.statement().length);
        assertEquals("put b = 1", Reading.describe(reader.next()));
        assertEquals(statement.length() + 6, reader.position().column());
        Rejected next = assertInstanceOf(Rejected.class, reader.next());
        assertEquals("test:2:3", next.problem().position().toString());
      }
    }
  }

  @Test
  void aStatementWithoutEndIsRefusedWithoutLookingForIt() throws IOException {
    int limit = 1 << 16;
    for (String begin : new String[] {"a", "a=\"", "a b", "#"}) {
      EndlessInput input = new EndlessInput(Reading.utf8(begin), 'x');
      Source source = new Source("test", input, false);
      try (StreamReader reader = new StreamReader(source, DialectOptions.DEFAULT, 64, limit)) {
        assertInstanceOf(Rejected.class, reader.next());
        assertTrue(reader.isTooLong());
        assertTrue(input.given() <= 4 * limit, begin + ": " + input.given());
      }
    }
  }

  /** Bytes without end. */
  private static final class EndlessInput extends java.io.InputStream {
    private final byte[] begin;
    private final char then;
    private long given;

    EndlessInput(byte[] begin, char then) {
      this.begin = begin;
      this.then = then;
    }

    long given() {
      return given;
    }

    @Override
    public int read() {
      int next = given < begin.length ? begin[(int) given] : then;
      given++;
      return next;
    }
  }

  @Test
  void aValueOfManyWindowsIsReadWhole() throws IOException {
    String value = "some text that goes on; ".repeat(100_000).strip();
    try (StreamReader reader =
        Reading.reader(
            new ByteArrayInputStream(Reading.utf8("a=\"" + value + "\";b=1;")),
            Reading.SMALLEST_WINDOW)) {
      Put put = assertInstanceOf(Put.class, reader.next());
      assertEquals(value, new String(put.value(), StandardCharsets.UTF_8));
      BatchCommand next = reader.next();
      assertEquals("put b = 1", Reading.describe(next));
    }
  }

  @Test
  void aFailureOfTheInputIsAnIoException() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }
        };
    StreamReader reader = Reading.reader(broken, Reading.USUAL_WINDOW);
    assertEquals("gone", assertThrows(IOException.class, reader::next).getMessage());
  }

  private static StreamReader over(String stream) {
    return Reading.reader(new ByteArrayInputStream(Reading.utf8(stream)), Reading.USUAL_WINDOW);
  }
}
