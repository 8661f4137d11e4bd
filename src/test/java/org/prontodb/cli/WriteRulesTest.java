package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every write holds for every command that writes. */
class WriteRulesTest {
  @TempDir Path home;
  private CommandLineRun shell;

  @BeforeEach
  void threeNamespacesAreAllowed() throws IOException {
    Path folder = Files.createDirectories(home.resolve(".local/etc/odx/prontodb"));
    Files.writeString(folder.resolve("pronto.conf"), "max_namespaces=3\nsecurity.required=false\n");
    shell = new CommandLineRun(home);
    ok("set a.x.k 1");
    ok("set a.y.k 1");
    ok("admin create-cache a.c timeout=1");
    Files.writeString(home.resolve("cache.pronto"), "meta:path=a.c; k=1;");
    Files.writeString(home.resolve("table.tsv"), "k\tMQ==\n");
  }

  private String ok(String line) {
    CommandLineRun.Result result = shell.line(line);
    assertEquals(0, result.exit(), line + "\n" + result);
    return result.stdout();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set a.z.k 1",
        "admin create-cache a.z timeout=5",
        "stream load.pronto",
        "stream --check load.pronto",
        "stream --commit-every 1 load.pronto",
        "import a.z table.tsv",
        "import a.z table.tsv --create-cache timeout=5"
      })
  void oneNamespaceTooManyIsExitCode1(String line) throws IOException {
    Files.writeString(home.resolve("load.pronto"), "meta:path=a.z; k=1;");
    CommandLineRun.Result result = shell.line(line);
    assertEquals(1, result.exit(), result.toString());
    assertTrue(result.stderr().contains("more than 3 namespaces in one database"), line);
    assertTrue(result.stderr().contains("max_namespaces in pronto.conf"), line);
    assertEquals("c\nx\ny\n", ok("namespaces -p a -q"));
  }

  @Test
  void namespacesThatAreThereCanBeWritten() throws IOException {
    Files.writeString(home.resolve("load.pronto"), "meta:path=a.y; l=2; meta:path=a.x; l=2;");
    ok("stream load.pronto");
    assertEquals("1\n2\n", ok("get a.x.k a.y.l"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set a.c.k 1",
        "touch a.c.live --ttl 9",
        "stream cache.pronto",
        "stream --commit-every 1 cache.pronto",
        "import a.c table.tsv"
      })
  void aWriteIntoACacheRemovesWhatHasExpired(String line) {
    ok("set a.c.live 1 --ttl 600");
    ok("set a.c.old 1");
    ok("set a.c.older 1");
    shell.pass(2);
    assertTrue(ok("keys a.c --include-expired").startsWith("live"));
    assertEquals(3, ok("keys a.c --include-expired").lines().count());
    ok(line);
    assertEquals(ok("keys a.c"), ok("keys a.c --include-expired -q").replaceAll("\t.*", ""));
  }

  @Test
  void aCacheThatKeepsExpiredRecordsKeepsThem() {
    ok("admin set-cache a.c evict_on_read=0");
    ok("set a.c.old 1");
    shell.pass(2);
    ok("set a.c.k 1");
    assertEquals(2, ok("keys a.c --include-expired").lines().count());
  }
}
