package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.prontodb.cli.CommandLineRun.Result;

/**
 * A key that holds the delimiter goes in and comes out wherever its namespace is given apart from
 * it, with default settings; where an address is split it is refused with the spelling that works.
 */
final class KeysWithTheDelimiterTest {
  private static final String IN = "-p reg -n npm ";
  private static final String OUT = "-d other.db -p reg -n npm ";
  private static final String LISTED = "com.example.Foo\t3\nsocket.io\t4\n";

  @TempDir Path home;
  private CommandLineRun shell;

  @BeforeEach
  void twoRecords() {
    shell = new CommandLineRun(home);
    shell.environment.put("PRONTO_SECURITY", "false");
    ok(IN + "set socket.io 4");
    ok(IN + "set com.example.Foo 3");
  }

  private String ok(String line) {
    Result result = shell.line(line);
    assertEquals(0, result.exit(), line + "\n" + result);
    return result.stdout();
  }

  private String refused(int exit, String line) {
    Result result = shell.line(line);
    assertEquals(exit, result.exit(), line + "\n" + result);
    return result.stderr();
  }

  @Test
  void commandsForOneRecordTakeIt() {
    assertEquals("4\n", ok(IN + "get socket.io"));
    assertEquals("4\n3\n", ok(IN + "get socket.io com.example.Foo"));
    ok(IN + "exists socket.io");
    ok(IN + "set socket --context 1.2 x");
    assertEquals("x\n", ok("get reg.npm.socket --context 1.2"));
    assertEquals("{\"deleted\":1}\n", ok(IN + "del socket.io --json"));
    refused(2, IN + "get socket.io");
  }

  @Test
  void cachesTakeIt() {
    ok("admin create-cache reg.hosts timeout=60");
    ok("-p reg -n hosts set www.example.org 1 --ttl 5");
    assertEquals("5\n", ok("-p reg -n hosts ttl www.example.org"));
    ok("-p reg -n hosts touch www.example.org --ttl 9");
    assertEquals("9\n", ok("-p reg -n hosts ttl www.example.org"));
  }

  @Test
  void listingsAndPrefixesTakeIt() {
    assertEquals("com.example.Foo\nsocket.io\n", ok("keys reg.npm"));
    assertEquals("socket.io\n", ok(IN + "keys socket."));
    assertEquals("socket.io\n", ok("keys reg.npm --after com.example.Foo"));
    assertEquals("socket.io\n", ok(IN + "del --prefix socket. --dry-run"));
    shell.stdin(ok("keys reg.npm"));
    assertEquals("3\n4\n", ok(IN + "get -"));
  }

  @Test
  void aKeyThatLooksLikeAFullPathComesBackFromALineOfAList() {
    ok("-p com -n example --ns-delim : set com.example.Foo 1");
    shell.stdin(ok("keys com.example"));
    assertEquals("1\n", ok("-p com -n example get -"));
    String told = refused(64, "-p com -n example get com.example.Foo");
    assertTrue(told.contains("--ns-delim :") || told.contains("--ns-delim '"), told);
  }

  @Test
  void theStreamFormatBringsItBack() {
    String stream = ok("scan reg.npm --stream");
    assertEquals("meta:path=reg.npm;\n\"com.example.Foo\"=3;\n\"socket.io\"=4;\n", stream);
    shell.stdin(stream);
    ok("-d other.db stream");
    assertEquals(LISTED, ok("-d other.db scan reg.npm"));
    shell.stdin(
        "meta:path=reg.npm; meta:if=\"socket.io=4\"; meta:unless=\"a.b\"; meta:del=\"socket.io\";");
    ok("-d other.db stream");
    refused(2, OUT + "get socket.io");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tsv", "csv", "jsonl"})
  void aTableBringsItBack(String dialect) {
    shell.stdin(ok("export reg.npm --format " + dialect));
    ok("-d other.db import reg.npm --from " + dialect);
    assertEquals(LISTED, ok("-d other.db scan reg.npm"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tsv", "csv", "jsonl"})
  void convertedItComesBack(String dialect) {
    shell.stdin(ok("export reg.npm --format " + dialect));
    String stream = ok(IN + "convert --from " + dialect + " --to stream");
    shell.stdin(stream);
    ok(OUT + "stream");
    assertEquals(LISTED, ok("-d other.db scan reg.npm"));
  }

  @Test
  void aMirrorAndABackupBringItBack() {
    ok("export-fs tree");
    ok("-d other.db import-fs tree");
    assertEquals(LISTED, ok("-d other.db scan reg.npm"));
    ok("backup --out b.tar.gz");
    ok("-d third.db restore b.tar.gz");
    assertEquals(LISTED, ok("-d third.db scan reg.npm"));
  }

  @Test
  void aFullAddressThatHoldsItIsRefusedWithTheSpellingThatWorks() {
    String told = refused(64, "get reg.npm.socket.io");
    assertTrue(told.contains("-p reg -n npm socket.io"), told);
    told = refused(64, "keys reg.npm.socket.");
    assertTrue(told.contains("-p reg -n npm socket."), told);
    shell.stdin("meta:path=reg.npm; socket.io=5;".getBytes(StandardCharsets.UTF_8));
    told = refused(65, "stream");
    assertTrue(
        told.contains("<stdin>:1:26: error: key \"socket.io\" holds the delimiter '.'"), told);
  }

  @Test
  void aFullAddressBesideProjectAndNamespaceIsRefused() {
    refused(64, IN + "set reg.npm.socket 1");
    refused(64, IN + "keys reg.npm");
  }
}
