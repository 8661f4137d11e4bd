package org.prontodb.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.prontodb.model.Secret;

/**
 * All that a command sees of the world outside, so that a test can be the world.
 *
 * @param directory what relative file names start from
 */
public record Surroundings(
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

    /**
     * Asks the person at the keyboard for a line that the terminal does not show; empty if it can
     * not be kept from showing it.
     */
    default Optional<Secret> ask(String question) {
      return Optional.empty();
    }
  }

  static Surroundings ofProcess() {
    return new Surroundings(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        System.getenv(),
        Path.of(""),
        InstantSource.system(),
        new ProcessTerminal());
  }
}
