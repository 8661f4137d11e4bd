package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CliTest {
  @TempDir Path home;
  private CommandLineRun shell;

  @BeforeEach
  void begin() {
    shell = new CommandLineRun(home);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          gte kb.r.k          ; unknown command "gte" ; did you mean "get"?
          admin prge          ; unknown command "admin prge" ; did you mean "admin purge"?
          frobnicate          ; unknown command "frobnicate" ; "prontodb help" lists the commands
          --jsno get kb.r.k   ; unknown option "--jsno" ; did you mean --json?
          keys --limt 5 kb.r  ; unknown option "--limt" ; did you mean --limit?
          keys kb.r --limit x ; --limit needs a whole number from 0 on, not "x" ; see "prontodb help keys"
          get                 ; get needs ADDR…|- ; see "prontodb help get"
          set kb.r.k          ; set needs ADDR VALUE|- ; see "prontodb help set"
          set kb.r.k a b      ; unexpected "b" ; see "prontodb help set"
          get kb.r.k -p       ; -p needs a word behind it ; see "prontodb help get"
          get -p a -p b k     ; -p is given twice ; see "prontodb help get"
          help frobnicate     ; unknown command "frobnicate" ; "prontodb help" lists the commands
          """)
  void aWrongCommandLineIsRefusedInWords(String line, String message, String hint) {
    assertEquals(
        "! prontodb: error: %s\n!   hint: %s\n[64]".formatted(message, hint),
        shell.line(line).toString());
  }

  @Test
  void nothingAskedIsHelpOnStandardErrorAndAnError() {
    CommandLineRun.Result result = shell.run();
    assertEquals(64, result.exit());
    assertEquals("", result.stdout());
    assertEquals(shell.run("help").stdout(), result.stderr());
    assertEquals(shell.run("--help").stdout(), result.stderr());
    assertEquals(64, shell.run("-q").exit());
  }

  static Stream<String> names() {
    return CommandTable.names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void helpIsTheSameHoweverItIsAskedFor(String name) {
    CommandLineRun.Result help = shell.line("help " + name);
    assertEquals(0, help.exit());
    assertTrue(help.stdout().startsWith("prontodb " + name + ": "), help.stdout());
    assertEquals(help.toString(), shell.line(name + " --help").toString());
    assertEquals(help.toString(), shell.line("-h " + name).toString());
  }

  @Test
  void theVersionIsToldInThreeWays() {
    assertEquals("prontodb 0.1.0\n[0]", shell.run("version").toString());
    assertEquals("prontodb 0.1.0\n[0]", shell.run("--version").toString());
    assertEquals("{\"version\":\"0.1.0\"}\n[0]", shell.run("version", "--json").toString());
  }

  @Test
  void withJsonAnErrorIsAnObject() {
    assertEquals(
        "! {\"kind\":\"usage\",\"message\":\"\\\"kb\\\" is not the address of a record\",\"hint\":"
            + "\"write project.namespace.key, or -p and -n and a key\",\"exit\":64,"
            + "\"retryable\":false}\n[64]",
        shell.run("get", "--json", "kb").toString());
    assertEquals(
        "! {\"kind\":\"content\",\"message\":\"the text ends where a name or '}' should be\","
            + "\"hint\":null,\"exit\":65,\"retryable\":false,\"file\":\"<value>\",\"line\":1,"
            + "\"column\":2,\"offset\":1}\n[65]",
        shell.run("--json", "set", "kb.r.k", "{").toString());
  }

  @Test
  void aTerminalIsToldThatItIsRead() {
    shell.terminal = descriptor -> descriptor == 0;
    shell.stdin("v");
    assertEquals(
        "! reading standard input from the terminal; end it with Ctrl-D\n[0]",
        shell.run("set", "kb.r.k", "-").toString());
  }

  /** Runs with a standard output that fails once {@code room} bytes are through. */
  private int runInto(String failure, int room, ByteArrayOutputStream stderr, String... words) {
    OutputStream stdout =
        new OutputStream() {
          private int left = room;

          @Override
          public void write(int b) throws IOException {
            if (left-- == 0) {
              throw new IOException(failure);
            }
          }
        };
    return Cli.run(
        List.of(words),
        new ProcessContext(
            java.io.InputStream.nullInputStream(),
            stdout,
            stderr,
            shell.environment,
            home,
            InstantSource.system(),
            ProcessContext.Terminal.NONE));
  }

  @Test
  void aReaderThatGoesAwayEndsTheCommandQuietly() {
    shell.run("set", "kb.r.k", "v".repeat(200_000));
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    assertEquals(141, runInto("Broken pipe", 0, stderr, "get", "kb.r.k"));
    assertEquals(141, runInto("Broken pipe", 100_000, stderr, "scan", "kb.r"));
    assertEquals(141, runInto("Broken pipe", 100_000, stderr, "scan", "--stream", "kb.r"));
    assertEquals(141, runInto("Broken pipe", 3, stderr, "help"));
    assertEquals("", stderr.toString());
  }

  @Test
  void aFullDiskIsAnError() {
    shell.run("set", "kb.r.k", "v");
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    assertEquals(1, runInto("No space left on device", 0, stderr, "get", "kb.r.k"));
    assertEquals(
        "prontodb: error: can not write to standard output: No space left on device\n",
        stderr.toString());
  }

  @Test
  void anErrorInProntoConfIsToldWithItsPlace() throws IOException {
    Path folder = home.resolve(".local/etc/odx/prontodb");
    java.nio.file.Files.createDirectories(folder);
    java.nio.file.Files.writeString(folder.resolve("pronto.conf"), "ns_delin=:\n");
    CommandLineRun.Result result = shell.run("set", "kb.r.k", "v");
    assertEquals(0, result.exit());
    assertTrue(result.stderr().contains("pronto.conf:1:1: warning: "), result.stderr());
    assertTrue(result.stderr().contains("did you mean ns_delim?"), result.stderr());
  }
}
