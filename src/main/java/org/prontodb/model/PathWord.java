package org.prontodb.model;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.prontodb.model.Problem.Kind;

/**
 * Paths as users write them. The JDK knows paths of UTF-8 text only; another is refused, since it
 * would be that of another file.
 */
public final class PathWord {
  /** How a byte that is not UTF-8 is carried in a word of the command line, and then shown. */
  private static final Pattern BYTE = Pattern.compile("\\\\u\\{dc([89a-f][0-9a-f])}");

  private static final char REPLACEMENT = '\ufffd';

  private PathWord() {}

  /**
   * The path that {@code word} names.
   *
   * @throws ProntoException with kind USAGE if no file can have that name
   */
  public static Path path(String word) {
    try {
      return Path.of(word);
    } catch (InvalidPathException e) {
      String shown = BYTE.matcher(Text.visible(word)).replaceAll("\\\\x$1");
      String why = word.indexOf('\0') >= 0 ? "it holds a NUL" : "it is not UTF-8";
      throw new ProntoException(
          Problem.of(
              Kind.USAGE,
              "\"" + shown + "\" can not be the name of a file here: " + why,
              "give the file or folder a name in UTF-8"),
          e);
    }
  }

  /**
   * As {@link #path(String)}, for the value of an environment variable. The JDK has replaced the
   * bytes in it that are not UTF-8.
   */
  public static Path ofVariable(String name, String value) {
    if (value.indexOf(REPLACEMENT) >= 0) {
      throw Problem.of(
              Kind.USAGE,
              name + " can not be the name of a file here: it is not UTF-8",
              "give the file or folder a name in UTF-8")
          .asException();
    }
    return path(value);
  }
}
