package org.prontodb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of packages in docs/architecture.md and the imports in the code say the same. */
class ArchitectureTest {
  private static final Path SOURCES = Path.of("src/main/java/org/prontodb");
  private static final String ROOT = "org.prontodb.";
  private static final Pattern ROW = Pattern.compile("\\| `(.+?)` \\|.*\\|(.*)\\|(.*)\\|");
  private static final Pattern NAME = Pattern.compile("\\b(?:import (?:static )?)([a-z][\\w.]*)");

  /** A row of the table: the packages of ours and the library packages that it may use. */
  private record Rule(Set<String> packages, Set<String> libraries) {}

  @Test
  void packagesUseOnlyWhatTheTableAllows() throws IOException {
    Map<String, Rule> rules = rules();
    Set<String> libraries =
        rules.values().stream()
            .flatMap(rule -> rule.libraries.stream())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> broken = new TreeSet<>();
    for (Path file : sources()) {
      String from = packageOf(file);
      Rule rule = rules.getOrDefault(from, new Rule(Set.of(), Set.of()));
      for (String name : imports(file)) {
        if (name.startsWith(ROOT)) {
          String to = ours(name);
          if (!to.equals(from) && !rule.packages.contains(to)) {
            broken.add(from + " uses " + to + ", in " + file.getFileName());
          }
        }
        for (String library : libraries) {
          if (name.startsWith(library + ".") && !rule.libraries.contains(library)) {
            broken.add(from + " uses " + library + ", in " + file.getFileName());
          }
        }
      }
    }
    assertEquals(Set.of(), broken);
  }

  @Test
  void theTableNamesEveryPackage() throws IOException {
    Set<String> packages = new TreeSet<>();
    for (Path file : sources()) {
      packages.add(packageOf(file));
    }
    assertEquals(packages, new TreeSet<>(rules().keySet()));
  }

  @Test
  void arrowsPointInwardOnly() throws IOException {
    Set<String> before = new TreeSet<>(Set.of("dialect.stream.grammar"));
    for (Map.Entry<String, Rule> row : rules().entrySet()) {
      for (String used : row.getValue().packages) {
        assertEquals(true, before.contains(used), row.getKey() + " uses " + used + " below it");
      }
      before.add(row.getKey());
    }
  }

  /** In the order of the table. */
  private static Map<String, Rule> rules() throws IOException {
    Map<String, Rule> rules = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of("docs/architecture.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rules.put(row.group(1), new Rule(words(row.group(2)), words(row.group(3))));
      }
    }
    return rules;
  }

  private static Set<String> words(String cell) {
    return Arrays.stream(cell.replace("`", "").split(","))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static String packageOf(Path file) {
    return SOURCES.relativize(file.getParent()).toString().replace('/', '.');
  }

  private static List<String> imports(Path file) throws IOException {
    return NAME.matcher(Files.readString(file)).results().map(found -> found.group(1)).toList();
  }

  /** The package of an imported name, without the root: packages are in lower case. */
  private static String ours(String name) {
    return Arrays.stream(name.substring(ROOT.length()).split("\\."))
        .takeWhile(part -> Character.isLowerCase(part.charAt(0)))
        .collect(Collectors.joining("."));
  }
}
