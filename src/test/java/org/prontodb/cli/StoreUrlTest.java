package org.prontodb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on what a URL names; the scheme {@code memory} is one of these tests alone. */
class StoreUrlTest {
  @TempDir Path home;
  private CommandLineRun shell;
  private String url;

  @BeforeEach
  void openShell() {
    shell = new CommandLineRun(home);
    url = "memory:" + home.toString().replace('/', '.');
  }

  private void prints(String expected, String commandLine) {
    assertEquals(expected, shell.line(commandLine).toString());
  }

  @Test
  void commandsAreTheSameWithoutAFile() throws IOException {
    shell.environment.put("PRONTO_DB", url);
    shell.environment.put("PRONTO_SECURITY", "false");
    prints("[0]", "set kb.recipes.pasta soft");
    prints("soft\n[0]", "get kb.recipes.pasta");
    shell.stdin("meta:path=kb.recipes; rice=hard; meta:del=pasta;");
    prints("[0]", "-q stream");
    prints("rice\thard\n[0]", "scan kb.recipes");
    shell.stdin("a\tb\n");
    prints("[0]", "-q import kb.table --plain");
    prints("kb.recipes\tstd\t1\t8\nkb.table\tstd\t1\t2\n[0]", "nss");
    prints("[0]", "del kb.table.a");
    prints("ok\n[0]", "check");
    try (Stream<Path> files = Files.list(home)) {
      assertEquals(0, files.count(), "no file was made");
    }
  }

  @Test
  void optionVariableAndFileTakeAUrl() throws IOException {
    prints("[0]", "-d " + url + " set a.b.c 1");
    Path conf = Files.createDirectories(home.resolve(".local/etc/odx/prontodb"));
    Files.writeString(conf.resolve("pronto.conf"), "db = " + url + "\n", UTF_8);
    prints("1\n[0]", "get a.b.c");
    Files.writeString(conf.resolve("pronto.conf"), "db = sqlite:~/mine.db\n", UTF_8);
    prints("[0]", "set a.b.c 2");
    assertTrue(Files.exists(home.resolve("mine.db")));
    prints("2\n[0]", "-d sqlite:mine.db get a.b.c");
  }

  @Test
  void whatNeedsAFileIsRefusedByName() {
    shell.environment.put("PRONTO_DB", url);
    shell.run("set", "a.b.c", "1");
    for (String command : new String[] {"backup", "admin vacuum"}) {
      CommandLineRun.Result refused = shell.line(command);
      assertEquals(1, refused.exit(), refused.toString());
      assertTrue(
          refused.stderr().contains("\"prontodb " + command + "\" is not for this kind"),
          refused.stderr());
    }
  }

  @Test
  void unknownSchemeIsRefusedWithWhatIsKnown() throws IOException {
    prints(
        "! prontodb: error: there is no kind of database with URLs that begin with \"mysql:\"\n"
            + "!   hint: known are a path and memory:, sqlite:; a file of that name is written"
            + " ./mysql:…\n[64]",
        "-d mysql://root:s3cret@host/shop set a.b.c 1");
    for (String command : new String[] {"get a.b.c", "nss", "check", "stream", "backup"}) {
      CommandLineRun.Result refused = shell.line("-d mysql://root:s3cret@host/x " + command);
      assertEquals(64, refused.exit(), refused.toString());
      assertFalse(refused.toString().contains("s3cret"), refused.toString());
    }
    prints("[0]", "-d ./mysql:x set a.b.c 1");
    assertTrue(Files.exists(home.resolve("mysql:x")));
  }
}
