package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.prontodb.store.Store;
import org.prontodb.store.Transaction;
import org.prontodb.store.sqlite.SqliteOptions;
import org.prontodb.store.sqlite.SqliteStore;

class RecordCommandsTest {
  @TempDir Path home;
  private CommandLineRun shell;

  @BeforeEach
  void begin() {
    shell = new CommandLineRun(home);
  }

  private void prints(String expected, String... words) {
    assertEquals(expected, shell.run(words).toString());
  }

  @Test
  void whatIsSetIsGot() {
    prints("[0]", "set", "kb.recipes.pasta", "al dente");
    prints("al dente\n[0]", "get", "kb.recipes.pasta");
    prints("al dente\n[0]", "get", "-p", "kb", "pasta", "-n", "recipes");
    prints("al dente\n[0]", "-p", "kb", "--namespace=recipes", "get", "pasta");
    prints("al dente[0]", "get", "--raw", "kb.recipes.pasta");
    prints("[0]", "exists", "kb.recipes.pasta");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-5", "--x", "-", "--", "", "a=b", "-pasta", "--ttl=", "@file", "${user}"})
  void aWordBehindTheAddressIsTheValue(String value) {
    if (value.equals("-")) {
      shell.stdin("-");
    }
    if (value.equals("--") || value.equals("--ttl=")) {
      shell.run("set", "kb.r.k", "--", value);
    } else {
      shell.run("set", "kb.r.k", value);
    }
    prints(value + "\n[0]", "get", "kb.r.k");
  }

  @Test
  void aMisspeltOptionIsNoValueWhereThereIsOneAlready() {
    prints(
        "! prontodb: error: unknown option \"--tll\"\n!   hint: did you mean --ttl?\n[64]",
        "set",
        "kb.r.k",
        "v",
        "--tll",
        "5");
    prints(
        "! prontodb: error: unknown option \"--jsno\"\n!   hint: did you mean --json?\n[64]",
        "set",
        "--jsno",
        "kb.r.k",
        "v");
    prints("[0]", "set", "--", "-kb.r.k", "--json");
    prints("--json\n[0]", "get", "--", "-kb.r.k");
    prints("[0]", "set", "kb.r.k", "-pasta");
    prints("[0]", "set", "kb.r.k", "-q", "--if-value=-pasta", "--", "-d");
    prints("-d\n[0]", "get", "kb.r.k");
  }

  @Test
  void everyByteGoesInAndComesOut() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    shell.run("set", "kb.r.word", Arguments.word(all));
    assertArrayEquals(all, shell.run("get", "--raw", "kb.r.word").bytes());
    byte[] large = new byte[20_000_000];
    new Random(1).nextBytes(large);
    shell.stdin(large).run("set", "kb.r.large", "-");
    assertArrayEquals(large, shell.run("get", "--raw", "kb.r.large").bytes());
  }

  @Test
  void aContextIsARecordOfItsOwn() {
    shell.run("set", "kb.r.pasta", "plain");
    shell.run("set", "--context", "it", "kb.r.pasta", "al dente");
    prints("al dente\n[0]", "--user", "it", "get", "kb.r.pasta");
    prints("al dente\n[0]", "get", "kb.r.pasta__it");
    prints("pasta\npasta__it\n[0]", "keys", "kb.r");
  }

  @Test
  void conditionsGuardAWrite() {
    prints("[0]", "set", "kb.r.k", "one", "--if-absent");
    prints(
        "! prontodb: error: kb.r.k is there already; nothing was written\n[3]",
        "set",
        "kb.r.k",
        "two",
        "--if-absent");
    prints("[0]", "set", "kb.r.k", "two", "--if-value", "one");
    prints(
        "! prontodb: error: kb.r.k has another value; nothing was written\n[3]",
        "set",
        "kb.r.k",
        "three",
        "--if-value",
        "one");
    prints(
        "! prontodb: error: kb.r.x is not there; nothing was written\n[3]",
        "set",
        "kb.r.x",
        "three",
        "--if-value",
        "one");
    prints("two\n[0]", "get", "kb.r.k");
  }

