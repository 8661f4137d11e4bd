package org.prontodb.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short round of every kind of torture; docs/reliability.md tells of the long ones. */
class TortureIT {
  @TempDir Path folder;

  private static boolean isThere(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
  }

  @Test
  void what_it_promises_holds() throws IOException, InterruptedException {
    Assumptions.assumeTrue(isThere("python3"), "needs python3 (apt-get install python3)");
    Path told = folder.resolve("told");
    int exit =
        new ProcessBuilder("bin/torture.sh", "--seconds", "24", "--seed", "7", "--brief")
            .redirectErrorStream(true)
            .redirectOutput(told.toFile())
            .start()
            .waitFor();
    assertEquals(0, exit, Files.readString(told));
  }
}
