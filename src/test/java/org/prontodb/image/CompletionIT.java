package org.prontodb.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Completion in the shells themselves, each at a terminal of its own. Command lines are typed with
 * Tab in them; a shell function in the program's place prints the words that the shell then has.
 */
class CompletionIT {
  private static final Path PROGRAM = Path.of("target/prontodb/bin/prontodb").toAbsolutePath();
  private static final String TAB = "→";

  /** What is typed, and the words that come of it. */
  private static final List<List<String>> LINES =
      List.of(
          List.of("prontodb ge→kb.rec→pas→", "<get><kb.recipes.pasta>"),
          List.of(
              "prontodb -p kb -n rec→get piz→--ra→", "<-p><kb><-n><recipes><get><pizza><--raw>"),
          List.of("prontodb get 'kb.odd.it→", "<get><kb.odd.it's a $key>"),
          List.of("prontodb get \"kb.odd.it→", "<get><kb.odd.it's a $key>"),
          List.of("prontodb get kb.odd.it→", "<get><kb.odd.it's a $key>"),
          List.of("prontodb get kb.odd.user:→", "<get><kb.odd.user:7>"),
          List.of("prontodb import kb.rec→--from=t→", "<import><kb.recipes><--from=tsv>"),
          List.of("prontodb export kb.rec→--format ts→", "<export><kb.recipes><--format><tsv>"),
          List.of("prontodb convert --to stre→", "<convert><--to><stream>"),
          List.of("prontodb help admin use→rem→", "<help><admin><user><remove>"),
          List.of(
              "prontodb admin create-cache kb.c timeo→60",
              "<admin><create-cache><kb.c><timeout=60>"),
          List.of("prontodb completion ba→", "<completion><bash>"),
          List.of("prontodb restore bac→", "<restore><backup.tar.gz>"),
          List.of("prontodb -d broken.db get k→", "<-d><broken.db><get><k>"),
          List.of("echo x | prontodb get kb.rec→pas→", "<get><kb.recipes.pasta>"));

  @TempDir Path home;

  @BeforeEach
  void prepare() throws Exception {
    for (String key : List.of("recipes.pasta", "recipes.pizza", "odd.it's a $key", "odd.user:7")) {
      run(List.of(PROGRAM.toString(), "set", "kb." + key, "1"), "");
    }
    Files.createFile(home.resolve("backup.tar.gz"));
    Files.writeString(home.resolve("broken.db"), "not a database, and long enough to be looked at");
  }

  private String run(List<String> command, String input) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("HOME", home.toString());
    builder.environment().put("PATH", PROGRAM.getParent() + ":/usr/local/bin:/usr/bin:/bin");
    builder.environment().put("TERM", "dumb");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("SHELL", "/bin/sh");
    Process process = builder.start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    return output;
  }

  /** Types the lines, and compares the words that the shell makes of them. */
  private void type(String shell, String options, String prepare) throws Exception {
    boolean there =
        Stream.of("/usr/local/bin/", "/usr/bin/", "/bin/")
            .anyMatch(f -> Files.exists(Path.of(f + shell)));
    Assumptions.assumeTrue(there, "NOT TESTED: there is no " + shell + " on this machine");
    StringBuilder typed = new StringBuilder(prepare).append('\n');
    LINES.forEach(line -> typed.append(line.getFirst().replace(TAB, "\t")).append('\n'));
    typed.append("exit\n");
    String screen =
        run(
            List.of("script", "-qec", shell + " " + options + " -i", "/dev/null"),
            typed.toString());
    List<String> words = new ArrayList<>();
    screen
        .lines()
        .map(line -> line.replaceAll("\033\\[[0-9;?]*[a-zA-Z]", "").replace("\r", ""))
        .filter(line -> line.startsWith("<") && line.endsWith(">"))
        .forEach(words::add);
    assertEquals(LINES.stream().map(List::getLast).toList(), words, screen);
  }

  @Test
  void bash() throws Exception {
    type(
        "bash",
        "--norc --noprofile",
        "source <(prontodb completion bash); prontodb() { printf '<%s>' \"$@\"; echo; }");
  }

  /** The first Tab already completes, when zsh loads the function. */
  @Test
  void zsh() throws Exception {
    Path functions = Files.createDirectory(home.resolve("zfunc"));
    String script = run(List.of(PROGRAM.toString(), "completion", "zsh"), "");
    Files.writeString(functions.resolve("_prontodb"), script);
    type(
        "zsh",
        "-f",
        "fpath=(~/zfunc $fpath); autoload -Uz compinit; compinit -u -D;"
            + " prontodb() { printf '<%s>' \"$@\"; echo; }");
  }

  @Test
  void fish() throws Exception {
    type(
        "fish",
        "--no-config",
        "prontodb completion fish | source;"
            + " function prontodb; printf '<%s>' $argv; echo; end");
  }
}
