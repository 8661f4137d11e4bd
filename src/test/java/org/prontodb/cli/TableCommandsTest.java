package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables at the command line, beyond what the transcripts show. */
class TableCommandsTest {
  @TempDir Path home;
  private CommandLineRun shell;

  @BeforeEach
  void begin() {
    shell = new CommandLineRun(home);
    shell.environment.put("PRONTO_SECURITY", "false");
  }

  private void prints(String expected, String commandLine) {
    assertEquals(expected, shell.line(commandLine).toString());
  }

  @Test
  void theUsualColumnsOfAWiderFileCanBeAskedFor() {
    shell.stdin("id\tname\tage\tcity\n1\tAda\t36\tLondon\n");
    prints("[0]", "import -q kb.people --plain --header --key 1 --value 2");
    prints("1\tAda\n[0]", "scan kb.people");
  }

  @Test
  void linesWithoutANamespaceGoWhereTheCommandSays() {
    String lines =
        """
        {"k":"a","v":"1"}
        {"k":"b","v":"2","ns":"kb.other"}
        {"k":"c","v":"3"}
        """;
    shell.stdin(lines);
    prints("[0]", "stream -q --from jsonl -p kb -n usual");
    prints("a\nc\n[0]", "keys kb.usual");
    prints("b\n[0]", "keys kb.other");
    shell.stdin(lines);
    CommandLineRun.Result toImport = shell.line("import kb.usual --from jsonl");
    assertEquals(65, toImport.exit());
    assertTrue(toImport.stderr().startsWith("<stdin>:2:1: error: this line is for kb.other"));
    assertFalse(toImport.stderr().contains("<stdin>:3"), toImport.stderr());
  }

  @Test
  void aLineWithoutANamespaceNeverLandsInThatOfTheLineBefore() {
    String lines = "{\"k\":\"b\",\"v\":\"2\",\"ns\":\"kb.other\"}\n{\"k\":\"c\",\"v\":\"3\"}\n";
    shell.stdin(lines);
    CommandLineRun.Result loaded = shell.line("stream --from jsonl");
    assertEquals(65, loaded.exit());
    assertTrue(loaded.stderr().startsWith("<stdin>:2:1: error: no namespace chosen"));
    for (String dialect : new String[] {"stream", "jsonl"}) {
      shell.stdin(lines);
      CommandLineRun.Result converted = shell.line("convert --from jsonl --to " + dialect);
      assertEquals(65, converted.exit());
      assertTrue(converted.stderr().startsWith("<stdin>:2:1: error: no namespace chosen"));
    }
  }

  @Test
  void aListGoesOnBehindAnyKeyThatItShowed() {
    prints("[0]", "--ns-delim : set kb:a:x.1 one");
    prints("[0]", "--ns-delim : set kb:a:x.2 two");
    prints("x.2\n[0]", "keys kb.a --after x.1");
  }

  @Test
  void onlyBareKeysEndWithANulByte() {
    prints("[0]", "set kb.a.k v");
    prints("k\0[0]", "keys kb.a -0");
    assertEquals(64, shell.line("keys kb.a -0 --json").exit());
    assertEquals(64, shell.line("keys kb.a -0 --stream").exit());
  }

  @Test
  void anExportThroughALinkMakesWhatItLeadsTo() throws IOException {
    prints("[0]", "set kb.a.k v");
    Path link = Files.createSymbolicLink(home.resolve("link.tsv"), Path.of("table.tsv"));
    prints("! 1 record exported\n[0]", "export kb.a -o " + link);
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.isRegularFile(home.resolve("table.tsv"), LinkOption.NOFOLLOW_LINKS));
    assertEquals("k\tdg==\n", Files.readString(link));
  }
}
