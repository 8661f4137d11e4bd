package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are not what the command line takes them for: nothing goes wrong with exit 0. */
class TrustedTablesTest {
  @TempDir Path home;
  private CommandLineRun shell;

  @BeforeEach
  void begin() {
    shell = new CommandLineRun(home);
    shell.environment.put("PRONTO_SECURITY", "false");
  }

  private CommandLineRun.Result run(String stdin, String commandLine) {
    shell.stdin(stdin);
    return shell.line(commandLine);
  }

  @Test
  void wordsThatHappenToBeBase64AreLoadedWithAWarning() {
    String words = "job1\tdone\njob2\tTRUE\njob3\t2024\n";
    String warning =
        "3 of 3 values do not decode from base64 to text: \"done\" was read as the bytes 76 89 de;"
            + " if the values are text, load them again with --plain, if they are base64, say so"
            + " with --base64";
    for (String command :
        List.of(
            "import -q kb.jobs",
            "import -q kb.jobs --check",
            "import -q kb.jobs --keep-going",
            "import -q kb.jobs --replace",
            "stream -q --from tsv -p kb -n jobs",
            "stream -q --from tsv -p kb -n jobs --commit-every 2",
            "convert -q --from tsv --to jsonl")) {
      CommandLineRun.Result loaded = run(words, command);
      assertEquals(0, loaded.exit(), command);
      assertEquals("prontodb: warning: " + warning + "\n", loaded.stderr(), command);
    }
    CommandLineRun.Result report = run(words, "import -q kb.jobs --report -");
    assertTrue(report.stdout().contains("\"warnings\":[\"3 of 3 values"), report.stdout());
    for (String how : List.of("--base64", "--b64", "--plain")) {
      CommandLineRun.Result loaded = run(words, "import -q kb.jobs " + how);
      assertEquals("", loaded.stderr(), how);
    }
    assertEquals("job1\tdone\njob2\tTRUE\njob3\t2024\n", shell.line("scan kb.jobs").stdout());
  }

  @Test
  void valuesThatAreMostlyTextInBase64RaiseNoWarning() {
    CommandLineRun.Result loaded = run("a\tYWwgZGVudGU=\nb\t\nc\tdone\n", "import -q kb.jobs");
    assertEquals("", loaded.stderr());
  }

  @Test
  void aProducerThatDiedDoesNotEmptyTheNamespace() {
    shell.line("set kb.t.k v");
    for (String table : List.of("", "key\tvalue\n")) {
      for (String mode : List.of("", "--check", "--keep-going")) {
        CommandLineRun.Result loaded = run(table, "import kb.t --header --replace " + mode);
        assertEquals(65, loaded.exit(), table + mode);
      }
    }
    for (String dialect : List.of("tsv", "csv", "jsonl")) {
      CommandLineRun.Result loaded = run("", "import kb.t --replace --from " + dialect);
      assertEquals(65, loaded.exit(), dialect);
      assertTrue(
          loaded.stderr().startsWith("prontodb: error: the input brings no record for kb.t"),
          loaded.stderr());
      assertTrue(loaded.stderr().contains("--allow-empty"), loaded.stderr());
    }
    // A record that was passed over is none.
    assertEquals(65, run("a\tNULL\n", "import kb.t --replace --plain --null NULL").exit());
    assertEquals("k\tv\n", shell.line("scan kb.t").stdout());
    assertEquals(0, run("", "import -q kb.t --replace --allow-empty").exit());
    assertEquals("", shell.line("scan kb.t").stdout());
    assertEquals(65, run("", "import kb.t --header --replace --allow-empty").exit());
  }

  @Test
  void aTableThatWasCutOffOrDoubledIsRefused() {
    String rows = "k,v\na,1\nb,NULL\nc,3\n";
    for (String command :
        List.of(
            "import kb.t --from csv --header --null NULL --expect-rows ",
            "stream --from csv --header --null NULL -p kb -n t --expect-rows ")) {
      assertEquals(0, run(rows, command + 3).exit());
      for (int other : List.of(0, 2, 4)) {
        CommandLineRun.Result loaded = run(rows, command + other + " --keep-going");
        assertEquals(65, loaded.exit());
        assertTrue(
            loaded.stderr().contains("the input has 3 rows, but " + other + " are expected"),
            loaded.stderr());
      }
    }
    assertEquals(
        65, run("{\"k\":\"a\",\"v\":1}\n\n", "import kb.t --from jsonl --expect-rows 2").exit());
    assertEquals(64, run("", "import kb.t --expect-rows -1").exit());
  }

  @Test
  void theKeyAloneOfAWiderTableIsRefusedOnce() {
    for (String mode : List.of("", "--keep-going", "--check")) {
      CommandLineRun.Result loaded =
          run("id,a,b\n1,x,y\n2,x,y\n", "import kb.t --from csv --key id " + mode);
      assertEquals(65, loaded.exit(), mode);
      assertTrue(loaded.stderr().contains("--value COL"), loaded.stderr());
      assertEquals(1, loaded.stderr().split(": error: ", -1).length - 1, loaded.stderr());
      assertFalse(shell.line("nss").stdout().contains("kb.t"));
    }
  }
}
