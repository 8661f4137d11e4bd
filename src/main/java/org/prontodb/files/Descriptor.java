package org.prontodb.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Text;

/**
 * Paths that name a file which this process has open: {@code /dev/stdout}, {@code /dev/fd/3},
 * {@code /proc/self/fd/3}, and links to them.
 */
public final class Descriptor {
  private static final int MOST_LINKS = 40;

  private Descriptor() {}

  /**
   * The number of the descriptor that the path names, or -1 if it names none.
   *
   * @throws ProntoException if it was not given to this process: nothing is open there, or a file
   *     of the runtime's own
   */
  public static int named(Path path) {
    try {
      int number = numberOf(path.toAbsolutePath());
      if (number > 2 && !isGiven(number)) {
        throw Problem.of(
                Kind.FAILED,
                "there is no file \"%s\": descriptor %d is not open"
                    .formatted(Text.visible(path.toString()), number),
                "open it in the shell: " + number + "> FILE, or " + number + "< FILE")
            .asException();
      }
      return number;
    } catch (IOException e) {
      // There is no such folder, or it can not be read, which opening the path will say.
      return -1;
    }
  }

  private static int numberOf(Path path) throws IOException {
    Path next = path;
    for (int links = 0; links < MOST_LINKS; links++) {
      Path above = next.getParent();
      Path name = next.getFileName();
      if (above == null || name == null) {
        return -1;
      }
      Path folder = above.toRealPath();
      if (holdsOurs(folder)) {
        return number(name.toString());
      }
      next = folder.resolve(name);
      if (!Files.isSymbolicLink(next)) {
        return -1;
      }
      next = folder.resolve(Files.readSymbolicLink(next));
    }
    return -1;
  }

  /** Linux has the one of the two, where the other is a link to it; macOS has the second. */
  private static boolean holdsOurs(Path folder) {
    String name = folder.toString();
    return name.equals("/proc/" + ProcessHandle.current().pid() + "/fd") || name.equals("/dev/fd");
  }

  private static int number(String name) {
    boolean digits = !name.isEmpty() && name.length() < 8;
    for (int i = 0; i < name.length(); i++) {
      digits &= name.charAt(i) >= '0' && name.charAt(i) <= '9';
    }
    return digits ? Integer.parseInt(name) : -1;
  }

  /** The JVM opens its own files before the program begins, with numbers that nobody has taken. */
  private static boolean isGiven(int number) throws IOException {
    Path link = Path.of("/dev/fd/" + number);
    return Files.isSymbolicLink(link)
        ? !Files.readSymbolicLink(link).startsWith(System.getProperty("java.home"))
        : Files.exists(link);
  }
}
