package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a load says whose files find no room: Linux has a device that is always full. */
class FullDiskTest {
  private static final String FULL = "/dev/full";

  @TempDir Path home;
  private CommandLineRun shell;

  @BeforeEach
  void begin() {
    Assumptions.assumeTrue(Files.exists(Path.of(FULL)), "needs " + FULL);
    shell = new CommandLineRun(home);
    shell.environment.put("PRONTO_SECURITY", "false");
  }

  @Test
  void nothing_is_applied_if_what_was_skipped_would_be_lost() {
    shell.stdin("meta:path=kb.x; a=1; b c=2;");
    assertEquals(
        """
        ! <stdin>:1:24: error: unexpected "c" after key "b"
        ! meta:path=kb.x; a=1; b c=2;
        !                        ^
        !   hint: a key that holds white space or a quote is quoted: "my key"=value;
        ! prontodb: error: can not write "/dev/full": No space left on device
        [1]""",
        shell.run("stream", "-q", "--keep-going", "--rejects", FULL).toString());
    assertEquals(2, shell.run("get", "kb.x.a").exit());
  }

  @Test
  void a_report_that_finds_no_room_does_not_hide_that_the_load_is_through() {
    shell.stdin("meta:path=kb.x; a=1;");
    assertEquals(
        """
        ! prontodb: error: can not write "/dev/full": No space left on device
        !   hint: the load itself has ended; prontodb log tells what it has committed
        [1]""",
        shell.run("stream", "-q", "--report", FULL).toString());
    assertEquals("1\n[0]", shell.run("get", "kb.x.a").toString());
  }

  @Test
  void a_home_that_is_no_folder_holds_no_configuration() {
    shell.environment.put("HOME", "/dev/null");
    shell.environment.put("PRONTO_DB", home.resolve("pronto.db").toString());
    assertEquals("[0]", shell.run("set", "kb.x.a", "1").toString());
    assertEquals("1\n[0]", shell.run("get", "kb.x.a").toString());
  }

  @Test
  void a_path_that_is_too_long_for_sqlite_is_refused_before_anything_is_made() {
    String file = "long/".repeat(110) + "pronto.db";
    CommandLineRun.Result result = shell.run("-d", file, "set", "kb.x.a", "1");
    assertEquals(1, result.exit());
    assertEquals(
        " is longer than the 503 bytes that SQLite takes\n  hint: choose a shorter one with -d\n",
        result.stderr().substring(result.stderr().indexOf(" is longer")));
    assertEquals(false, Files.exists(home.resolve("long")));
  }
}
