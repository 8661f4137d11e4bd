package org.prontodb.transcript;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Something that runs a transcript's command lines, in one folder, one after the other. */
interface Shell {

  /** What a line printed and its exit code, as bytes. */
  record Result(byte[] stdout, byte[] stderr, int exit) {}

  /** Whether this shell can run the line; one that it cannot is left to the others. */
  boolean understands(String line);

  Result run(String line) throws IOException, InterruptedException;

  /** What every command of a transcript finds in its environment. */
  static Map<String, String> environment(Path directory, String path) {
    return Map.of("HOME", directory.toString(), "PATH", path, "LC_ALL", "C.UTF-8", "TZ", "UTC");
  }
}
