package org.prontodb.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.prontodb.model.Utf8;

/**
 * Command line words, byte for byte. A byte that is not UTF-8 is carried in a {@code String} as the
 * lone surrogate U+DC80 to U+DCFF, as Python does it: such a word fails as a name or a key, and is
 * exact as a value.
 */
public final class Arguments {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
  private static final char ESCAPE = 0xdc00;

  private Arguments() {}

  /**
   * The words as the shell gave them. The JVM decodes them by the locale and loses what does not
   * fit it, so words that are not plain ASCII are read again where the kernel keeps them.
   */
  static List<String> exact(String[] decoded) {
    List<String> words = List.of(decoded);
    if (areAscii(words)) {
      return words;
    }
    try {
      List<String> all = split(Files.readAllBytes(COMMAND_LINE));
      return all.size() < words.size() ? words : all.subList(all.size() - words.size(), all.size());
    } catch (IOException e) {
      return words;
    }
  }

  /** The bytes that {@code word} stands for. */
  public static byte[] bytes(String word) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(word.length() + 16);
    int from = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      boolean paired = i > 0 && Character.isHighSurrogate(word.charAt(i - 1));
      if (c >= ESCAPE + 0x80 && c <= ESCAPE + 0xff && !paired) {
        bytes.writeBytes(word.substring(from, i).getBytes(StandardCharsets.UTF_8));
        bytes.write(c - ESCAPE);
        from = i + 1;
      }
    }
    bytes.writeBytes(word.substring(from).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  /** The word that {@link #bytes} turns into {@code bytes}. */
  public static String word(byte[] bytes) {
    StringBuilder word = new StringBuilder(bytes.length);
    int from = 0;
    while (from < bytes.length) {
      int bad = Utf8.firstInvalid(bytes, from, bytes.length);
      int end = bad < 0 ? bytes.length : goodEnd(bytes, from, bad);
      word.append(new String(bytes, from, end - from, StandardCharsets.UTF_8));
      from = end;
      if (bad >= 0) {
        word.append((char) (ESCAPE + (bytes[from++] & 0xff)));
      }
    }
    return word.toString();
  }

  /** Where the whole characters before the invalid byte at {@code bad} end. */
  private static int goodEnd(byte[] bytes, int from, int bad) {
    int end = bad;
    while (end > from && Utf8.firstInvalid(bytes, from, end) >= 0) {
      end--;
    }
    return end;
  }

  private static boolean areAscii(List<String> words) {
    for (String word : words) {
      if (!isAscii(word)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAscii(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static List<String> split(byte[] commandLine) {
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < commandLine.length; i++) {
      if (commandLine[i] == 0) {
        words.add(word(java.util.Arrays.copyOfRange(commandLine, from, i)));
        from = i + 1;
      }
    }
    return words;
  }
}
