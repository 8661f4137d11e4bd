package org.prontodb.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the last word of an unfinished command line can be completed to. */
final class Completion {
  private Completion() {}

  /** What a shell is to do with the candidates. */
  enum Kind {
    /** Each is a whole word. */
    WORDS,
    /** Each is the beginning of a word: no space follows it. */
    BEGINNINGS,
    /** There are none of ours: the shell completes the names of files. */
    FILES
  }

  /**
   * A word, or its beginning, and what it means.
   *
   * @param description empty if the word says all
   */
  record Candidate(String word, String description) {}

  /** The candidates, in the order in which they are shown. */
  record Answer(Kind kind, List<Candidate> candidates) {}

  /**
   * @param words the words in front of the cursor without the program's name, unquoted; the last is
   *     the one to be completed and may be empty
   * @param context of the process that asks: its database is the one that names come from
   */
  static Answer of(List<String> words, ProcessContext context) {
    String current = words.isEmpty() ? "" : words.getLast();
    List<String> before = words.isEmpty() ? List.of() : words.subList(0, words.size() - 1);
    CommandWords named = CommandWords.of(before);
    CompletionValues values = new CompletionValues(named, before, current, context);
    CommandSpec specification = specification(named, values);
    List<String> arguments = new ArrayList<>(named.rest());
    arguments.add(current);
    List<CharSequence> endings = new ArrayList<>();
    AutoComplete.complete(
        specification,
        arguments.toArray(String[]::new),
        arguments.size() - 1,
        current.length(),
        0,
        endings);
    return new Answer(values.kind(), candidates(specification, current, endings));
  }

  /** The command, if its name is there, and the words that may continue the name. */
  private static CommandSpec specification(CommandWords named, CompletionValues values) {
    Command command = CommandTable.named(named.name());
    CommandSpec specification =
        command == null
            ? CommandModel.ofNoCommand(values::of)
            : CommandModel.of(named.name(), command.form(), values::of);
    for (String word : CommandTable.wordsAfter(named.name())) {
      String name = (named.name() + " " + word).strip();
      CommandSpec next = CommandSpec.create().name(word);
      next.usageMessage().header(meaning(name));
      specification.addSubcommand(word, next);
    }
    return specification;
  }

  private static String meaning(String name) {
    Command command = CommandTable.named(name);
    return command == null
        ? String.join(", ", CommandTable.wordsAfter(name))
        : command.form().summary();
  }

  /** The library answers with what is to be written behind the current word. */
  private static List<Candidate> candidates(
      CommandSpec specification, String current, Collection<CharSequence> endings) {
    // An option that may stand anywhere is shown only to those who have begun to write one.
    boolean optionsWanted = current.startsWith("-");
    TreeMap<String, Candidate> sorted = new TreeMap<>();
    for (CharSequence ending : new LinkedHashSet<>(endings)) {
      String word = current + ending;
      OptionSpec option = specification.optionsMap().get(word);
      if (option == null) {
        String description = "";
        if (specification.subcommands().containsKey(word)) {
          description =
              specification.subcommands().get(word).getCommandSpec().usageMessage().header()[0];
        }
        sorted.put(word, new Candidate(word, description));
      } else if (optionsWanted) {
        sorted.put(word, new Candidate(word, option.description()[0]));
      }
    }
    return List.copyOf(sorted.values());
  }
}
