package org.prontodb.mirror;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Sha256;
import org.prontodb.model.Utf8;

/**
 * How the words of an address become names of files and folders, and back: percent-encoded where a
 * file system, a shell or git could take a name for something else or for another name. Two words
 * never have names that a file system takes for one, not even one that folds case or normalises
 * Unicode text. docs/decisions/0008-mirror.md says why so.
 */
final class FileNames {
  /** What the names of files end in, and those of folders never. */
  static final String SUFFIX = ".json";

  /** What most file systems allow a name to have. */
  private static final int MAX_BYTES = 255;

  /** What the name of a word begins with that is too long; no encoding begins so. */
  private static final String HASHED = "%~";

  /** Besides the letters, what ASCII characters mean something to a system or to us. */
  private static final String SPECIAL = "%/\\:*?\"<>|";

  private static final Pattern RESERVED =
      Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\\$|conout\\$|clock\\$) *(\\..*)?");
  private static final String HEX = "0123456789ABCDEF";

  private FileNames() {}

  /** The name of a file for {@code word}. */
  static String ofFile(String word) {
    return fitting(word, encoded(word) + SUFFIX, SUFFIX);
  }

  /** The name of a folder for {@code word}. */
  static String ofFolder(String word) {
    String name = encoded(word);
    if (name.endsWith(SUFFIX)) {
      name = name.substring(0, name.length() - SUFFIX.length()) + "%2E" + SUFFIX.substring(1);
    }
    return fitting(word, name, "");
  }

  private static String fitting(String word, String name, String suffix) {
    return name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
        ? name
        : HASHED + Sha256.hex(word.getBytes(StandardCharsets.UTF_8)) + suffix;
  }

  /** Whether the word can not be told from the name, but from what is inside. */
  static boolean isHashed(String name) {
    return name.startsWith(HASHED);
  }

  /** Whether a file of this name may hold a record. */
  static boolean isOfFile(String name) {
    return name.endsWith(SUFFIX) && !name.startsWith(".");
  }

  /** The word of a file's name; empty if it is no encoding of one. */
  static Optional<String> wordOfFile(String name) {
    return decoded(name.substring(0, name.length() - SUFFIX.length()));
  }

  /** The word of a folder's name; empty if it is no encoding of one. */
  static Optional<String> wordOfFolder(String name) {
    return decoded(name);
  }

  private static String encoded(String word) {
    String name = encoded(word, true);
    return Normalizer.isNormalized(name, Normalizer.Form.NFC) ? name : encoded(word, false);
  }

  private static String encoded(String word, boolean keepLetters) {
    StringBuilder name = new StringBuilder(word.length() + 16);
    boolean reserved = RESERVED.matcher(word).matches();
    for (int i = 0; i < word.length(); ) {
      int c = word.codePointAt(i);
      int next = i + Character.charCount(c);
      boolean first = i == 0;
      boolean last = next == word.length();
      boolean kept =
          c < 0x80
              ? isHarmless(c, first, last) && !(first && reserved)
              : keepLetters && isLetterWithoutCase(c);
      if (kept) {
        name.appendCodePoint(c);
      } else {
        for (byte b : word.substring(i, next).getBytes(StandardCharsets.UTF_8)) {
          name.append('%').append(HEX.charAt((b & 0xff) >> 4)).append(HEX.charAt(b & 15));
        }
      }
      i = next;
    }
    return name.toString();
  }

  private static boolean isHarmless(int c, boolean first, boolean last) {
    return switch (c) {
      case '.' -> !first && !last;
      case ' ' -> !last;
      default -> c > ' ' && c < 0x7f && !(c >= 'A' && c <= 'Z') && SPECIAL.indexOf(c) < 0;
    };
  }

  /** Whether this is a letter or digit that nothing else becomes when its case is changed. */
  private static boolean isLetterWithoutCase(int c) {
    if (!Character.isLetterOrDigit(c)) {
      return false;
    }
    String text = Character.toString(c);
    return text.toLowerCase(Locale.ROOT).equals(text)
        && text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).equals(text);
  }

  private static Optional<String> decoded(String name) {
    // A file system may have taken composed characters apart.
    String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
    ByteBuilder word = new ByteBuilder(composed.length() + 8);
    for (int i = 0; i < composed.length(); ) {
      int c = composed.codePointAt(i);
      if (c != '%') {
        word.append(Character.toString(c));
        i += Character.charCount(c);
        continue;
      }
      if (i + 2 >= composed.length()) {
        return Optional.empty();
      }
      int high = Character.digit(composed.charAt(i + 1), 16);
      int low = Character.digit(composed.charAt(i + 2), 16);
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      word.append(high << 4 | low);
      i += 3;
    }
    return Utf8.isValid(word.toBytes()) ? Optional.of(word.toString()) : Optional.empty();
  }
}
