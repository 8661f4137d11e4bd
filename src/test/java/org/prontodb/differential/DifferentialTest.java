package org.prontodb.differential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program, a plain model of it, and the {@code sqlite3} shell agree about random sequences of
 * commands. {@code bin/differential.sh} does the same for as long as one likes.
 */
class DifferentialTest {
  @TempDir Path folder;

  @Test
  void programModelAndSqliteShellAgree() throws IOException, InterruptedException {
    long first = Long.getLong("differential.seed", 1);
    long end = System.nanoTime() + Long.getLong("differential.seconds", 0) * 1_000_000_000L;
    long seed = first;
    long commands = 0;
    do {
      Path home = Files.createDirectory(folder.resolve("seed-" + seed));
      try {
        commands += new RandomSession(seed, home).play(250);
      } catch (AssertionError | IOException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
      seed++;
    } while (System.nanoTime() < end || seed < first + 2);
    System.out.println(
        "differential: seeds %d to %d, %d commands, no difference"
            .formatted(first, seed - 1, commands));
  }
}
