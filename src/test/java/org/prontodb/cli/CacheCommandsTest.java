package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheCommandsTest {
  @TempDir Path home;
  private CommandLineRun shell;

  @BeforeEach
  void begin() {
    shell = new CommandLineRun(home);
  }

  private void prints(String expected, String... words) {
    assertEquals(expected, shell.run(words).toString());
  }

  private void cache(String settings) {
    prints("[0]", "admin", "create-cache", "kb.c", settings);
  }

  @Test
  void aRecordLivesUntilTheMillisecondOfItsExpiry() {
    cache("timeout=60");
    prints("[0]", "set", "kb.c.k", "v");
    shell.pass(59.999);
    prints("v\n[0]", "get", "kb.c.k");
    prints("1\n[0]", "ttl", "kb.c.k");
    shell.pass(0.001);
    prints("! prontodb: error: not found: kb.c.k\n[2]", "get", "kb.c.k");
    assertEquals(2, shell.run("exists", "kb.c.k").exit());
    assertEquals(2, shell.run("ttl", "kb.c.k").exit());
    assertEquals(2, shell.run("touch", "kb.c.k", "--ttl", "5").exit());
    prints("[0]", "keys", "kb.c");
  }

  @Test
  void readingAnExpiredRecordRemovesItWithEvictOnRead() {
    cache("timeout=60");
    shell.run("set", "kb.c.k", "v");
    shell.pass(65);
    prints("k\t-5\n[0]", "keys", "kb.c", "--include-expired");
    prints("v\n! kb.c.k expired 5 s ago\n[0]", "get", "kb.c.k", "--include-expired");
    prints("[2]", "get", "-q", "kb.c.k");
    prints("[0]", "keys", "kb.c", "--include-expired");
  }

  @Test
  void readingAnExpiredRecordLeavesItWithoutEvictOnRead() {
    cache("timeout=60; evict_on_read=0");
    shell.run("set", "kb.c.k", "v");
    shell.pass(60);
    prints("[2]", "get", "-q", "kb.c.k");
    prints("k\tv\t0\n[0]", "scan", "kb.c", "--include-expired");
    prints("kb.c\tttl\t0\t0\t60\t0\t0\t1\n[0]", "nss");
    prints("1\n[0]", "admin", "purge", "kb.c");
    prints("[0]", "scan", "kb.c", "--include-expired");
  }

  @Test
  void aClockThatJumpsBackRevivesNothingThatWasEvicted() {
    cache("timeout=60");
    shell.run("set", "kb.c.k", "v");
    shell.pass(100);
    shell.run("get", "kb.c.k");
    shell.pass(-1000);
    prints("[2]", "get", "-q", "kb.c.k");
    prints("[0]", "set", "kb.c.k", "new");
    prints("60\n[0]", "ttl", "kb.c.k");
  }

  @Test
  void aRecordMayAskForALifeOfItsOwnAndForANewOne() {
    cache("timeout=60");
    shell.run("set", "kb.c.k", "v", "--ttl", "5");
    prints("5\n[0]", "ttl", "kb.c.k");
    prints(
        "{\"k\":\"k\",\"v\":\"v\",\"ttl\":5,\"expires\":\"2026-01-01T00:00:05Z\"}\n[0]",
        "scan",
        "--json",
        "kb.c");
    prints("[0]", "touch", "kb.c.k", "--ttl", "500");
    shell.pass(499);
    prints("1\n[0]", "ttl", "kb.c.k");
    prints("k\n[0]", "keys", "kb.c", "--expiring-within", "1");
    prints("[0]", "keys", "kb.c", "--expiring-within", "0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "x", "", "99999999999999999999", "+5", "1e3", "٣"})
  void aLifeIsWholeSecondsAboveZero(String seconds) {
    cache("timeout=60");
    CommandLineRun.Result result = shell.run("set", "kb.c.k", "v", "--ttl", seconds);
    assertEquals(64, result.exit());
    assertTrue(result.stderr().contains("--ttl needs a span of time"), result.stderr());
    assertEquals(64, shell.run("touch", "kb.c.k", "--ttl", seconds).exit());
  }

  @Test
  void anExpiryOutsideOfACacheIsRefused() {
    shell.run("set", "kb.r.k", "v");
    String refusal =
        "! prontodb: error: kb.r is not a cache, so its records do not expire\n"
            + "!   hint: only namespaces made with \"prontodb admin create-cache P.N 'timeout=60'\" are"
            + " caches\n[2]";
    prints(refusal, "set", "kb.r.k", "new", "--ttl", "5");
    prints(refusal, "touch", "kb.r.k", "--ttl", "5");
    prints(refusal, "ttl", "kb.r.k");
    prints(refusal, "admin", "purge", "kb.r");
    prints(refusal, "keys", "kb.r", "--expiring-within", "5");
    prints("v\n[0]", "get", "kb.r.k");
    prints(
        "! prontodb: error: kb.new is not a cache, so its records do not expire\n"
            + "!   hint: make it one: prontodb admin create-cache kb.new 'timeout=60'\n[2]",
        "set",
        "kb.new.k",
        "v",
        "--ttl",
        "5");
    prints("kb.r\n[0]", "nss", "-q");
  }

  @Test
  void maxItemsEvictsTheOldestWriteFirst() {
    cache("timeout=60; max_items=2");
    shell.run("set", "kb.c.a", "1");
    shell.run("set", "kb.c.b", "1");
    shell.run("set", "kb.c.a", "2");
    shell.run("set", "kb.c.c", "1");
    prints("a\nc\n[0]", "keys", "kb.c");
    shell.run("touch", "kb.c.a", "--ttl", "60");
    shell.run("set", "kb.c.d", "1");
    prints("a\nd\n[0]", "keys", "kb.c");
  }

  @Test
  void whatHasExpiredIsEvictedBeforeWhatIsOldest() {
    cache("timeout=60; max_items=2");
    shell.run("set", "kb.c.old", "1");
    shell.run("set", "kb.c.short", "1", "--ttl", "1");
    shell.pass(2);
    shell.run("set", "kb.c.new", "1");
    prints("new\nold\n[0]", "keys", "kb.c", "-q");
  }

  @Test
  void aCacheIsMadeOnceAndChangedByName() {
    cache("timeout=60;");
    cache("timeout=60");
    prints(
        "! prontodb: error: kb.c is a cache already, with other settings\n"
            + "!   hint: \"prontodb admin set-cache\" changes them\n[1]",
        "admin",
        "create-cache",
        "kb.c",
        "timeout=61");
    prints("[0]", "admin", "set-cache", "kb.c", "max_items=5", "evict_on_read=0");
    prints(
        "{\"project\":\"kb\",\"namespace\":\"c\",\"kind\":\"ttl\",\"records\":0,\"bytes\":0,"
            + "\"timeout_sec\":60,\"max_items\":5,\"evict_on_read\":0,\"expired\":0}\n[0]",
        "nss",
        "--json");
    prints("[0]", "-p", "kb", "-n", "d", "admin", "create-cache", "timeout=5", "max_items=1");
    prints("c\nd\n[0]", "namespaces", "-p", "kb", "-q");
    prints("[0]", "admin", "drop-cache", "kb.c");
    prints("d\n[0]", "namespaces", "-p", "kb", "-q");
  }

  @Test
  void plainDataIsNeverMadeACache() {
    shell.run("set", "kb.r.k", "v");
    prints(
        "! prontodb: error: kb.r is there already and is not a cache\n!   hint: choose another name, or"
            + " remove it with its records: \"prontodb admin drop-ns\"\n[1]",
        "admin",
        "create-cache",
        "kb.r",
        "timeout=60");
    assertEquals(2, shell.run("admin", "set-cache", "kb.r", "timeout=60").exit());
    prints(
        "! prontodb: error: kb.r is not a cache\n!   hint: \"prontodb admin drop-ns\" removes a"
            + " namespace of either kind\n[2]",
        "admin",
        "drop-cache",
        "kb.r");
    prints("[0]", "admin", "drop-ns", "kb.r");
    prints("[0]", "nss");
    assertEquals(2, shell.run("admin", "drop-ns", "kb.r").exit());
  }

  @Test
  void aPurgeOfManyRecordsIsManyTransactions() {
    cache("timeout=60");
    shell.environment.put("PRONTO_SECURITY", "false");
    StringBuilder stream = new StringBuilder("meta:path=kb.c;");
    for (int i = 0; i < 5_000; i++) {
      stream.append("key").append(i).append("=value;");
    }
    shell.stdin(stream.toString()).run("stream");
    prints("0\n[0]", "admin", "purge");
    shell.pass(60);
    prints("5000\n[0]", "admin", "purge");
    prints("kb.c\tttl\t0\t0\t60\t0\t1\t0\n[0]", "nss");
  }

  @Test
  void anAddressBesideProjectAndNamespaceIsRefused() {
    CommandLineRun.Result result =
        shell.run("-p", "kb", "-n", "c", "admin", "create-cache", "kb.c", "timeout=60");
    assertEquals(64, result.exit());
    assertTrue(result.stderr().contains("\"kb.c\""), result.stderr());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          timeout=0      | timeout=0 is not whole seconds
          timeout=1.5    | timeout=1.5 is not whole seconds
          tiemout=60     | unknown setting "tiemout"
          max_items=5    | a cache needs a timeout
          timeout=5;timeout=6 | setting "timeout" is given twice
          timeout=5;evict_on_read=2 | evict_on_read=2 is not
          timeout        | bad setting "timeout"
          timeout=5; max_items | bad setting "max_items"
          timeout=5;meta:x=1;max_items=2 | bad setting "meta:x=1"
          timeout="5 | bad setting "timeout="5"
          timeout=60 max_items=2 | timeout=60 max_items=2 is not whole seconds
          timeout=99999999999999999999 | timeout=99999999999999999999 is not whole seconds
          timeout=5;max_items=-1 | max_items=-1 is not a whole number
          """)
  void badSettingsAreNamed(String settings, String message) {
    CommandLineRun.Result result = shell.run("admin", "create-cache", "kb.c", settings);
    assertEquals(64, result.exit());
    assertTrue(result.stderr().contains(message), result.stderr());
    assertEquals(2, shell.run("nss").exit());
  }

  @Test
  void discoveryCountsWhatIsAlive() {
    cache("timeout=60");
    shell.run("set", "kb.c.k", "value");
    shell.run("set", "kb.c.l", "value", "--ttl", "5");
    shell.run("set", "web.pages.p", "12345");
    shell.pass(10);
    prints("kb\t1\t1\nweb\t1\t1\n[0]", "projects");
    prints("kb\nweb\n[0]", "projects", "-q");
    prints("c\tttl\t1\t6\t60\t0\t1\t1\n[0]", "namespaces", "-p", "kb");
    prints("kb.c\tttl\t1\t6\t60\t0\t1\t1\nweb.pages\tstd\t1\t6\n[0]", "nss");
    prints(
        "{\"project\":\"kb\",\"namespaces\":1,\"records\":1}\n"
            + "{\"project\":\"web\",\"namespaces\":1,\"records\":1}\n[0]",
        "projects",
        "--json");
    shell.terminal = descriptor -> descriptor == 1;
    prints("project\tnamespaces\trecords\nkb\t1\t1\nweb\t1\t1\n[0]", "projects");
    prints("kb\nweb\n[0]", "projects", "-q");
    assertEquals(2, shell.run("namespaces", "-p", "none").exit());
    assertEquals(64, shell.run("namespaces").exit());
  }

  @Test
  void aNameThatTheDelimiterCanNotExpressIsListedByProjectAlone() {
    shell.run("--ns-delim", ":", "set", "a.b:c:k", "v");
    shell.run("set", "kb.r.k", "v");
    prints(
        "kb.r\n! prontodb: warning: not listed, since a name holds the delimiter: -p a.b -n c\n[0]",
        "nss",
        "-q");
    prints("c\n[0]", "namespaces", "-p", "a.b", "-q");
    prints("a.b:c\nkb:r\n[0]", "nss", "-q", "--ns-delim", ":");
  }

  @Test
  void aCacheAsAStreamTellsItsSettingsAndExpiry() {
    cache("timeout=60; max_items=9");
    shell.run("set", "kb.c.k", "v");
    String stream = shell.run("scan", "kb.c", "--stream").stdout();
    assertTrue(stream.contains("meta:path=kb.c;"), stream);
    assertTrue(stream.contains("timeout=60"), stream);
    assertTrue(stream.contains("meta:expires=2026-01-01T00:01:00Z;"), stream);
    assertEquals(stream, shell.run("keys", "kb.c", "--stream").stdout());
  }
}
