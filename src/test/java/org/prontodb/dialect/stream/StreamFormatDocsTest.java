package org.prontodb.dialect.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.BatchCommand.Rejected;
import org.prontodb.model.Problem;

/** What docs/stream-format.md says is what happens. */
class StreamFormatDocsTest {
  private static final Path PAGE = Path.of("docs/stream-format.md");
  private static final Pattern ERROR =
      Pattern.compile("\\| `(.+?)` \\| `(\\d+:\\d+) (.+?)` \\| (.+) \\|");

  static Stream<Arguments> errors() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .map(ERROR::matcher)
        .filter(Matcher::matches)
        .map(m -> Arguments.of(m.group(1), m.group(2), m.group(3), m.group(4)));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void anErrorIsToldAsTheTableSays(String written, String place, String message, String hint)
      throws IOException {
    Problem problem = firstProblem(written.replace('⏎', '\n'));
    assertEquals(message, problem.message());
    assertEquals(place, problem.position().line() + ":" + problem.position().column());
    assertEquals(hint.replace("\\|", "|"), problem.hint());
  }

  private static Problem firstProblem(String stream) throws IOException {
    try (StreamReader reader =
        Reading.reader(new ByteArrayInputStream(Reading.utf8(stream)), Reading.USUAL_WINDOW)) {
      BatchCommand command = reader.next();
      while (!(command instanceof Rejected)) {
        command = reader.next();
      }
      return ((Rejected) command).problem();
    }
  }

  @Test
  void everyDirectiveHasItsRow() throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    List<String> rows =
        Arrays.stream(Directive.values())
            .map(d -> "| `%s` | %s |".formatted(d.usage().replace("|", "\\|"), d.help()))
            .toList();
    int first = lines.indexOf(rows.getFirst());
    assertTrue(first > 0, "no row like " + rows.getFirst());
    assertEquals(rows, lines.subList(first, first + rows.size()));
  }

  @Test
  void everySampleIsReadWithoutAnError() throws IOException {
    try (DirectoryStream<Path> samples = Files.newDirectoryStream(Path.of("samples"), "*.pronto")) {
      for (Path sample : samples) {
        List<String> commands = Reading.commands(Files.readAllBytes(sample));
        assertTrue(commands.contains("user admin"), sample.toString());
        assertFalse(
            commands.stream().anyMatch(c -> c.matches("\\d+:\\d+ .*")),
            () -> sample + " " + commands);
      }
    }
  }
}
