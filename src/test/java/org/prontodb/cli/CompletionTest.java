package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {
  @TempDir Path home;

  /** What bash itself completes the words to. */
  private static List<String> completed(String words) throws IOException, InterruptedException {
    String script =
        new Completion().bash()
            + "COMP_WORDS=(prontodb "
            + words
            + ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_prontodb\necho \"${COMPREPLY[@]}\"\n";
    Process bash =
        new ProcessBuilder("bash", "-c", script)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor());
    return Arrays.asList(answer.strip().split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ge                       | get
          -p kb ge                 | get
          -p get del --dr          | --dry-run
          admin pur                | purge
          admin -q user li         | list
          admin user li            | list
          set kb.r.k --if-a        | --if-absent
          set kb.r.k v --if-a      | --if-absent
          completion --js          | --json
          """)
  void bashCompletes(String words, String expected) throws IOException, InterruptedException {
    assertEquals(List.of(expected), completed(words));
  }

  @Test
  void everyCommandCanBeReached() throws IOException, InterruptedException {
    for (String name : CommandTable.names()) {
      String last = name.substring(name.lastIndexOf(' ') + 1);
      assertTrue(completed(name).contains(last), name);
    }
  }

  @Test
  void anUnknownShellIsNamed() {
    CommandLineRun.Result result = new CommandLineRun(home).run("completion", "tcsh");
    assertEquals(64, result.exit());
    assertTrue(result.stderr().contains("no completion for \"tcsh\""), result.stderr());
    for (String shell : List.of("bash", "zsh", "fish")) {
      assertTrue(new CommandLineRun(home).run("completion", shell).stdout().contains("if-absent"));
    }
  }
}
