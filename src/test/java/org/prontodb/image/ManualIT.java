package org.prontodb.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The manual pages that src/dist/man.sh makes. */
class ManualIT {
  private static final Path MANUAL = Path.of("target/man");

  @BeforeAll
  static void make() throws Exception {
    assertEquals("", run("sh", "src/dist/man.sh", "target"));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SOURCE_DATE_EPOCH", "1000000000");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("MANWIDTH", "80");
    Process process = builder.redirectInput(Path.of("/dev/null").toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private static Map<String, String> pages() throws IOException {
    Map<String, String> pages = new TreeMap<>();
    try (Stream<Path> files = Files.walk(MANUAL)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        pages.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return pages;
  }

  @Test
  void everyCommandOfTheReferenceHasAPage() throws Exception {
    List<String> expected =
        new ArrayList<>(List.of("pronto.conf.5", "prontodb-stream.5", "prontodb.1"));
    Files.readString(Path.of("docs/cli.md"))
        .lines()
        .filter(line -> line.startsWith("### "))
        .map(line -> "prontodb-" + line.substring(4).replace(' ', '-') + ".1")
        .forEach(expected::add);
    assertEquals(expected.stream().sorted().toList(), List.copyOf(pages().keySet()));
  }

  @Test
  void aPageTellsWhatHelpTells() throws Exception {
    Assumptions.assumeTrue(isThere("mandoc"), "NOT TESTED: there is no mandoc on this machine");
    String page = run("sh", "-c", "mandoc -Tascii target/man/man1/prontodb-import.1 | col -b");
    for (String part :
        List.of(
            "IMPORT(1)",
            "--create-cache SETTINGS",
            "load a table into a namespace",
            "2001-09-09",
            "prontodb import kb.cache hits.tsv --create-cache 'timeout=60'")) {
      assertTrue(page.contains(part), part + " is missing in\n" + page);
    }
    String format = run("sh", "-c", "mandoc -Tascii target/man/man5/prontodb-stream.5 | col -b");
    assertTrue(format.contains("meta:path=PROJECT.NAMESPACE;"), format);
  }

  @Test
  void mandocFindsNothingWrong() throws Exception {
    Assumptions.assumeTrue(isThere("mandoc"), "NOT TESTED: there is no mandoc on this machine");
    assertEquals("", run("sh", "-c", "mandoc -Tlint target/man/man*/*"));
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
