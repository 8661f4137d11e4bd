package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which commands the native binary leaves to the JVM image. */
class NativeCommandsTest {
  private static final Pattern LEFT_OUT = Pattern.compile("\\$work/classes/(org/prontodb/[a-z/]+)");

  @Test
  void aCommandThatNeedsWhatTheBinaryLacksIsForTheJvm() throws IOException {
    Set<String> needing = new TreeSet<>();
    for (String name : CommandTable.names()) {
      Class<?> command = CommandTable.named(name).getClass();
      Path source = Path.of("src/main/java/org/prontodb/cli", command.getSimpleName() + ".java");
      String text = Files.readString(source);
      if (leftOut().stream().anyMatch(each -> text.contains("import " + each + "."))) {
        needing.add(name);
      }
    }
    assertEquals(Set.of("serve"), needing, "or this test looks at the wrong files");
    for (String name : needing) {
      assertTrue(CommandTable.isForJvm(name), name);
    }
  }

  /** The packages of ours that src/native/build.sh leaves out. */
  private static List<String> leftOut() throws IOException {
    Matcher found = LEFT_OUT.matcher(Files.readString(Path.of("src/native/build.sh")));
    return found.results().map(each -> each.group(1).replace('/', '.')).toList();
  }

  @TempDir Path home;

  private boolean isForJvm(String... words) {
    return Cli.isForJvm(List.of(words), Map.of("HOME", home.toString()));
  }

  @Test
  void theCommandCountsAndNoOtherWord() {
    assertTrue(isForJvm("serve"));
    assertTrue(isForJvm("-q", "-d", "x.db", "serve", "--help"));
    assertFalse(isForJvm("set", "a.b.c", "serve"));
    assertFalse(isForJvm("-p", "serve", "keys", "a"));
    assertFalse(isForJvm());
    assertFalse(isForJvm("--version"));
  }

  @Test
  void whatIsNoCommandIsAnsweredAtOnce() {
    assertFalse(isForJvm("no-such-command", "serve"));
  }

  @Test
  void aDatabaseThatIsNoFileIsForTheJvm() throws IOException {
    assertTrue(isForJvm("-d", "memory:x", "get", "a.b.c"));
    assertFalse(isForJvm("-d", "sqlite:x.db", "get", "a.b.c"));
    List<String> get = List.of("get", "a.b.c");
    assertTrue(Cli.isForJvm(get, Map.of("HOME", home.toString(), "PRONTO_DB", "memory:x")));
    Path folder = Files.createDirectories(home.resolve(".local/etc/odx/prontodb"));
    Files.writeString(folder.resolve("pronto.conf"), "db = memory:x\n");
    assertTrue(isForJvm("get", "a.b.c"));
  }
}
