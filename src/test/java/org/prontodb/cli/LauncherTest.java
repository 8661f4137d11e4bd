package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The launcher chooses the JVM's settings by the command's name, and so holds names of commands. A
 * start has no time to read them from anywhere, so they are compared with the command table here.
 */
class LauncherTest {
  /**
   * Commands that the launcher does not name: they run with the settings that it begins with, those
   * of a command that is over before compiled code is of use. A new command is written into
   * src/image/start.sh if it moves many records or hashes passwords, else in here.
   */
  private static final Set<String> WITHOUT_SETTINGS_OF_THEIR_OWN =
      Set.of(
          "capabilities",
          "completion",
          "config",
          "count",
          "help",
          "install",
          "log",
          "namespaces",
          "nss",
          "projects",
          "uninstall",
          "version");

  private static final Pattern CASE =
      Pattern.compile("^ *([a-z][a-z-]*(?: \\| [a-z][a-z-]*)*)\\)", Pattern.MULTILINE);

  @Test
  void theLauncherNamesTheCommandsThatThereAre() throws IOException {
    String script = Files.readString(Path.of("src/image/start.sh"));
    int start = script.indexOf("case $word in");
    List<String> named = new ArrayList<>();
    Matcher cases = CASE.matcher(script.substring(start, script.indexOf("\ndone", start)));
    while (cases.find()) {
      named.addAll(List.of(cases.group(1).split(" \\| ")));
    }
    Set<String> commands = new TreeSet<>(CommandTable.wordsAfter(""));
    for (String name : named) {
      assertTrue(commands.contains(name), "start.sh names a command that is none: " + name);
    }
    assertEquals(Set.copyOf(named).size(), named.size(), "start.sh names one twice: " + named);
    commands.removeAll(named);
    commands.removeAll(WITHOUT_SETTINGS_OF_THEIR_OWN);
    assertEquals(Set.of(), commands, "neither in start.sh nor in this test");
  }
}
