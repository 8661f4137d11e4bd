package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every command, those to come included. */
class CommandTableTest {
  static List<String> names() {
    return CommandTable.names();
  }

  @Test
  void everyCaseOfTheTableIsListedOnce() throws IOException {
    String source = Files.readString(Path.of("src/main/java/org/prontodb/cli/CommandTable.java"));
    long cases =
        source
            .lines()
            .filter(line -> line.strip().startsWith("case \""))
            .mapToLong(line -> line.substring(0, line.indexOf("->")).split(",").length)
            .sum();
    assertEquals(cases, CommandTable.names().size());
    assertEquals(cases, Set.copyOf(CommandTable.names()).size());
  }

  @ParameterizedTest
  @MethodSource("names")
  void isThereAndTellsWhatItDoes(String name) {
    Command command = CommandTable.named(name);
    assertNotNull(command, name);
    assertFalse(command.form().summary().isBlank());
    assertFalse(command.form().examples().isEmpty(), name + " has no example");
    assertTrue(
        command.form().examples().stream().anyMatch(example -> example.contains("prontodb")));
  }

  @ParameterizedTest
  @MethodSource("names")
  void hasOptionsThatNoOtherMeaningIsTakenFor(String name) {
    Set<String> seen = new HashSet<>();
    GlobalOptions.ALL.forEach(option -> seen.addAll(option.names()));
    for (Option option : CommandTable.named(name).form().options()) {
      option.names().forEach(word -> assertTrue(seen.add(word), name + " has " + word + " twice"));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void fitsAScreen(String name) {
    HelpText.of(name)
        .lines()
        .filter(line -> !line.startsWith("usage:") && !line.startsWith("  "))
        .forEach(line -> assertTrue(line.codePointCount(0, line.length()) <= 80, line));
  }

  private static List<String> commandsOfTranscripts() throws IOException {
    List<String> commands = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("samples/transcripts"))) {
      for (Path file : files.toList()) {
        Files.readString(file).lines().filter(line -> line.startsWith("$ ")).forEach(commands::add);
      }
    }
    return commands;
  }

  @ParameterizedTest
  @MethodSource("names")
  void playsInATranscript(String name) throws IOException {
    Pattern call = Pattern.compile("prontodb (-\\S+ )*([^-|]\\S* )*?" + name + "( |$)");
    assertTrue(
        commandsOfTranscripts().stream().anyMatch(command -> call.matcher(command).find()),
        "no transcript in samples/transcripts runs: prontodb " + name);
  }

  @Test
  void theVersionIsThatOfTheBuild() throws IOException {
    assertTrue(
        Files.readString(Path.of("pom.xml"))
            .contains("<version>" + VersionCommand.NUMBER + "</version>"));
  }
}
