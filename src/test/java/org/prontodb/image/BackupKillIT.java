package org.prontodb.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Backups and restores that are killed at some moment: before they began, in the middle or when
 * they were through, each is as good as the other.
 */
class BackupKillIT {
  private static final String LAUNCHER =
      Path.of("target/prontodb/bin/prontodb").toAbsolutePath().toString();
  private static final int ROUNDS = 8;

  /** About as long as a backup or a restore takes. */
  private static final int MILLIS = 600;

  @TempDir Path home;
  private final Random random = new Random(23);

  @BeforeEach
  void makeDatabase() throws Exception {
    Path table = home.resolve("table.tsv");
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      rows.append("key%06d\t%s%d%n".formatted(i, "some text ", random.nextLong()));
    }
    Files.writeString(table, rows);
    run(0, "-q", "import", "kb.many", "--plain", "table.tsv");
    run(0, "set", "kb.mark.k", "A");
  }

  private Process start(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(LAUNCHER));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("said").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("HOME", home.toString());
    return builder.start();
  }

  private String run(int exit, String... words) throws IOException, InterruptedException {
    int ended = start(words).waitFor();
    String said = Files.readString(home.resolve("said"), UTF_8);
    assertEquals(exit, ended, said);
    return said.strip();
  }

  /** Kills the command at a moment of the dice's choice, if it has not ended. */
  private void killed(String... words) throws IOException, InterruptedException {
    Process process = start(words);
    process.waitFor(random.nextInt(MILLIS), TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
  }

  private List<String> hidden() throws IOException {
    try (var files = Files.walk(home.resolve(".local"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(".pronto"))
          .toList();
    }
  }

  @Test
  void backupIsThereWholeOrNotAtAll() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String file = "b" + round + ".tar.gz";
      killed("backup", "--out", file);
      if (Files.exists(home.resolve(file))) {
        run(0, "restore", "--dry-run", file);
      }
      assertEquals("A", run(0, "get", "kb.mark.k"));
    }
    run(0, "-q", "backup", "--out", "last.tar.gz");
    run(0, "-q", "restore", "--dry-run", "last.tar.gz");
    assertEquals("ok", run(0, "check"));
    assertEquals(List.of(), hidden());
  }

  @Test
  void restoreIsDoneWhollyOrNotAtAll() throws Exception {
    run(0, "-q", "backup", "--out", "A.tar.gz");
    run(0, "-q", "admin", "drop-ns", "kb.many");
    run(0, "set", "kb.mark.k", "B");
    run(0, "-q", "backup", "--out", "B.tar.gz");
    for (int round = 0; round < ROUNDS; round++) {
      killed("restore", "--force", round % 2 == 0 ? "A.tar.gz" : "B.tar.gz");
      String state = run(0, "get", "kb.mark.k");
      assertEquals(state.equals("A") ? "30000" : "", count());
      assertTrue(List.of("A", "B").contains(state), state);
    }
    run(0, "-q", "restore", "--force", "A.tar.gz");
    assertEquals("A", run(0, "get", "kb.mark.k"));
    assertEquals("30000", count());
    assertEquals("ok", run(0, "check"));
    assertEquals(List.of(), hidden());
  }

  /** How many records kb.many has; empty if it is not there. */
  private String count() throws IOException, InterruptedException {
    return run(0, "nss")
        .lines()
        .filter(line -> line.startsWith("kb.many\t"))
        .map(line -> line.split("\t")[2])
        .findFirst()
        .orElse("");
  }
}
