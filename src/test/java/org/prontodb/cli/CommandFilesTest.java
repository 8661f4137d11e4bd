package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.prontodb.cli.CommandLineRun.Result;

/**
 * Files that options write. {@code bin/torture.sh outputs} plays all of them with real
 * redirections.
 */
class CommandFilesTest {
  @TempDir Path home;

  private CommandLineRun shell;
  private Path database;

  @BeforeEach
  void begin() throws IOException {
    shell = new CommandLineRun(home);
    shell.environment.put("PRONTO_SECURITY", "false");
    database = home.resolve("p.db");
    shell.environment.put("PRONTO_DB", database.toString());
    Files.writeString(home.resolve("good"), "meta:path=kb.r; a=1;\n");
    Files.writeString(home.resolve("bad"), "meta:path=kb.r; x y=1; b=2;\n");
    Files.writeString(home.resolve("table.tsv"), "a\tMQ==\n");
    assertEquals(0, shell.line("-q stream good").exit());
    Files.createLink(home.resolve("hard"), database);
    Files.createSymbolicLink(home.resolve("soft"), database);
    Files.createSymbolicLink(home.resolve("dangling"), home.resolve("nowhere"));
  }

  private void refuses(String commandLine, String words) throws IOException {
    byte[] before = Files.readAllBytes(database);
    Result result = shell.line(commandLine);
    assertEquals(64, result.exit(), result::toString);
    assertTrue(result.stderr().contains(words), result::stderr);
    assertArrayEquals(before, Files.readAllBytes(database), commandLine);
  }

  @ParameterizedTest
  @ValueSource(strings = {"p.db", "hard", "soft", "./p.db", "p.db-wal", "p.db-shm", "p.db-journal"})
  void an_output_is_never_the_database(String name) throws IOException {
    String words = name.contains("-") ? "a file of the database" : "the database";
    refuses("export kb.r -o " + name, "-o and " + words);
    refuses("convert --from tsv --to jsonl table.tsv -o " + name, "-o and " + words);
    refuses("stream good --report " + name, "--report and " + words);
    refuses("stream --keep-going bad --rejects " + name, "--rejects and " + words);
    refuses("import kb.r table.tsv --report " + name, "--report and " + words);
    refuses("backup --out " + name, "--out and " + words);
  }

  @Test
  void an_output_is_never_a_database_that_is_not_there_yet() throws IOException {
    for (String name : new String[] {"new.db", "new.db-wal"}) {
      Result result = shell.line("-d new.db stream good --report " + name);
      assertEquals(64, result.exit(), result::toString);
      assertFalse(Files.exists(home.resolve("new.db")));
    }
  }

  @Test
  void an_output_is_never_an_input() throws IOException {
    Files.createLink(home.resolve("same"), home.resolve("bad"));
    for (String name : new String[] {"bad", "same"}) {
      refuses("stream --keep-going bad --rejects " + name, "--rejects and the input \"bad\"");
      refuses("stream bad --report " + name, "--report and the input \"bad\"");
      refuses("convert --from stream --to jsonl bad -o " + name, "-o and the input \"bad\"");
    }
    assertEquals("meta:path=kb.r; x y=1; b=2;\n", Files.readString(home.resolve("bad")));
  }

  @Test
  void two_outputs_are_never_one_file() throws IOException {
    refuses("stream --keep-going bad --rejects new --report ./new", "--report and --rejects");
    assertFalse(Files.exists(home.resolve("new")));
  }

  @Test
  void a_link_to_nothing_is_not_followed_and_nothing_is_applied() throws IOException {
    Files.writeString(home.resolve("more"), "meta:path=kb.r; c=3;\n");
    for (String line :
        new String[] {
          "export kb.r -o dangling",
          "convert --from tsv --to jsonl table.tsv -o dangling",
          "stream more --report dangling",
          "stream --keep-going more --rejects dangling"
        }) {
      Result result = shell.line(line);
      assertEquals(1, result.exit(), result::toString);
      assertTrue(result.stderr().contains("is a link to a file that is not there"), result::stderr);
    }
    assertFalse(Files.exists(home.resolve("nowhere")));
    assertEquals(2, shell.line("exists kb.r.c").exit());
  }

  @Test
  void a_folder_that_is_missing_is_named() throws IOException {
    for (String line :
        new String[] {
          "export kb.r -o none/x",
          "stream good --report none/x",
          "stream --keep-going bad --rejects none/x",
          "backup --out none/x"
        }) {
      Result result = shell.line(line);
      assertEquals(1, result.exit(), result::toString);
      String folder = home.resolve("none").toString();
      assertTrue(result.stderr().contains("there is no folder \"" + folder), result::stderr);
    }
  }

  @Test
  void a_mirror_never_takes_the_database_for_one_of_its_files() throws IOException {
    for (String name : new String[] {"tree/kb/r/a.json", "tree/.prontodb-file.part"}) {
      Path inside = home.resolve(name);
      Files.createDirectories(inside.getParent());
      assertEquals(0, shell.line("-d " + name + " set kb.r.a 1").exit());
      for (String command : new String[] {"export-fs --overwrite", "import-fs"}) {
        Result result = shell.line("-d " + name + " " + command + " tree");
        assertEquals(64, result.exit(), result::toString);
        assertTrue(result.stderr().contains("named like a file of the mirror"), result::stderr);
      }
      assertEquals("1\n", shell.line("-d " + name + " get kb.r.a").stdout());
    }
  }

  @Test
  void a_name_that_is_not_utf8_is_refused_by_words() throws IOException {
    String odd = "o\udcff";
    for (String[] words :
        new String[][] {
          {"stream", odd},
          {"export", "kb.r", "-o", odd},
          {"backup", "--out", odd},
          {"-d", odd, "set", "a.b.c", "d"},
          {"export-fs", odd}
        }) {
      Result result = shell.run(words);
      assertEquals(64, result.exit(), result::toString);
      assertTrue(result.stderr().contains("\"o\\xff\" can not be the name"), result::stderr);
    }
    shell.environment.put("PRONTO_DB", "/tmp/o\ufffd");
    Result result = shell.line("set a.b.c d");
    assertEquals(64, result.exit(), result::toString);
    assertTrue(result.stderr().contains("PRONTO_DB can not be the name"), result::stderr);
  }
}
