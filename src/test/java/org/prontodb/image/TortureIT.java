package org.prontodb.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A short round of most kinds of torture; docs/reliability.md tells of the long ones. Left out are
 * those whose tools can go astray: a call to be failed is named by its number, which is another one
 * when threads run in another order, and faketime now and then lets the true time through while a
 * JVM starts.
 */
class TortureIT {
  private static final List<String> KINDS =
      List.of(
          "kill",
          "full",
          "crowd",
          "places",
          "accounts",
          "hostile",
          "clients",
          "outputs",
          "streams",
          "power");

  @TempDir Path folder;

  private static boolean isThere(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
  }

  @Test
  void what_it_promises_holds() throws IOException, InterruptedException {
    Assumptions.assumeTrue(isThere("python3"), "needs python3 (apt-get install python3)");
    Path told = folder.resolve("told");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("bin/torture.sh", "--seconds", "24", "--seed", "7", "--brief"));
    command.addAll(KINDS);
    int exit =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(told.toFile())
            .start()
            .waitFor();
    assertEquals(0, exit, Files.readString(told));
  }
}
