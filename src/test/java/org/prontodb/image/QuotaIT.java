package org.prontodb.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that may not make a file grow: the one full disk that needs no rights to make. */
class QuotaIT {
  private static final String LAUNCHER =
      Path.of("target/prontodb/bin/prontodb").toAbsolutePath().toString();

  @TempDir Path home;

  private record Answer(int exit, String said) {}

  @BeforeEach
  void begin() throws Exception {
    assertEquals(0, run("unlimited", "set", "kb.x.a", "old").exit());
    assertEquals(
        0, run("unlimited", "set", "kb.x.b", "more than a block of text ".repeat(500)).exit());
  }

  /**
   * @param blocks how long a file may get, in blocks of 512 bytes
   */
  private Answer run(String blocks, String... words) throws IOException, InterruptedException {
    String[] command = new String[words.length + 4];
    command[0] = "sh";
    command[1] = "-c";
    command[2] = "ulimit -f " + blocks + "; exec \"$0\" \"$@\" </dev/null";
    command[3] = LAUNCHER;
    System.arraycopy(words, 0, command, 4, words.length);
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("HOME", home.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes());
    return new Answer(process.waitFor(), said);
  }

  @Test
  void what_is_there_can_be_read() throws Exception {
    Answer answer = run("0", "get", "kb.x.a");
    assertEquals(new Answer(0, "old\n"), answer);
  }

  @Test
  void a_write_says_what_it_may_be_and_changes_nothing() throws Exception {
    Answer answer = run("1", "set", "kb.x.a", "new");
    assertEquals(1, answer.exit(), answer.said());
    assertTrue(answer.said().contains("(ulimit -f)"), answer.said());
    assertEquals("old\n", run("unlimited", "get", "kb.x.a").said());
  }

  @Test
  void an_export_names_its_file_and_leaves_the_old_one() throws Exception {
    Path file = home.resolve("rows.tsv");
    Files.writeString(file, "old\n");
    Answer answer = run("16", "export", "kb.x", "-o", file.toString());
    assertEquals(1, answer.exit(), answer.said());
    assertTrue(
        answer.said().startsWith("prontodb: error: can not write \"" + file + "\": File too large"),
        answer.said());
    assertEquals("old\n", Files.readString(file));
    try (Stream<Path> files = Files.list(home)) {
      assertEquals(0, files.filter(f -> f.toString().contains("rows.tsv.")).count());
    }
  }

  @Test
  void a_restore_blames_the_place_and_not_the_backup() throws Exception {
    Path backup = home.resolve("b.tar.gz");
    assertEquals(0, run("unlimited", "backup", "-q", "--out", backup.toString()).exit());
    Answer answer = run("100", "restore", "--force", backup.toString());
    assertEquals(1, answer.exit(), answer.said());
    assertTrue(answer.said().contains("File too large"), answer.said());
    assertEquals("old\n", run("unlimited", "get", "kb.x.a").said());
  }

  @Test
  void a_restore_that_fails_at_its_last_step_does_not_say_that_it_is_done() throws Exception {
    Path backup = home.resolve("b.tar.gz");
    assertEquals(0, run("unlimited", "backup", "-q", "--out", backup.toString()).exit());
    assertEquals(0, run("unlimited", "set", "kb.x.a", "newer").exit());
    // The content itself fits, the log through which it replaces the old one is a little longer.
    long size = Files.size(home.resolve(".local/data/odx/prontodb/pronto.db"));
    Answer answer = run(Long.toString(size / 512), "restore", "--force", backup.toString());
    assertEquals(1, answer.exit(), answer.said());
    assertEquals("newer\n", run("unlimited", "get", "kb.x.a").said());
  }
}
