package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.prontodb.cli.CommandLineRun.Result;

/**
 * Plants secrets wherever one can stand and searches everything that is written: both outputs, and
 * every file, the database and the unlinked staging file included.
 */
class SecretsTest {
  /** What every secret here begins with: none of it may be found, not even a part. */
  private static final String CANARY = "cAnArY";

  private static final String PASSWORD = CANARY + "-of-sam";

  @TempDir private static Path home;

  /** Secrets that the program itself made up. */
  private static final List<String> minted = new ArrayList<>();

  private final CommandLineRun shell = new CommandLineRun(home);

  @BeforeAll
  static void addSam() {
    CommandLineRun shell = new CommandLineRun(home);
    hides(shell.stdin(PASSWORD).run("admin", "user=sam;pass=-"));
    hides(shell.run("admin", "grant", "sam", "rw", "kb.*"));
  }

  private static Result hides(Result result) {
    hides(result.stdout());
    hides(result.stderr());
    return result;
  }

  private static void hides(String written) {
    assertFalse(written.contains(CANARY), written);
    for (String secret : minted) {
      assertFalse(written.contains(secret.substring(20)), written);
    }
  }

  private void filesHide() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        hides(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
  }

  private String mint(Result result) {
    assertEquals(0, result.exit(), result.toString());
    String key = result.stdout().strip();
    hides(result.stderr());
    minted.add(key);
    return key;
  }

  static Stream<String> preambles() {
    String s = CANARY;
    return Stream.of(
        "meta:sec:pass=" + s,
        "meta:sec:pass=" + s + ";",
        "meta:sec:pass=" + s + "; meta:sec:user=sam",
        "meta:sec:pass=" + s + "; meta:sec:user=sam;",
        "meta:sec:pass=" + s + "\nmeta:sec:user=sam;\nmeta:path=kb.a;\nx=y;",
        "meta:sec:pass=\"" + s + "; meta:sec:user=sam;\nmeta:path=kb.a; x=y;",
        "meta:sec:pass=\"" + s + "\" x; meta:sec:user=sam;",
        "meta:sec:pass=\"" + s + "\\q\"; meta:sec:user=sam;",
        "meta:sec:pass " + s + "; meta:sec:user=sam;",
        "meta:sec:pass:" + s + ";",
        "meta:sec:pass==" + s + ";;",
        "meta:sec :pass=" + s + ";",
        "meta:sec:pas=" + s + "; meta:sec:user=sam;",
        "meta:sce:pass=" + s + "; meta:sec:user=sam;",
        "meta:secret=" + s + ";",
        "meta:sec=" + s + ";",
        "meta:s=" + s + ";",
        "meta:sec:user=sam; meta:sec:pass=" + s + ";",
        "meta:sec:user=" + s + "; meta:sec:pass=" + s + ";",
        "meta:sec:pass=" + s + "1; meta:sec:pass=" + s + "2;",
        "meta:sec:pass=" + s + "; meta:path=kb.a; x=y;",
        "meta:sec:pass=" + s + "; x y=1; meta:sec:user=sam;",
        "\"un;\nmeta:sec:user=" + s + ";\ny y;meta:sec:apikey\"" + s + "\";",
        "meta:sec:pass=pronto!; meta:sec:user=admin; META:sec:pass=" + s + ";",
        "meta:sec:pass=pronto!; meta:sec:user=admin;\nmeta:path=kb.a; meta: sec:pass=" + s + ";",
        "meta:sec:apikey=" + s + ";",
        "meta:sec:apikey=\"" + s,
        "meta:sec:session=" + s + ";",
        "meta:sec:sesion=" + s + ";",
        "meta:sec:pass=" + s + "; meta:sec:apikey=" + s + ";",
        "meta:path=kb.a; x=y; meta:sec:pass=" + s + ";",
        "meta:sec:pass=pronto!; meta:sec:user=admin; meta:path=kb.a; meta:sec:pass=" + s + ";",
        "meta:sec:pass=pronto!; meta:sec:user=admin; meta:path=kb.a; meta:sec:pass=" + s + " ",
        "\uFEFFmeta:sec:pass=" + s + "; \u0001;",
        "# a comment\n\n;; meta:sec:pass=" + s + "; oops;");
  }

  @ParameterizedTest
  @MethodSource("preambles")
  void aFaultInAPreambleShowsNothingOfIt(String stream) throws IOException {
    Files.writeString(home.resolve("in.pronto"), stream);
    for (List<String> options :
        List.of(
            List.of("stream"),
            List.of("stream", "--trace", "-v", "--json"),
            List.of("stream", "--report", "-"),
            List.of("stream", "--check", "--diff"),
            List.of("stream", "--tee", "--report", "report.jsonl"),
            List.of("stream", "--commit-every", "1", "--tee"),
            List.of("stream", "--keep-going", "--rejects", "rejects.pronto"))) {
      Result piped = hides(shell.stdin(stream).run(options.toArray(String[]::new)));
      assertTrue(piped.exit() == 77 || piped.exit() == 65, piped.toString());
      List<String> withFile = new ArrayList<>(options);
      withFile.add("in.pronto");
      hides(shell.run(withFile.toArray(String[]::new)));
    }
    Files.delete(home.resolve("in.pronto"));
    filesHide();
  }

