package org.prontodb.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a command line, with the command's name taken out of them.
 *
 * @param name as the command table spells it if there is such a command; empty if an option that is
 *     not global, or nothing, stands where a name should
 * @param rest all other words, in their order
 */
record CommandWords(String name, List<String> rest) {

  static CommandWords of(List<String> words) {
    List<String> rest = new ArrayList<>(words);
    int at = nextPlainWord(rest, 0);
    if (at >= rest.size() || isOptionLike(rest.get(at))) {
      return new CommandWords("", rest);
    }
    StringBuilder name = new StringBuilder(rest.remove(at));
    while (CommandTable.isGroup(name.toString())) {
      int next = nextPlainWord(rest, at);
      if (next >= rest.size() || isOptionLike(rest.get(next)) || isSettings(rest.get(next))) {
        break;
      }
      name.append(' ').append(rest.remove(next));
    }
    return new CommandWords(name.toString(), rest);
  }

  /**
   * Where, from {@code at} on, the first word stands that is no global option; the size if none.
   */
  static int nextPlainWord(List<String> words, int at) {
    int next = at;
    while (next < words.size()) {
      String word = words.get(next);
      Option option = globalOption(word);
      if (option == null) {
        return next;
      }
      next += option.takesParameter() && !word.contains("=") ? 2 : 1;
    }
    return words.size();
  }

  private static Option globalOption(String word) {
    if (word.startsWith("-")) {
      int end = word.indexOf('=');
      String name = end < 0 ? word : word.substring(0, end);
      for (Option option : GlobalOptions.ALL) {
        if (option.names().contains(name)) {
          return option;
        }
      }
    }
    return null;
  }

  static boolean isOptionLike(String word) {
    return word.length() > 1 && word.startsWith("-");
  }

  /** Whether the word is a list of settings, which may hold a secret. */
  static boolean isSettings(String word) {
    return word.contains("=");
  }
}
