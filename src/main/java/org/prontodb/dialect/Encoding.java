package org.prontodb.dialect;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import org.prontodb.model.Nearest;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Text;

/**
 * The encoding of an input's or output's characters: UTF-8, unless {@code --encoding} names
 * another. Everything behind this border is UTF-8, so offsets in messages count bytes of UTF-8.
 *
 * @param charset what the JDK knows by the name
 */
public record Encoding(Charset charset) {
  public static final Encoding UTF_8 = new Encoding(StandardCharsets.UTF_8);

  private static final List<String> NAMES =
      List.of(
          "utf-8", "utf-16", "utf-16le", "utf-16be", "iso-8859-1", "iso-8859-15", "windows-1252");

  /** The encoding of this name, by which the JDK or IANA know it. */
  public static Encoding named(String name) {
    try {
      return new Encoding(Charset.forName(name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw Problem.of(
              Kind.USAGE,
              "unknown encoding \"" + Text.visible(name) + "\"",
              Nearest.to(name, NAMES)
                  .map(nearest -> "did you mean " + nearest + "?")
                  .orElse("known are, among others, " + String.join(", ", NAMES)))
          .asException();
    }
  }

  public boolean isUtf8() {
    return charset.equals(StandardCharsets.UTF_8);
  }

  /**
   * The text of {@code in} as UTF-8. Where UTF-8 is expected, UTF-16 is refused by its name as soon
   * as the first bytes are read; any other text that is not UTF-8 is for the reader to refuse,
   * which knows the place.
   */
  public InputStream decoded(InputStream in) {
    return isUtf8() ? new Utf16Guard(in) : new DecodedInput(in, charset);
  }

  /** Takes UTF-8 and writes it in this encoding; a character that it lacks is refused. */
  public OutputStream encoded(OutputStream out) {
    return isUtf8() ? out : new EncodedOutput(out, charset);
  }

  /** The name to give on a command line. */
  @Override
  public String toString() {
    return charset.name().toLowerCase(Locale.ROOT);
  }
}
