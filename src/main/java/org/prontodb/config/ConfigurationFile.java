package org.prontodb.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.prontodb.model.Position;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.SourceLine;
import org.prontodb.model.Utf8;

/**
 * Reads the lines of {@code pronto.conf}: {@code name=value} with white space wherever it pleases,
 * the value bare or in one pair of quotes of either kind, and comments from a {@code #} that begins
 * a word. What the names mean is not its business.
 */
final class ConfigurationFile {
  private static final String HIDDEN = "=***";

  /** As many as a backup takes. */
  private static final int MAX_BYTES = 1 << 20;

  private final String file;
  private long offset;
  private long lineNumber;

  private ConfigurationFile(String file) {
    this.file = file;
  }

  /**
   * One assignment.
   *
   * @param nameAt where the name begins; without the value, since what is no setting may be a
   *     secret
   * @param valueAt where the value begins
   */
  record Assignment(String name, String value, Place nameAt, Place valueAt) {}

  /** A place in the file, with the line to show for it. */
  record Place(Position position, SourceLine source) {
    ProntoException refuse(String message, String hint) {
      return Problem.of(Kind.FAILED, message, hint).at(position, source).asException();
    }
  }

  /** The assignments of the file in their order; none if there is no file. */
  static List<Assignment> read(Path file) {
    try {
      return parse(file.toString(), content(file));
    } catch (NoSuchFileException missing) {
      return List.of();
    } catch (IOException e) {
      if (!hasFolder(file)) {
        return List.of();
      }
      String reason = e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
      throw new ProntoException(
          Problem.of(
              Kind.FAILED,
              "can not read the configuration " + file + ": " + reason,
              "make it a file that you can read, or remove it"),
          e);
    }
  }

  /** False where the home is no folder, as for accounts whose home is /dev/null. */
  private static boolean hasFolder(Path file) {
    Path above = file.getParent();
    while (above != null && !Files.exists(above)) {
      above = above.getParent();
    }
    return above == null || Files.isDirectory(above);
  }

  private static byte[] content(Path file) throws IOException {
    // Most users have no such file. This tells so in a fraction of what it takes to open nothing.
    Files.size(file);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw new IOException("it has more than " + MAX_BYTES + " bytes");
      }
      return content;
    }
  }

  static List<Assignment> parse(String file, byte[] content) {
    return new ConfigurationFile(file).assignments(content);
  }

  private List<Assignment> assignments(byte[] content) {
    List<Assignment> assignments = new ArrayList<>();
    int from = Utf8.hasMark(content) ? Utf8.MARK_LENGTH : 0;
    while (from < content.length) {
      int end = from;
      while (end < content.length && content[end] != '\n') {
        end++;
      }
      offset = from;
      lineNumber++;
      int bad = Utf8.firstInvalid(content, from, end);
      String line = new String(content, from, end - from, StandardCharsets.UTF_8);
      if (bad >= 0) {
        int at = new String(content, from, bad - from, StandardCharsets.UTF_8).length();
        throw blanked(line, Math.min(at, line.length()))
            .refuse("this is not UTF-8 text", "save the file as UTF-8");
      }
      Assignment assignment = assignment(line);
      if (assignment != null) {
        assignments.add(assignment);
      }
      from = end + 1;
    }
    return assignments;
  }

  /** What the line assigns, or null if it is empty or a comment. */
  private Assignment assignment(String line) {
    int name = skipSpace(line, 0);
    if (name == line.length() || line.charAt(name) == '#') {
      return null;
    }
    int equals = line.indexOf('=', name);
    int nameEnd = name;
    while (nameEnd < line.length() && !isSpace(line.charAt(nameEnd)) && nameEnd != equals) {
      nameEnd++;
    }
    int afterName = skipSpace(line, nameEnd);
    if (equals < 0 || afterName != equals) {
      throw blanked(line, afterName).refuse("'=' is missing here", "write name=value");
    }
    if (nameEnd == name) {
      throw blanked(line, name).refuse("a name is missing before '='", "write name=value");
    }
    int value = skipSpace(line, equals + 1);
    return new Assignment(
        line.substring(name, nameEnd),
        value(line, value),
        at(line.substring(0, equals) + HIDDEN, name),
        at(line, value));
  }

  private String value(String line, int from) {
    if (from < line.length() && (line.charAt(from) == '"' || line.charAt(from) == '\'')) {
      int close = line.indexOf(line.charAt(from), from + 1);
      if (close < 0) {
        throw blanked(line, from)
            .refuse("this quote is not closed", "end the value with the same quote");
      }
      int rest = skipSpace(line, close + 1);
      if (rest < line.length() && line.charAt(rest) != '#') {
        throw blanked(line, rest)
            .refuse("nothing may follow a quoted value", "put the quotes around all of the value");
      }
      return line.substring(from + 1, close);
    }
    int end = from;
    while (end < line.length()
        && !(line.charAt(end) == '#' && (end == from || isSpace(line.charAt(end - 1))))) {
      end++;
    }
    while (end > from && isSpace(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(from, end);
  }

  /**
   * A place in a line that can not be read. What stands behind the first characters that can be a
   * name is not shown, since it may be a secret.
   */
  private Place blanked(String line, int index) {
    int end = skipSpace(line, 0);
    while (end < line.length() && isOfName(line.charAt(end))) {
      end++;
    }
    Place place = at(line, index);
    String shown = line.substring(0, end) + (end < line.length() ? HIDDEN : "");
    int caret = Math.min(index, end);
    byte[] bytes = shown.getBytes(StandardCharsets.UTF_8);
    return new Place(place.position(), SourceLine.around(bytes, 0, bytes.length, caret));
  }

  private static boolean isOfName(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '.';
  }

  private Place at(String line, int index) {
    long column = line.codePointCount(0, index) + 1;
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    int before = line.substring(0, index).getBytes(StandardCharsets.UTF_8).length;
    return new Place(
        new Position(file, lineNumber, column, offset + before),
        SourceLine.around(bytes, 0, bytes.length, before));
  }

  private static int skipSpace(String line, int from) {
    int at = from;
    while (at < line.length() && isSpace(line.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r';
  }
}
