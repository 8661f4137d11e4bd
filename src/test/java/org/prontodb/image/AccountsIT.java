package org.prontodb.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads by an account that may not write to the database's folder, or not even enter it. Only root
 * can start commands as another account, so for others these tests are skipped.
 */
class AccountsIT {
  private static final String LAUNCHER =
      Path.of("target/prontodb/bin/prontodb").toAbsolutePath().toString();
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  @TempDir Path folder;
  private Path database;

  private record Answer(int exit, String stdout, String stderr) {}

  @BeforeEach
  void makeDatabase() throws Exception {
    Assumptions.assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
        "AccountsIT needs root: reads by another account are NOT tested");
    mode(folder, "rwxr-xr-x");
    database = Files.createDirectory(folder.resolve("data")).resolve("x.db");
    own("set", "kb.x.a", "1");
    mode(database.getParent(), "rwxr-xr-x");
    mode(database, "rw-r--r--");
  }

  private static void mode(Path path, String symbols) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(symbols));
  }

  private Process start(boolean asNobody, Path file, String... words) throws IOException {
    List<String> command = new ArrayList<>(asNobody ? AS_NOBODY : List.of());
    command.addAll(List.of(LAUNCHER, "-d", file.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectError(folder.resolve("stderr").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("HOME", "/nonexistent");
    return builder.start();
  }

  private Answer end(Process process, String first) throws IOException, InterruptedException {
    String stdout = first + new String(process.getInputStream().readAllBytes(), UTF_8);
    int exit = process.waitFor();
    return new Answer(exit, stdout, Files.readString(folder.resolve("stderr")));
  }

  private void own(String... words) throws IOException, InterruptedException {
    Answer answer = end(start(false, database, words), "");
    assertEquals(0, answer.exit(), answer.stderr());
  }

  private Answer other(Path file, String... words) throws IOException, InterruptedException {
    return end(start(true, file, words), "");
  }

  @Test
  void idle_database_is_readable_and_the_newest_commit_is_seen() throws Exception {
    for (int i = 2; i < 5; i++) {
      own("set", "kb.x.a", "" + i);
      assertEquals(new Answer(0, i + "\n", ""), other(database, "get", "kb.x.a"));
    }
    Answer write = other(database, "set", "kb.x.a", "none");
    assertEquals(1, write.exit(), write.stderr());
  }

  @Test
  void namespace_that_is_replaced_during_a_scan_is_one_state_or_an_error() throws Exception {
    Path table = folder.resolve("table.tsv");
    fill(table, "old");
    own("-q", "import", "kb.big", "--plain", table.toString());
    Process scan = start(true, database, "scan", "kb.big");
    InputStream out = scan.getInputStream();
    String first = new String(out.readNBytes(1_000), UTF_8);
    fill(table, "new");
    own("-q", "import", "kb.big", "--plain", table.toString());
    Answer answer = end(scan, first);
    Set<String> values =
        answer.stdout().lines().map(line -> line.split("\t")[1]).collect(Collectors.toSet());
    // The pipe holds a little of it, so the scan can not have ended before the writer began.
    assertNotEquals(0, answer.exit(), values.toString());
    assertEquals(75, answer.exit(), answer.stderr());
    assertTrue(answer.stderr().contains("was written by another process while it was read"));
  }

  private static void fill(Path table, String value) throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 40_000; i++) {
      rows.append("key%06d\t%s%n".formatted(i, value));
    }
    Files.writeString(table, rows);
  }

  @Test
  void link_leads_to_the_log_beside_the_real_file() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link.db"), database);
    Process shell =
        new ProcessBuilder("sqlite3", database.toString()).redirectErrorStream(true).start();
    shell
        .getOutputStream()
        .write("UPDATE ns_kb_x SET v = CAST('newest' AS BLOB); SELECT 'done';\n".getBytes(UTF_8));
    shell.getOutputStream().flush();
    shell.getInputStream().readNBytes(5);
    try {
      assertEquals(new Answer(0, "newest\n", ""), other(link, "get", "kb.x.a"));
    } finally {
      // Leaves its log behind.
      shell.destroyForcibly().waitFor();
    }
    assertEquals(new Answer(0, "newest\n", ""), other(link, "get", "kb.x.a"));
    Files.delete(database.resolveSibling("x.db-shm"));
    Answer answer = other(link, "get", "kb.x.a");
    assertEquals(1, answer.exit());
    assertTrue(answer.stderr().contains("its last changes are in files beside it"), "" + answer);
    assertEquals("newest\n", end(start(false, link, "get", "kb.x.a"), "").stdout());
  }

  @Test
  void what_can_not_be_reached_is_an_error_and_not_absent() throws Exception {
    assertEquals(2, other(database.resolveSibling("none.db"), "get", "kb.x.a").exit());
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nowhere"));
    Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
    for (Path path : List.of(dangling, loop, folder, database.resolve("below"))) {
      assertEquals(1, other(path, "get", "kb.x.a").exit(), path.toString());
    }
    mode(database, "rw-------");
    assertEquals(1, other(database, "exists", "kb.x.a").exit());
    mode(database.getParent(), "rwx------");
    for (Path path : List.of(database, database.resolveSibling("none.db"))) {
      for (String command : List.of("nss", "check", "log")) {
        Answer answer = other(path, command);
        assertEquals(1, answer.exit(), answer.toString());
        assertTrue(answer.stderr().contains("permission denied"), answer.toString());
      }
    }
  }
}
