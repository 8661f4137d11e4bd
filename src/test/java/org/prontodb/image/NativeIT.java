package org.prontodb.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What holds of the native binary in particular, where it has been built; {@code bin/test.sh
 * --native} builds it. Every other test that goes through the launcher runs on it then, too.
 */
class NativeIT {
  private static final Path IMAGE = Path.of("target/prontodb").toAbsolutePath();
  private static final String LAUNCHER = IMAGE.resolve("bin/prontodb").toString();
  private static final Path BINARY = IMAGE.resolve("native/prontodb");

  @TempDir Path home;

  private record Answer(String stdout, String stderr, int exit) {}

  @BeforeEach
  void itIsThere() {
    assumeTrue(Files.isExecutable(BINARY), "the native binary has not been built");
  }

  private Answer run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path stdout = home.resolve("stdout");
    Path stderr = home.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(stdout.toFile())
            .redirectError(stderr.toFile());
    Map<String, String> all =
        new HashMap<>(Map.of("HOME", home.toString(), "PRONTO_SECURITY", "false"));
    all.put("PATH", IMAGE.resolve("bin") + ":" + System.getenv("PATH"));
    all.putAll(environment);
    builder.environment().clear();
    builder.environment().putAll(all);
    int exit = builder.start().waitFor();
    return new Answer(Files.readString(stdout), Files.readString(stderr), exit);
  }

  private Answer sh(String script) throws IOException, InterruptedException {
    return run(Map.of(), "sh", "-c", script);
  }

  /** The program that a command ends up in, as the kernel names it. */
  private String engine(String environment, String words) throws Exception {
    Answer answer =
        sh("%s strace -f -qq -e trace=execve -o calls prontodb %s".formatted(environment, words));
    assertEquals(0, answer.exit(), answer.stderr());
    List<String> started =
        Files.readAllLines(home.resolve("calls")).stream()
            .filter(call -> call.contains("execve(") && call.endsWith(" = 0"))
            .toList();
    return started.getLast().replaceFirst(".*execve\\(\"([^\"]*)\".*", "$1");
  }

  @Test
  void aShortCommandRunsOnIt() throws Exception {
    assertTrue(engine("", "version").endsWith("/native/prontodb"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve --help", "-q install --help", "uninstall --help"})
  void whatAJvmDoesBetterIsHandedOver(String words) throws Exception {
    assertTrue(engine("", words).endsWith("/bin/java"));
    assertEquals(sh("PRONTO_ENGINE=jvm prontodb " + words), sh("prontodb " + words));
  }

  @Test
  void theJvmCanBeAskedFor() throws Exception {
    assertTrue(engine("PRONTO_ENGINE=jvm", "version").endsWith("/bin/java"));
  }

  @Test
  void itNeedsItsOwnLibrariesAndThoseOfTheCLibrary() throws Exception {
    Answer answer = run(Map.of(), "ldd", BINARY.toString());
    assertEquals(0, answer.exit(), answer.stderr());
    assertFalse(answer.stdout().contains("not found"), answer.stdout());
    List<String> others =
        answer
            .stdout()
            .lines()
            .filter(line -> !line.contains(IMAGE.toString()))
            .filter(
                line -> !line.matches("\\s*(linux-vdso|lib[cm]\\.so|libdl|libpthread|/lib64/ld).*"))
            .toList();
    assertEquals(List.of(), others);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Dorg.sqlite.lib.path=/nowhere",
        "-Xmx1m",
        "-XX:MaxHeapSize=1m",
        "-H:Name=x",
        "été"
      })
  void noWordIsTakenForASettingOfItsRuntime(String word) throws Exception {
    assertEquals(0, run(Map.of(), LAUNCHER, "set", "kb.words.a", "--", word).exit());
    assertEquals(new Answer(word + "\n", "", 0), sh("prontodb get kb.words.a"));
  }

  @Test
  void bytesThatAreNoTextAreExact() throws Exception {
    assertEquals(0, sh("prontodb set kb.words.a \"$(printf 'a\\377b')\"").exit());
    assertEquals("61 ff 62 0a\n", sh("prontodb get kb.words.a | od -An -tx1 | cut -c2-").stdout());
  }

  @Test
  void aClosedStandardStreamIsNoPlaceForTheDatabase() throws Exception {
    assertEquals(0, sh("prontodb set kb.x.a 1 <&- >&- 2>&-").exit());
    assertEquals(0, sh("prontodb set kb.x.b 2 >&-").exit());
    assertEquals(new Answer("2\n", "", 0), sh("prontodb get kb.x.b <&- 2>&-"));
    assertEquals(0, sh("prontodb check").exit());
  }

  @Test
  void aReaderThatHasEnoughEndsItQuietly() throws Exception {
    sh("i=0; while [ $i -lt 40000 ]; do echo \"key$i=value$i;\"; i=$((i + 1)); done >some");
    assertEquals(0, sh("(echo 'meta:path=kb.many;'; cat some) | prontodb stream -q").exit());
    assertEquals(new Answer("1\n", "", 0), sh("prontodb export kb.many | head -n 1 | wc -l"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void aSignalEndsALoadAndLeavesNothingOfIt(String signal) throws Exception {
    assertEquals(0, sh("prontodb set kb.x.a before").exit());
    ProcessBuilder builder = new ProcessBuilder(LAUNCHER, "stream").directory(home.toFile());
    builder.environment().putAll(Map.of("HOME", home.toString(), "PRONTO_SECURITY", "false"));
    Process load = builder.redirectErrorStream(true).start();
    try (OutputStream input = load.getOutputStream()) {
      // More than a pipe holds, so that the program is known to have begun with it.
      input.write("meta:path=kb.x; a=after; b=\"%s\";".formatted("x".repeat(200_000)).getBytes());
      input.flush();
      assertEquals(0, run(Map.of(), "kill", "-" + signal, "" + load.pid()).exit());
      int number = Map.of("INT", 2, "TERM", 15, "HUP", 1).get(signal);
      assertEquals(128 + number, load.waitFor());
    }
    assertEquals("before\n", sh("prontodb get kb.x.a").stdout());
    assertEquals("stderr\nstdout\n", sh("ls").stdout());
  }

  @Test
  void aDefectTellsWhereItIsWhenAsked() throws Exception {
    Answer answer = sh("prontodb --trace get kb.x");
    assertTrue(answer.stderr().contains("\tat org.prontodb.cli."), answer.stderr());
  }

  @Test
  void aLoadStaysSmall() throws Exception {
    String script =
        """
        awk 'BEGIN { print "meta:path=kb.many;"
          for (i = 0; i < 300000; i++) printf "key%%06d=\\"value %%d %%s\\";\\n", i * 7919 %% 300000, i, "x" }' >load
        python3 - <<'END'
        import resource, subprocess
        subprocess.run(["prontodb", "stream", "load"], check=True)
        print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
        END
        """
            .formatted();
    Answer answer = sh(script);
    assertEquals(0, answer.exit(), answer.stderr());
    assertTrue(Integer.parseInt(answer.stdout().strip()) <= 64, "it took MB: " + answer.stdout());
  }
}
