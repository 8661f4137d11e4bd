package org.prontodb.transcript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The transcripts of this repository, made into tests. */
final class Transcripts {
  static final Path SAMPLES = Path.of("samples").toAbsolutePath();
  private static final Path FOLDER = SAMPLES.resolve("transcripts");
  private static final String MACHINE_PATH = System.getenv("PATH");

  private Transcripts() {}

  static Stream<Path> files() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(FOLDER)) {
      files = all.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
    return files.stream();
  }

  static DynamicTest inProcess(Path file) {
    return DynamicTest.dynamicTest(
        file.getFileName().toString(), () -> play(file, InProcessShell::new, MACHINE_PATH));
  }

  /**
   * @param launcher the folder that holds the launcher
   */
  static DynamicTest throughLauncher(Path file, Path launcher) {
    return DynamicTest.dynamicTest(
        file.getFileName().toString(),
        () -> play(file, ProcessShell::new, launcher + ":" + MACHINE_PATH));
  }

  private static void play(Path file, BiFunction<Path, String, Shell> shells, String path)
      throws IOException, InterruptedException {
    String written = Files.readString(file);
    String answered = play(written, shells, path);
    if (!answered.equals(written)) {
      Files.writeString(file, answered);
    }
  }

  /** Plays a transcript in this JVM; answers what is to stand in its place, mostly itself. */
  static String playInProcess(String transcript) throws IOException, InterruptedException {
    return play(transcript, InProcessShell::new, MACHINE_PATH);
  }

  private static String play(String written, BiFunction<Path, String, Shell> shells, String path)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("transcript");
    try {
      Files.createSymbolicLink(directory.resolve("samples"), SAMPLES);
      TranscriptRunner runner = new TranscriptRunner(directory, shells.apply(directory, path));
      Transcript transcript = Transcript.parse(written);
      if (!runner.canPlay(transcript)) {
        return written;
      }
      if (TranscriptRunner.UPDATE) {
        return runner.updated(transcript).toString();
      }
      runner.check(transcript);
      return written;
    } finally {
      deleteTree(directory);
    }
  }

  private static void deleteTree(Path directory) throws IOException {
    List<Path> paths;
    try (Stream<Path> all = Files.walk(directory)) {
      paths = all.sorted((a, b) -> b.compareTo(a)).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
