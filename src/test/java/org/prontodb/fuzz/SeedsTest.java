package org.prontodb.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What fuzzing began with, and every input that it found a fault with: in src/test/fuzz, a folder a
 * target. The fuzzing itself is bin/fuzz.sh.
 */
class SeedsTest {
  private static final Path FOLDER = Path.of("src/test/fuzz");

  /** No input takes a hundredth of it. */
  private static final Duration HANGS_AFTER = Duration.ofSeconds(60);

  static Stream<Arguments> seeds() throws IOException {
    return FuzzTargets.all().keySet().stream()
        .flatMap(target -> files(target).stream().map(file -> Arguments.of(target, file)));
  }

  private static List<Path> files(String target) {
    try (Stream<Path> files = Files.list(FOLDER.resolve(target))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("seeds")
  void isRefusedOrComesBack(String target, Path file) throws IOException {
    byte[] input = Files.readAllBytes(file);
    assertTimeoutPreemptively(HANGS_AFTER, () -> FuzzTargets.named(target).run(input));
  }

  @Test
  void everyFolderOfSeedsHasATarget() throws IOException {
    Set<String> folders = new TreeSet<>();
    try (Stream<Path> found = Files.list(FOLDER)) {
      found.filter(Files::isDirectory).forEach(f -> folders.add(f.getFileName().toString()));
    }
    assertEquals(new TreeSet<>(FuzzTargets.all().keySet()), folders);
  }
}
