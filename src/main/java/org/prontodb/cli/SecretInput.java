package org.prontodb.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Secret;
import org.prontodb.model.Text;

/**
 * The ways in which a secret comes in: standard input, a file, a prompt that does not show it, and
 * the command line, which everybody on the machine can read and which therefore draws a warning.
 */
final class SecretInput {
  static final String FILE = "--password-file";
  static final String FILE_HELP = "take the secret from the one line of FILE";

  private static final int MAX_BYTES = 1 << 16;

  private final Invocation call;
  private final String what;

  /**
   * @param what what the secret is, to follow "the": {@code password}
   */
  SecretInput(Invocation call, String what) {
    this.call = call;
    this.what = what;
  }

  /**
   * The secret that the setting {@code name} names.
   *
   * @param written the setting's value, or null if it is not given
   * @param repeat whether a person is to type it twice
   */
  Secret read(String name, String written, boolean repeat) throws IOException {
    String file = call.option(FILE);
    if (file != null && written != null && !written.equals("-")) {
      throw call.usage("give either " + FILE + " or " + name + "=, not both");
    }
    if (file != null && !file.equals("-")) {
      return ofFile(file);
    }
    boolean person = call.context().terminal().is(0);
    if (written == null && file == null && !person) {
      throw call.usage(
          "the %s is missing: write %s=- and give it on standard input".formatted(what, name));
    }
    if (written != null && !written.equals("-")) {
      call.messages()
          .warning(
              "others on this machine can read the %s on the command line;".formatted(what)
                  + " write %s=- and give it on standard input".formatted(name));
      return Secret.of(written);
    }
    return person ? ask(repeat) : firstLine(call.context().stdin(), "standard input");
  }

  private Secret ofFile(String name) throws IOException {
    Path file = call.file(name);
    if (Files.isDirectory(file)) {
      throw Problem.of(Kind.FAILED, "\"" + Text.visible(name) + "\" is a folder").asException();
    }
    try (InputStream in = Files.newInputStream(file)) {
      warnIfReadable(file, name);
      return firstLine(in, FILE);
    }
  }

  private void warnIfReadable(Path file, String name) throws IOException {
    Set<PosixFilePermission> permissions =
        Files.isRegularFile(file) ? Files.getPosixFilePermissions(file) : Set.of();
    if (permissions.contains(PosixFilePermission.GROUP_READ)
        || permissions.contains(PosixFilePermission.OTHERS_READ)) {
      String shown = Text.visible(name);
      call.messages()
          .warning(
              "the permissions of %s let others read the %s in it: chmod 600 %s"
                  .formatted(shown, what, shown));
    }
  }

  private Secret ask(boolean repeat) {
    Secret secret = answer(what + ": ");
    if (repeat && !Arrays.equals(secret.reveal(), answer(what + " again: ").reveal())) {
      throw Problem.of(Kind.CONTENT, "the two are not the same; nothing was changed").asException();
    }
    return secret;
  }

  private Secret answer(String question) {
    Optional<Secret> answer = call.context().terminal().ask(question);
    return answer.orElseThrow(
        () ->
            Problem.of(
                    Kind.FAILED,
                    "the terminal can not be kept from showing what you type",
                    "give the " + what + " on standard input or in a file")
                .asException());
  }

  /** The one line that {@code in} holds, without its line break. */
  private Secret firstLine(InputStream in, String origin) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    int end = bytes.length;
    if (end > 0 && bytes[end - 1] == '\n') {
      end--;
    }
    if (end > 0 && bytes[end - 1] == '\r') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      if (bytes[i] == '\n') {
        throw notOneLine(origin + " has more than one line");
      }
    }
    if (end > MAX_BYTES) {
      throw notOneLine(origin + " has too much in it for a " + what);
    }
    if (end == 0) {
      throw notOneLine(origin + " has no " + what + " in it");
    }
    return new Secret(Arrays.copyOf(bytes, end));
  }

  private ProntoException notOneLine(String message) {
    return Problem.of(Kind.CONTENT, message, "it takes the " + what + " alone, on one line")
        .asException();
  }
}
