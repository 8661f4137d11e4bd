package org.prontodb.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A command line of bash up to the cursor, taken apart as bash does it, and how a completed word is
 * written into it. Bash gives a completion function its words as they are typed, with quotes, and
 * cut at characters such as {@code =} and {@code :}, so that only the line says what they mean.
 * Nothing is expanded: a word with {@code $} in it stays as it stands.
 *
 * @param words without quotes and without the program's name; the last is the one at the cursor
 * @param kept how many characters of the last word bash does not replace
 * @param quote the quote that is open at the cursor, or 0
 * @param redirected whether the last word is the file of a redirection
 */
record BashLine(List<String> words, int kept, char quote, boolean redirected) {
  /** Characters that mean themselves outside of quotes, beside letters and digits. */
  private static final String PLAIN = "_@%+=:,./-";

  /**
   * @param breaks {@code COMP_WORDBREAKS}: behind one of these characters bash begins the text that
   *     it replaces
   */
  static BashLine parse(String line, String breaks) {
    Reader reader = new Reader(breaks);
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      char next = i + 1 < line.length() ? line.charAt(i + 1) : 0;
      i += reader.read(c, next);
    }
    return reader.finish();
  }

  /** What bash is to put into the place of the text at the cursor, for the whole word. */
  String written(String word) {
    StringBuilder text = new StringBuilder();
    for (int i = Math.min(kept, word.length()); i < word.length(); i++) {
      char c = word.charAt(i);
      switch (quote) {
        case '\'' -> text.append(c == '\'' ? "'\\''" : String.valueOf(c));
        case '"' -> text.append("\"$`\\".indexOf(c) >= 0 ? "\\" : "").append(c);
        default -> text.append(isPlain(c) ? "" : "\\").append(c);
      }
    }
    return text.toString();
  }

  private static boolean isPlain(char c) {
    return c >= 0x80 || Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0;
  }

  private static final class Reader {
    private final String breaks;
    private final List<String> words = new ArrayList<>();
    private StringBuilder word = new StringBuilder();
    private boolean begun;
    private boolean redirected;
    private char quote;
    private int kept;
    private int keptOutside;

    Reader(String breaks) {
      this.breaks = breaks;
    }

    /**
     * @param next the character behind {@code c}, or 0
     * @return how many characters more than {@code c} were read
     */
    int read(char c, char next) {
      if (quote != 0) {
        return readQuoted(c, next);
      }
      switch (c) {
        case '\\' -> {
          if (next != 0) {
            add(next);
          }
          return 1;
        }
        case '\'', '"' -> {
          begun = true;
          quote = c;
          keptOutside = kept;
          kept = word.length();
        }
        case ' ', '\t', '\n' -> endWord();
        case '<', '>' -> {
          if (word.chars().allMatch(Character::isDigit)) {
            begun = false; // the number of a stream, as in 2>
          }
          endWord();
          redirected = true;
        }
        default -> {
          add(c);
          if (breaks.indexOf(c) >= 0) {
            kept = word.length();
          }
        }
      }
      return 0;
    }

    private int readQuoted(char c, char next) {
      if (c == quote) {
        quote = 0;
        kept = keptOutside;
        return 0;
      }
      if (quote == '"' && c == '\\' && next != 0 && "\"$`\\".indexOf(next) >= 0) {
        add(next);
        return 1;
      }
      add(c);
      return 0;
    }

    private void add(char c) {
      begun = true;
      word.append(c);
    }

    private void endWord() {
      if (begun) {
        if (!redirected) {
          words.add(word.toString());
        }
        redirected = false;
      }
      word = new StringBuilder();
      begun = false;
      kept = 0;
    }

    BashLine finish() {
      List<String> asked = new ArrayList<>(words);
      if (!asked.isEmpty()) {
        asked.removeFirst(); // the program's name
      }
      asked.add(word.toString());
      return new BashLine(asked, kept, quote, redirected);
    }
  }
}
