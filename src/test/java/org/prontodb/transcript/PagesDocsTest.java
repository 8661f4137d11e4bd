package org.prontodb.transcript;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The sessions in the pages that teach: all {@code console} blocks of a page are one story. A block
 * that needs a program which is not installed is left out, and the page then counts as skipped.
 */
class PagesDocsTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```console\n(.*?)^```$");

  /** Programs that not every machine has. */
  private static final Set<String> OPTIONAL = Set.of("jq", "mlr", "sqlite3", "iconv");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "docs/guide.md",
        "docs/caches.md",
        "docs/mirror.md",
        "docs/etl.md",
        "docs/operations.md"
      })
  void thePageShowsWhatHappens(String name) throws IOException, InterruptedException {
    Path page = Path.of(name);
    String text = Files.readString(page);
    Files.createSymbolicLink(directory.resolve("samples"), Transcripts.SAMPLES);
    TranscriptRunner runner =
        new TranscriptRunner(directory, new InProcessShell(directory, System.getenv("PATH")));
    List<String> updated = new ArrayList<>();
    Set<String> missing = new TreeSet<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      Transcript session = Transcript.parse(block.group(1));
      Set<String> missingHere = missingPrograms(session);
      missing.addAll(missingHere);
      if (!missingHere.isEmpty()) {
        updated.add(block.group());
      } else if (TranscriptRunner.UPDATE) {
        updated.add("```console\n" + runner.updated(session) + "```");
      } else {
        runner.check(session);
      }
    }
    if (TranscriptRunner.UPDATE) {
      Files.writeString(
          page,
          BLOCK.matcher(text).replaceAll(found -> Matcher.quoteReplacement(updated.removeFirst())));
    }
    assumeTrue(missing.isEmpty(), () -> "sessions were left out that need " + missing);
  }

  private static Set<String> missingPrograms(Transcript session) {
    return session.steps().stream()
        .flatMap(step -> CommandLine.read(step.command()).orElseThrow().stages().stream())
        .filter(CommandLine.Foreign.class::isInstance)
        .map(stage -> ((CommandLine.Foreign) stage).text().strip().split("\\s", 2)[0])
        .filter(program -> OPTIONAL.contains(program) && !isInstalled(program))
        .collect(Collectors.toSet());
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
