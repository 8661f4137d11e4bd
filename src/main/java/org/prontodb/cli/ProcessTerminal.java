package org.prontodb.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Asks the kernel what the standard streams are connected to. The JDK's own answer, {@code
 * System.console()}, tells nothing about standard error alone; where there is no {@code /proc} it
 * has to do.
 */
final class ProcessTerminal implements Surroundings.Terminal {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  @Override
  public boolean is(int descriptor) {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return System.console() != null;
    }
    try {
      String target =
          Files.readSymbolicLink(DESCRIPTORS.resolve(String.valueOf(descriptor))).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException e) {
      return false;
    }
  }
}