  @Test
  void aLoadThatSucceedsLeavesNothingOfItsPreamble() throws IOException {
    String stream =
        "meta:sec:pass="
            + PASSWORD
            + "; meta:sec:user=sam; meta:batch=one;\nmeta:path=kb.a; x=y; bad bad; z=1; meta:end;";
    assertEquals(
        65,
        hides(
                shell
                    .stdin(stream)
                    .run(
                        "stream",
                        "--keep-going",
                        "--rejects",
                        "rejects.pronto",
                        "--report",
                        "report.jsonl",
                        "--tee",
                        "--trace",
                        "-v"))
            .exit());
    assertEquals("y\n", hides(shell.run("get", "kb.a.x")).stdout());
    assertTrue(hides(shell.run("log", "--json")).stdout().contains("\"sam\""));
    hides(shell.run("log"));
    filesHide();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theStagingFileHoldsNothingOfThePreamble() throws IOException {
    StringBuilder records = new StringBuilder("meta:path=kb.a;\n");
    for (int i = 0; i < 200_000; i++) {
      records
          .append("key")
          .append(i * 7919 % 200_000)
          .append("=a value of some length, and then more;\n");
    }
    String preamble = "meta:sec:pass=" + PASSWORD + "; meta:sec:user=sam;\n";
    int[] found = {0};
    InputStream input =
        new SequenceInputStream(
            bytes(preamble + records),
            new SequenceInputStream(
                new InputStream() {
                  @Override
                  public int read() {
                    found[0] += stagingFilesHide();
                    return -1;
                  }
                },
                bytes("last=1;\n")));
    assertEquals(0, hides(shell.stdin(input).run("stream")).exit());
    assertTrue(found[0] > 0, "there was a staging file to search");
    filesHide();
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Searches the files of this process that have no name any more; answers how many there are. */
  private int stagingFilesHide() {
    int count = 0;
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        if (Files.isSymbolicLink(descriptor)
            && Files.readSymbolicLink(descriptor).toString().endsWith(".staging (deleted)")) {
          hides(Files.readString(descriptor, StandardCharsets.ISO_8859_1));
          count++;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count;
  }

  @Test
  void keysAreShownOnceAndKeptAsHashes() throws IOException {
    String key = mint(shell.run("admin", "apikey", "create", "sam"));
    String session = mint(shell.stdin(key).run("proto", "auth", "sec=-"));
    mint(shell.stdin(PASSWORD).run("proto", "auth", "pass=-;user=sam"));
    hides(shell.run("admin", "apikey", "list", "--json"));
    hides(shell.run("admin", "user", "list", "--json"));
    for (String credential : List.of("meta:sec:apikey=" + key, "meta:sec:session=" + session)) {
      String stream = credential + ";\nmeta:path=kb.a;\nx=y;\n";
      assertEquals(0, hides(shell.stdin(stream).run("stream", "--tee")).exit());
      hides(shell.stdin(stream + "bad bad;").run("stream", "--trace"));
    }
    hides(shell.run("admin", "apikey", "revoke", key, "--trace"));
    hides(shell.run("admin", "apikey", "revoke", key, "--trace"));
    filesHide();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "admin user=eve;pass=%s",
        "admin user=eve;pass=%s --trace --json -v",
        "admin usr=eve;pass=%s",
        "admin user=eve;pass=\"%s",
        "admin user=eve;pas=%s",
        "admin user=eve;pass=%s;pass=%s",
        "admin user=a/b;pass=%s",
        "admin user=eve pass=%s",
        "admin pass=%s",
        "admin user=eve;pass=%s --password-file none",
        "admin user=eve;pass=%s --bogus",
        "admn user=eve;pass=%s",
        "user=eve;pass=%s",
        "pass=%s;user=eve",
        "admin user pass=%s",
        "admin apikey sec=%s",
        "proto user=sam;pass=%s",
        "proto auth user=sam;pass=%s",
        "proto auth user=sam;pass=%s;x",
        "proto auth user=sam;pass=%s --ttl x",
        "proto auth user=sam pass=%s",
        "proto auth sec=%s",
        "proto auth sec=%s;user=sam",
        "proto auth apikey=%s",
        "proto auth %s",
        "proto whoami session=%s",
        "proto whoami %s",
        "proto revoke session=%s",
        "proto revoke sec=%s",
        "proto revoke %s %s",
        "stream meta:sec:pass=%s;meta:sec:user=sam;",
      })
  void aSecretOnTheCommandLineIsNotRepeated(String line) throws IOException {
    hides(shell.run("admin", "user=sam pass=" + CANARY));
    hides(shell.run("proto", "auth", "user=sam pass=" + CANARY));
    hides(shell.line(line.replace("%s", CANARY)));
    hides(shell.line("-d other.db --trace " + line.replace("%s", CANARY)));
    filesHide();
  }

  @ParameterizedTest
  @MethodSource("org.prontodb.cli.CommandTableTest#names")
  void noCommandShowsTheSecretsInItsEnvironment(String name) throws IOException {
    shell.environment.put("PRONTO_SESSION", CANARY + "-session");
    shell.environment.put("PRONTO_APIKEY", CANARY + "-apikey");
    for (String arguments : List.of("", " kb.a", " kb.a.x", " kb.a.x y", " --help", " --bogus")) {
      hides(shell.line(name + arguments + " --trace -v"));
      hides(shell.line("-d new.db " + name + arguments));
    }
    filesHide();
  }

  @Test
  void theFirstPasswordOfAdminIsKeptAsAHash() throws IOException {
    shell.environment.put("PRONTO_ADMIN_PASS", CANARY + "-of-admin");
    hides(shell.run("-d", "new.db", "set", "kb.a.x", "y", "--trace", "-v"));
    hides(shell.run("-d", "new.db", "admin", "user", "list"));
    filesHide();
  }
}
