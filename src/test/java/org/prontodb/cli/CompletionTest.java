package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {
  @TempDir Path home;
  private CommandLineRun cli;

  @BeforeEach
  void start() {
    cli = new CommandLineRun(home);
  }

  private void store(String... addresses) {
    for (String address : addresses) {
      assertEquals(0, cli.run("set", address, "1").exit(), address);
    }
  }

  /** What fish is answered, without the meanings; the first is what to do with the others. */
  private List<String> answer(String... words) {
    List<String> all = new ArrayList<>(List.of("completion", "fish", "--"));
    all.addAll(List.of(words));
    CommandLineRun.Result result = cli.run(all.toArray(String[]::new));
    assertEquals(0, result.exit(), result.stderr());
    assertEquals("", result.stderr());
    return result.stdout().lines().map(line -> line.split("\t")[0]).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ge                         | words get
          -p kb ge                   | words get
          -p get del --dr            | words --dry-run
          admin us                   | words user
          admin pur                  | words purge
          admin -q user li           | words list
          set kb.recipes.k --if-a    | words --if-absent
          set kb.recipes.k v --if-a  | words --if-absent
          completion _ | words bash fish zsh
          completion --js            | words --json
          help adm                   | words admin
          help admin user _ | words list remove
          admin grant sam _ | words ro rw
          import --from _ | words csv excel informix json jsonl mongodb-csv mongodb-tsv mysql oracle postgresql-csv postgresql-text tsv
          import --from=j            | words --from=json --from=jsonl
          export kb.recipes --format t | words tsv
          convert --to str           | words stream
          get _ | beginnings kb. other.
          get kb.                    | beginnings kb.people. kb.recipes.
          get kb.recipes.p           | words kb.recipes.pasta kb.recipes.pizza
          del kb.recipes.risotto kb.recipes.pi | words kb.recipes.pizza
          keys kb.                   | words kb.people kb.recipes
          keys kb.recipes.r          | words kb.recipes.risotto
          import kb.r                | words kb.recipes
          import kb.recipes fi       | files
          import -p kb -n recipes fi | files
          -p _ | words kb other
          -p kb -n _ | words people recipes
          -p kb -n recipes get pa    | words pasta
          -p kb get pa               | words
          del --prefix kb.rec        | words kb.recipes
          admin create-cache kb.c ti | beginnings timeout=
          admin set-ns kb.recipes comp | beginnings compress=none compress=zstd
          -d _ | files
          --db=                      | files
          export-fs _ | beginnings kb. other.
          export-fs kb.recipes di    | files
          ttl kb.recipes.pasta _ | words
          nosuch ge                  | words
          nosuch --js                | words --json
          --nosuch                   | words
          """)
  void itKnowsWhatMayFollow(String line, String expected) {
    store("kb.recipes.pasta", "kb.recipes.pizza", "kb.recipes.risotto", "kb.people.sam");
    store("other.things.one");
    String[] words = line.split(" ");
    int last = words.length - 1;
    words[last] = words[last].equals("_") ? "" : words[last];
    assertEquals(List.of(expected.split(" ")), answer(words));
  }

  @Test
  void everyCommandCanBeReached() {
    for (String name : CommandTable.names()) {
      assertTrue(answer(name.split(" ")).contains(name.substring(name.lastIndexOf(' ') + 1)), name);
    }
  }

  /** A label that is new needs a decision: values in CompletionValues, or a place in its FREE. */
  @Test
  void everyLabelOfTheCommandTableIsKnown() {
    CompletionValues values = new CompletionValues(CommandWords.of(List.of()), List.of(), "", null);
    Set<String> unknown = new TreeSet<>();
    for (String name : CommandTable.names()) {
      Form form = CommandTable.named(name).form();
      Stream.concat(
              form.argumentLabels().stream(),
              Stream.concat(form.options().stream(), GlobalOptions.ALL.stream())
                  .filter(Option::takesParameter)
                  .map(Option::parameter))
          .filter(label -> !values.knows(label))
          .forEach(unknown::add);
    }
    assertEquals(Set.of(), unknown);
  }

  @Test
  void meaningsAreShown() {
    String answer = cli.run("completion", "zsh", "--", "ge").stdout();
    assertEquals("words\nget\t" + new GetCommand().form().summary() + "\n", answer);
    assertTrue(
        cli.run("completion", "zsh", "--", "get", "--ra").stdout().contains("--raw\texactly"));
  }

  @Test
  void namesComeFromTheDatabaseAndWithTheDelimiterOfTheCommandLine() {
    assertEquals(0, cli.run("--ns-delim", ":", "-d", "other.db", "set", "a:b:c", "1").exit());
    assertEquals(
        List.of("beginnings", "a:"), answer("--ns-delim", ":", "-d", "other.db", "get", ""));
    assertEquals(
        List.of("words", "a:b:c"), answer("-d", "other.db", "--ns-delim=:", "get", "a:b:"));
    assertEquals(List.of("beginnings"), answer("get", ""));
  }

  /** A shell that completes a later word has not replaced the tilde of an earlier one. */
  @Test
  void aTildeIsTheHome() {
    assertEquals(0, cli.run("-d", home + "/my.db", "set", "a.b.c", "1").exit());
    assertEquals(List.of("beginnings", "a."), answer("-d", "~/my.db", "get", ""));
  }

  @Test
  void ofManyKeysItTellsHowTheyGoOn() {
    StringBuilder stream = new StringBuilder();
    for (int i = 0; i < 600; i++) {
      stream.append("user-").append(i % 2 == 0 ? "é" : "b").append(i).append("\t").append("MQ==\n");
    }
    assertEquals(0, cli.stdin(stream.toString()).run("import", "kb.users").exit());
    assertEquals(
        List.of("beginnings", "kb.users.user-b", "kb.users.user-é"), answer("get", "kb.users."));
    assertEquals(
        List.of("words", "kb.users.user-b11"), answer("get", "kb.users.user-b11").subList(0, 2));
  }

  @Test
  void withoutADatabaseThereAreNoNamesAndNoneIsMade() throws IOException {
    assertEquals(List.of("beginnings"), answer("get", ""));
    assertEquals(List.of("words"), answer("get", "kb.recipes.p"));
    assertEquals(List.of("words", "get"), answer("ge"));
    try (Stream<Path> files = Files.list(home)) {
      assertEquals(List.of(), files.toList());
    }
  }

  /** The scripts drop what is told; whoever asks by hand sees why nothing is completed. */
  @Test
  void aDatabaseThatIsNoneFails() throws IOException {
    Files.writeString(home.resolve("bad.db"), "no database at all, only a text of some length\n");
    CommandLineRun.Result result = cli.run("completion", "fish", "--", "-d", "bad.db", "get", "");
    assertEquals(1, result.exit());
    assertEquals("", result.stdout());
    assertFalse(result.stderr().isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          prontodb get kb.odd.it          | kb.odd.it\\'s\\ a\\ \\$key
          prontodb get 'kb.odd.it         | kb.odd.it'\\''s a $key
          prontodb get "kb.odd.it         | kb.odd.it's a \\$key
          prontodb get kb.odd.it\\'       | kb.odd.it\\'s\\ a\\ \\$key
          prontodb get kb.'odd.it'        | kb.odd.it\\'s\\ a\\ \\$key
          prontodb get kb.odd.x:          | y
          prontodb get 'kb.odd.x:         | kb.odd.x:y
          prontodb import kb.odd --from=t | tsv
          prontodb 2> f get kb.odd.x      | kb.odd.x:y
          """)
  void bashGetsTheTextThatStandsAtTheCursor(String line, String expected) {
    store("kb.odd.it's a $key", "kb.odd.x:y");
    String breaks = " \t\n\"'@><=;|&(:";
    String stdout = cli.run("completion", "bash", "--", line, breaks).stdout();
    assertEquals(List.of("words", expected), stdout.lines().toList());
  }

  @Test
  void bashCompletesFilesBehindARedirection() {
    assertEquals("files\n", cli.run("completion", "bash", "--", "prontodb nss > fi", "").stdout());
  }

  @Test
  void anUnknownShellIsNamed() {
    CommandLineRun.Result result = cli.run("completion", "tcsh");
    assertEquals(64, result.exit());
    assertTrue(result.stderr().contains("no completion for \"tcsh\""), result.stderr());
    for (String shell : List.of("bash", "zsh", "fish")) {
      assertTrue(cli.run("completion", shell).stdout().contains("completion " + shell + " -- "));
    }
  }
}
