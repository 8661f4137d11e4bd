package org.prontodb.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigurationDocsTest {

  @Test
  void theTableInTheDocsIsTheTableInTheCode() throws IOException {
    List<String> documented =
        Files.readAllLines(Path.of("docs/configuration.md")).stream()
            .dropWhile(line -> !line.startsWith("| name in"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    assertEquals(Stream.of(Setting.values()).map(ConfigurationDocsTest::row).toList(), documented);
  }

  private static String row(Setting setting) {
    return "| %s | %s | %s | %s | %s |"
        .formatted(
            code(Optional.of(setting.key())),
            code(Optional.of(setting.variable())),
            code(setting.standard()),
            form(setting),
            setting.help())
        .replace("|  |", "| |");
  }

  private static String code(Optional<String> text) {
    return text.map(t -> "`" + t + "`").orElse("");
  }

  /** Characters that Markdown would act upon stand in a code span of their own. */
  private static String form(Setting setting) {
    if (setting != Setting.DELIMITER) {
      return setting.form();
    }
    String characters = setting.form().substring("one of ".length()).replace("|", "\\|");
    return "one of `` " + characters + " ``";
  }
}