  @Test
  void anUnmetConditionCreatesNoDatabase() throws IOException {
    assertEquals(3, shell.run("set", "kb.r.k", "v", "--if-value", "x").exit());
    assertEquals(2, shell.run("set", "kb.r.k", "v", "--ttl", "5").exit());
    assertEquals(65, shell.run("set", "kb.r.k", "{", "--json").exit());
    assertEquals(2, shell.run("del", "kb.r.k").exit());
    try (Stream<Path> files = Files.walk(home)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void readingWithoutADatabaseSaysSo() {
    CommandLineRun.Result result = shell.run("get", "kb.r.k");
    assertTrue(
        result.stderr().startsWith("prontodb: error: there is nothing yet: no database at " + home),
        result.stderr());
    assertEquals(2, result.exit());
  }

  @Test
  void severalAreALineEach() {
    shell.run("set", "kb.r.a", "1\t2\n3\r\\");
    shell.run("set", "kb.r.b", "");
    prints(
        "1\\t2\\n3\\r\\\\\n\n\\N\n! prontodb: error: 1 of 3 records not found\n[2]",
        "get",
        "kb.r.a",
        "kb.r.b",
        "kb.r.c");
    prints("1\\t2\\n3\\r\\\\\n\n\\N\n[2]", "get", "-q", "kb.r.a", "kb.r.b", "kb.r.c");
    prints(
        "{\"k\":\"kb.r.b\",\"v\":\"\"}\n{\"k\":\"kb.r.c\",\"missing\":true}\n[2]",
        "get",
        "--json",
        "-q",
        "kb.r.b",
        "kb.r.c");
    shell.stdin("kb.r.c\r\nkb.r.a");
    prints("\\N\nMQkyCjMNXA==\n[2]", "get", "-q", "--b64", "-");
    shell.stdin("b\n");
    prints("\n[0]", "get", "-p", "kb", "-n", "r", "-");
  }

  @Test
  void aLineThatIsNoAddressForItsLengthIsRefused() {
    shell.run("set", "kb.r.a", "1");
    shell.stdin("kb.r.a\n" + "x".repeat(1 << 20));
    CommandLineRun.Result result = shell.run("get", "-");
    assertEquals(65, result.exit());
    assertTrue(
        result.stderr().startsWith("<stdin>:2:1: error: a line of more than 65536 bytes\n"),
        result.stderr());
  }

  @Test
  void aBadLineOfAddressesIsNamed() {
    shell.run("set", "kb.r.a", "1");
    shell.stdin("kb.r.a\nkb\n");
    CommandLineRun.Result result = shell.run("get", "-");
    assertEquals(64, result.exit());
    assertTrue(result.stderr().startsWith("<stdin>:2:1: error: \"kb\" is not"), result.stderr());
    assertEquals("1\n", result.stdout());
  }

  @Test
  void eachAddressIsAnsweredBeforeTheNextIsReadAndAsOfNow() {
    shell.run("set", "kb.r.a", "before");
    CommandLineRun other = new CommandLineRun(home);
    StringBuilder conversation = new StringBuilder();
    InputStream person =
        new InputStream() {
          private int line;

          @Override
          public int read() {
            throw new AssertionError("byte by byte");
          }

          @Override
          public int read(byte[] buffer, int from, int length) {
            if (++line > 2) {
              return -1;
            }
            other.run("set", "kb.r.a", "line " + line);
            conversation.append("asked ").append(line).append('\n');
            byte[] text = "kb.r.a\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            System.arraycopy(text, 0, buffer, from, text.length);
            return text.length;
          }
        };
    java.io.OutputStream stdout =
        new java.io.OutputStream() {
          @Override
          public void write(int b) {
            conversation.append((char) b);
          }
        };
    Cli.run(
        java.util.List.of("get", "-"),
        new ProcessContext(
            person,
            stdout,
            java.io.OutputStream.nullOutputStream(),
            shell.environment,
            home,
            java.time.InstantSource.system(),
            ProcessContext.Terminal.NONE));
    assertEquals("asked 1\nline 1\nasked 2\nline 2\n", conversation.toString());
  }

  @Test
  void jsonIsStoredCanonicallyAndShownIndented() {
    prints("[0]", "set", "--json", "kb.r.j", " {\"w\" : 1.0, \"a\":[ ] }");
    prints("{\"a\":[],\"w\":1.0}\n[0]", "get", "kb.r.j");
    prints("{\n  \"a\": [],\n  \"w\": 1.0\n}\n[0]", "get", "--json", "kb.r.j");
    shell.run("set", "kb.r.text", "no \"JSON\"");
    prints("\"no \\\"JSON\\\"\"\n[0]", "get", "--json", "kb.r.text");
    shell.run("set", "--b64", "kb.r.bytes", "/w==");
    prints("{\"k\":\"kb.r.bytes\",\"b64\":\"/w==\"}\n[0]", "get", "--json", "kb.r.bytes");
    prints("{\"k\":\"bytes\",\"b64\":\"/w==\"}\n[0]", "scan", "--json", "kb.r.b");
  }

  @Test
  void deepJsonIsRefusedWithoutAnOverflow() {
    shell.stdin("[".repeat(100_000) + "]".repeat(100_000));
    CommandLineRun.Result result = shell.run("set", "--json", "kb.r.j", "-");
    assertEquals(65, result.exit());
    assertTrue(result.stderr().contains("\"column\":1001"), result.stderr());
  }

  @ParameterizedTest
  @ValueSource(strings = {"aGk", "aGk=\n", "aG k=", "aGl=", "é", "====", "aGk=="})
  void badBase64IsRefused(String text) {
    CommandLineRun.Result result = shell.run("set", "--b64", "kb.r.k", text);
    assertEquals(65, result.exit());
    assertTrue(result.stderr().contains("the value is not base64"), result.stderr());
  }

  @Test
  void base64FromAPipeMayHaveTheLineBreaksOfTheBase64Program() {
    shell.stdin("aGVs\nbG8=\n").run("set", "--b64", "kb.r.k", "-");
    prints("hello\n[0]", "get", "kb.r.k");
    prints("aGVsbG8=\n[0]", "get", "--b64", "kb.r.k");
  }

  @Test
  void delTellsWhetherAnythingWasThere() {
    shell.run("set", "kb.r.a", "1");
    shell.run("set", "kb.r.b", "1");
    prints("[0]", "del", "kb.r.a", "kb.r.none", "kb.none.x");
    prints("! prontodb: error: nothing was there to delete\n[2]", "del", "kb.r.a");
    prints("b\n[0]", "keys", "kb.r");
  }

  @Test
  void delPrefixTakesTheBytesOfThePrefixAndNoPattern() {
    for (String key : new String[] {"a_1", "ab1", "a%1", "A_1", "b"}) {
      shell.run("set", "kb.r." + key, "1");
    }
    prints("a_1\n[0]", "del", "--prefix", "kb.r.a_", "--dry-run");
    prints("! 1 record deleted\n[0]", "del", "--prefix", "kb.r.a_");
    prints("A_1\na%1\nab1\nb\n[0]", "keys", "kb.r");
    prints("! 4 records deleted\n[0]", "del", "--prefix", "kb.r");
    prints("[0]", "keys", "kb.r");
    prints("! prontodb: error: nothing was there to delete\n[2]", "del", "--prefix", "kb.r");
  }

  @Test
  void aPrefixOfManyRecordsGoesAtOnce() {
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < 2500; i++) {
      keys.append(i).append('\n');
    }
    for (String key : keys.toString().split("\n")) {
      if (Integer.parseInt(key) % 500 == 0) {
        shell.run("set", "kb.r." + key, "1");
      }
    }
    prints("! 5 records deleted\n[0]", "del", "-p", "kb", "-n", "r", "--prefix", "");
  }

  @Test
  void listsAreInTheOrderOfBytes() {
    for (String key : new String[] {"é", "z", "a", "B", "😀", "a b"}) {
      shell.run("set", "kb.r." + key, key);
    }
    prints("B\na\na b\nz\né\n😀\n[0]", "ls", "kb.r");
    prints("a b\0z\0[0]", "keys", "kb.r", "-0", "--after", "a", "--limit", "2");
    prints("[0]", "keys", "kb.r", "--limit", "0");
    prints("a\ta\na b\ta b\n[0]", "scan", "kb.r.a");
    prints("{\"k\":\"a\"}\n{\"k\":\"a b\"}\n[0]", "keys", "--json", "kb.r.a");
    prints("[0]", "keys", "kb.r.none");
  }

  @Test
  void anUnknownNamespaceIsNotFoundAndAnEmptyOneIs() {
    shell.run("set", "kb.r.a", "1");
    shell.run("del", "kb.r.a");
    prints("[0]", "scan", "kb.r");
    prints(
        "! prontodb: error: there is no namespace kb.x\n"
            + "!   hint: \"prontodb nss\" lists those there are\n[2]",
        "scan",
        "kb.x");
  }

  @Test
  void anotherDelimiterIsTakenFromFlagAndEnvironment() {
    prints("[0]", "--ns-delim", ":", "set", "k.b:r:a.b", "1");
    shell.environment.put("PRONTO_NS_DELIM", "+");
    prints("1\n[0]", "get", "--ns-delim=:", "k.b:r:a.b");
    prints("1\n[0]", "get", "k.b+r+a.b");
    shell.environment.clear();
    shell.environment.put("HOME", home.toString());
    prints("a.b\n[0]", "keys", "-p", "k.b", "-n", "r");
    assertEquals(64, shell.run("--ns-delim", "/", "get", "k/b/r").exit());
  }

  @Test
  void theDatabaseIsNamedByFlagAndEnvironment() {
    prints("[0]", "-d", "one.db", "set", "kb.r.a", "1");
    shell.environment.put("PRONTO_DB", home.resolve("one.db").toString());
    prints("1\n[0]", "get", "kb.r.a");
    assertFalse(Files.exists(home.resolve(".local")));
  }

  @Test
  void aTextFileIsNoDatabase() throws IOException {
    Path text = Files.writeString(home.resolve("notes.txt"), "do not touch\n".repeat(100));
    assertEquals(1, shell.run("-d", text.toString(), "get", "kb.r.a").exit());
    assertEquals(1, shell.run("-d", text.toString(), "set", "kb.r.a", "1").exit());
    assertEquals("do not touch\n".repeat(100), Files.readString(text));
  }

  @Test
  void aBusyDatabaseIsToldWithACodeOfItsOwn() throws IOException {
    shell.run("set", "kb.r.k", "v");
    Path folder = Files.createDirectories(home.resolve(".local/etc/odx/prontodb"));
    Files.writeString(folder.resolve("pronto.conf"), "busy_timeout_ms=10\n");
    Path file = home.resolve(".local/data/odx/prontodb/pronto.db");
    try (Store store = SqliteStore.open(file, SqliteOptions.DEFAULT);
        Transaction _ = store.write(List.of())) {
      CommandLineRun.Result result = shell.run("set", "kb.r.k", "new", "--json");
      assertEquals(65, result.exit());
      result = shell.run("set", "kb.r.k", "1", "--json");
      assertEquals(75, result.exit());
      assertTrue(result.stderr().contains("\"retryable\":true"), result.stderr());
      shell.environment.put("PRONTO_SECURITY", "false");
      CommandLineRun.Result load =
          shell.stdin("meta:path=kb.r; bad bad; k=1;").run("stream", "--keep-going");
      assertEquals(75, load.exit(), "what was skipped does not hide that nothing was done");
      prints("v\n[0]", "get", "kb.r.k");
    }
  }

  @Test
  void aReadDoesNotWaitForAWriterToEvictWhatHasExpired() {
    shell.run("admin", "create-cache", "kb.c", "timeout=1");
    shell.run("set", "kb.c.k", "v");
    shell.pass(2);
    Path file = home.resolve(".local/data/odx/prontodb/pronto.db");
    try (Store store = SqliteStore.open(file, SqliteOptions.DEFAULT);
        Transaction _ = store.write(List.of())) {
      long begin = System.nanoTime();
      prints("[2]", "get", "-q", "kb.c.k");
      assertTrue(System.nanoTime() - begin < 4_000_000_000L, "it waited for the lock");
    }
    prints("k\t-1\n[0]", "keys", "kb.c", "--include-expired");
    prints("[2]", "get", "-q", "kb.c.k");
    prints("[0]", "keys", "kb.c", "--include-expired");
  }
}
