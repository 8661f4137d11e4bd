package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.prontodb.model.Secret;

/** Colours and progress are for a person at a terminal, who may not want them. */
class ColoursTest {
  private static final ProcessContext.Terminal TERMINAL =
      new ProcessContext.Terminal() {
        @Override
        public boolean is(int descriptor) {
          return descriptor == 2;
        }

        @Override
        public Optional<Secret> ask(String question) {
          return Optional.empty();
        }
      };

  @TempDir Path home;
  private CommandLineRun shell;

  @BeforeEach
  void begin() {
    shell = new CommandLineRun(home);
    shell.terminal = TERMINAL;
  }

  private boolean isColoured(String commandLine) {
    String stderr = shell.line(commandLine).stderr();
    assertTrue(stderr.contains("error"), stderr);
    return stderr.contains("\u001b[1;31merror\u001b[0m");
  }

  @Test
  void errorsAndHintsAreColouredOnATerminal() {
    String stderr = shell.line("get a.b.c").stderr();
    assertTrue(stderr.startsWith("prontodb: \u001b[1;31merror\u001b[0m: "), stderr);
    assertTrue(isColoured("nosuch"));
    assertTrue(shell.line("nosuchcommand").stderr().contains("\u001b[36mhint:\u001b[0m"));
  }

  @Test
  void whoeverAsksForNoneGetsNone() {
    assertFalse(isColoured("nosuch --color never"));
    assertFalse(isColoured("import a.b --from klingon --color=never"));
    assertFalse(isColoured("get a -q"));
    shell.environment.put("NO_COLOR", "1");
    assertFalse(isColoured("nosuch"));
    assertTrue(isColoured("nosuch --color always"));
    shell.environment.put("NO_COLOR", "");
    assertTrue(isColoured("nosuch"));
    shell.environment.put("TERM", "dumb");
    assertFalse(isColoured("nosuch"));
    shell.terminal = ProcessContext.Terminal.NONE;
    shell.environment.remove("TERM");
    assertFalse(isColoured("nosuch"));
    assertTrue(isColoured("get a --color always"));
    assertFalse(shell.line("get a --json --color always").stderr().contains("\u001b"));
    assertEquals(64, shell.line("get a.b.c --color sometimes").exit());
  }

  @Test
  void progressTellsHowMuchIsDoneAndLeft() {
    long second = 1_000_000_000L;
    long megabyte = 1 << 20;
    assertEquals(
        " 25 %  5 records, 10.0 MB/s, 6 s left",
        Progress.text("5 records", 20 * megabyte, 80 * megabyte, 2 * second));
    assertEquals("5 records, 10.0 MB/s", Progress.text("5 records", 20 * megabyte, -1, 2 * second));
    assertEquals("  0 %  5 records", Progress.text("5 records", 0, 80 * megabyte, 2 * second));
    assertEquals(
        "  1 %  x, 1.0 MB/s, 1 h 39 min left",
        Progress.text("x", 60 * megabyte, 6000 * megabyte, 60 * second));
    assertEquals(
        " 50 %  x, 1.0 MB/s, 1 min 40 s left",
        Progress.text("x", 100 * megabyte, 200 * megabyte, 100 * second));
    // A file that has grown since has no end that is known.
    assertEquals("x, 1.0 MB/s", Progress.text("x", 2 * megabyte, megabyte, 2 * second));
  }
}
