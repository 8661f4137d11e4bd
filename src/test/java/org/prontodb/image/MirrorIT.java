package org.prontodb.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports and imports of a tree that are killed half-way are completed by the next run. */
class MirrorIT {
  private static final String LAUNCHER =
      Path.of("target/prontodb/bin/prontodb").toAbsolutePath().toString();
  private static final int NAMESPACES = 6;
  private static final int KEYS = 150;

  @TempDir Path home;

  private Process start(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(LAUNCHER));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectInput(home.resolve("stdin").toFile())
            .redirectOutput(home.resolve("stdout").toFile())
            .redirectError(home.resolve("stderr").toFile());
    builder.environment().clear();
    builder.environment().put("HOME", home.toString());
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("PRONTO_SECURITY", "false");
    return builder.start();
  }

  private String run(String... words) throws IOException, InterruptedException {
    int exit = start(words).waitFor();
    assertEquals(0, exit, () -> String.join(" ", words) + "\n" + text("stderr"));
    return text("stdout");
  }

  private String text(String file) {
    try {
      return Files.readString(home.resolve(file));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void load(String value) throws IOException, InterruptedException {
    StringBuilder stream = new StringBuilder();
    for (int n = 0; n < NAMESPACES; n++) {
      stream.append("meta:path=kb.n%02d;\n".formatted(n));
      for (int k = 0; k < KEYS; k++) {
        stream.append("key%d__c%d=%s %d;\n".formatted(k, k % 3, value, k));
      }
    }
    Files.writeString(home.resolve("stdin"), stream);
    run("stream");
    Files.writeString(home.resolve("stdin"), "");
  }

  /**
   * Kills the process as soon as {@code moment} has come. It may be done by then: what is to hold
   * afterwards holds in that case, too.
   */
  private static void kill(Process process, BooleanSupplier moment) throws InterruptedException {
    while (process.isAlive() && !moment.getAsBoolean()) {
      Thread.onSpinWait();
    }
    process.destroyForcibly().waitFor();
  }

  private Map<String, String> files(String tree) throws IOException {
    Map<String, String> files = new TreeMap<>();
    Path top = home.resolve(tree);
    try (Stream<Path> paths = Files.walk(top)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(
            top.relativize(path).toString(),
            new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
      }
    }
    return files;
  }

  private boolean says(String file, String text) {
    try {
      return Files.readString(home.resolve(file)).contains(text);
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n00/c0/key0.json",
        "n00/c2/key98.json",
        "n05/c1/key100.json",
        "n11/c0/key99.json"
      })
  void anExportThatWasKilledIsCompletedByTheNext(String file) throws Exception {
    Files.writeString(home.resolve("stdin"), "");
    load("old");
    run("export-fs", "tree");
    load("new");
    kill(start("export-fs", "tree"), () -> says("tree/kb/" + file, "new"));
    if (Files.exists(home.resolve("tree/.prontodb-manifest.part"))) {
      assertEquals(1, start("import-fs", "tree").waitFor(), "an import meets half of an export");
      assertTrue(text("stderr").contains("was interrupted"), text("stderr"));
    }
    load("newest");
    run("del", "kb.n00.key0__c0");
    run("export-fs", "tree");
    run("export-fs", "fresh");
    assertEquals(files("fresh"), files("tree"));
  }

  @Test
  void aFirstExportThatWasKilledIsCompletedByTheNext() throws Exception {
    Files.writeString(home.resolve("stdin"), "");
    load("first");
    kill(start("export-fs", "tree"), () -> says("tree/kb/n03/c1/key1.json", "first"));
    run("del", "kb.n00.key0__c0");
    run("export-fs", "tree");
    run("export-fs", "fresh");
    assertEquals(files("fresh"), files("tree"));
  }

  @Test
  void anImportThatWasKilledIsCompletedByTheNext() throws Exception {
    Files.writeString(home.resolve("stdin"), "");
    load("value");
    run("export-fs", "tree");
    // The log is there as soon as a namespace behind the first is written.
    Path log = home.resolve("copy.db-wal");
    kill(start("-d", "copy.db", "import-fs", "tree"), () -> Files.exists(log));
    start("-d", "copy.db", "nss").waitFor(); // 2 if nothing has been committed
    String before = text("stdout");
    assertTrue(
        before.lines().allMatch(line -> line.split("\t")[2].equals(Integer.toString(KEYS))),
        before);
    run("-d", "copy.db", "import-fs", "tree");
    run("-d", "copy.db", "export-fs", "again");
    assertEquals(files("tree"), files("again"));
    assertEquals(run("nss"), run("-d", "copy.db", "nss"));
    run("-d", "copy.db", "check");
    assertEquals("", String.join("", leftBehind()));
  }

  private List<String> leftBehind() throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(".pronto"))
          .toList();
    }
  }
}
