package org.prontodb.mirror;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.prontodb.model.Problem;

/**
 * A folder that is removed with all that is in it; in memory where the machine has such a place.
 */
final class TestFolder implements AutoCloseable {
  static final MirrorListener SILENT =
      new MirrorListener() {
        @Override
        public void conflict(Problem problem) {}

        @Override
        public void progress(long files) {}
      };

  private static final Path MEMORY = Path.of("/dev/shm");

  private final Path path;

  TestFolder() throws IOException {
    path =
        Files.isWritable(MEMORY)
            ? Files.createTempDirectory(MEMORY, "prontodb-fuzz")
            : Files.createTempDirectory("prontodb-fuzz");
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(path)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }
}
