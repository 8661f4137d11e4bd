package org.prontodb.cli;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.prontodb.files.Cleanup;
import org.prontodb.model.Secret;

/**
 * Asks the kernel what the standard streams are connected to. The JDK's own answer, {@code
 * System.console()}, tells nothing about standard error alone; where there is no {@code /proc} it
 * has to do.
 */
final class ProcessTerminal implements ProcessContext.Terminal {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /** S_IFMT and S_IFIFO of stat(2). */
  private static final int KIND_OF_FILE = 0170000;

  private static final int PIPE = 0010000;

  private static final File KEYBOARD = new File("/dev/tty");

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

  @Override
  public Path file(int descriptor) {
    return DESCRIPTORS.resolve(String.valueOf(descriptor));
  }

  @Override
  public void beforeReading() {
    if (isPipe(0)) {
      Signals.beforePipe();
    }
  }

  @Override
  public boolean isPipe(int descriptor) {
    try {
      int mode = (Integer) Files.getAttribute(file(descriptor), "unix:mode");
      return (mode & KIND_OF_FILE) == PIPE;
    } catch (IOException e) {
      return false;
    }
  }

  /** The launcher has opened it for reading, as {@code start.sh} tells. */
  @Override
  public boolean isClosed(int descriptor) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/fdinfo/" + descriptor))) {
        if (line.startsWith("flags:")) {
          return line.charAt(line.length() - 1) == '0';
        }
      }
      return false;
    } catch (IOException e) {
      // There is no /proc, so the first write has to find out.
      return false;
    }
  }

  /**
   * Not with the JDK's console, which is there only if standard output is a terminal too: {@code
   * PRONTO_SESSION=$(prontodb proto auth …)} captures it.
   */
  @Override
  public Optional<Secret> ask(String question) {
    Runnable showAgain = () -> show(true);
    try (InputStream in = new FileInputStream(KEYBOARD);
        OutputStream out = new FileOutputStream(KEYBOARD)) {
      Cleanup.add(showAgain);
      if (!show(false)) {
        return Optional.empty();
      }
      out.write(question.getBytes(StandardCharsets.UTF_8));
      Secret answer = line(in);
      out.write('\n');
      return Optional.of(answer);
    } catch (IOException e) {
      return Optional.empty();
    } finally {
      show(true);
      Cleanup.remove(showAgain);
    }
  }

  private static Secret line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    return new Secret(line.toByteArray());
  }

  /** Has the terminal show what is typed, or not; answers whether it obeys. */
  private static boolean show(boolean shown) {
    try {
      return new ProcessBuilder("stty", shown ? "echo" : "-echo")
              .redirectInput(KEYBOARD)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
