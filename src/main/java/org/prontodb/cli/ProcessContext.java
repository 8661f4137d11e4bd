package org.prontodb.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.prontodb.model.Secret;

/**
 * What a command sees of its process and of the machine: streams, environment, clock. Tests give
 * their own.
 *
 * @param directory what relative file names start from
 */
public record ProcessContext(
    InputStream stdin,
    OutputStream stdout,
    OutputStream stderr,
    Map<String, String> environment,
    Path directory,
    InstantSource clock,
    Terminal terminal) {

  /** Which of the standard streams are a person's terminal. */
  public interface Terminal {
    /** None of them. A class, because a lambda in an interface costs every start 2.5 ms. */
    Terminal NONE =
        new Terminal() {
          @Override
          public boolean is(int descriptor) {
            return false;
          }
        };

    /**
     * @param descriptor 0, 1 or 2
     */
    boolean is(int descriptor);

    /** A path of the file that the descriptor leads to, or null where that is not to be had. */
    default Path file(int descriptor) {
      return null;
    }

    /** Standard input is about to be read. */
    default void beforeReading() {}

    /** Whether the descriptor is one end of a pipe. */
    default boolean isPipe(int descriptor) {
      return false;
    }

    /** Whether this process was given an output descriptor that is closed. */
    default boolean isClosed(int descriptor) {
      return false;
    }

    /**
     * Asks the person at the keyboard for a line that the terminal does not show; empty if it can
     * not be kept from showing it.
     */
    default Optional<Secret> ask(String question) {
      return Optional.empty();
    }
  }

  /** Where its name is not UTF-8 the JDK has another name for it, which may be another folder. */
  private static Path currentFolder() {
    String name = System.getProperty("user.dir");
    Path usual = Path.of("");
    if (name.indexOf('\ufffd') < 0) {
      return usual;
    }
    Path exact = Path.of("/proc/self/cwd");
    try {
      return Files.isSameFile(exact, Path.of(name)) ? usual : exact;
    } catch (IOException e) {
      return exact;
    }
  }

  static ProcessContext ofProcess() {
    return new ProcessContext(
        new StandardInput(),
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        System.getenv(),
        currentFolder(),
        InstantSource.system(),
        new ProcessTerminal());
  }
}
