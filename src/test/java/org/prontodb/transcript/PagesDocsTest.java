package org.prontodb.transcript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sessions in the pages that teach: all {@code console} blocks of a page are one story. */
class PagesDocsTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```console\n(.*?)^```$");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/guide.md", "docs/caches.md", "docs/mirror.md"})
  void thePageShowsWhatHappens(String name) throws IOException, InterruptedException {
    Path page = Path.of(name);
    String text = Files.readString(page);
    Files.createSymbolicLink(directory.resolve("samples"), Transcripts.SAMPLES);
    TranscriptRunner runner =
        new TranscriptRunner(directory, new InProcessShell(directory, System.getenv("PATH")));
    List<String> updated = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      Transcript session = Transcript.parse(block.group(1));
      if (TranscriptRunner.UPDATE) {
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
  }
}
