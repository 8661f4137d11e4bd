package org.prontodb.cli;

import java.util.List;

/** Help as it is printed, made from the table of commands. */
final class HelpText {
  private static final int WIDTH = 80;

  private HelpText() {}

  /** What there is, a line for each command. */
  static String overview() {
    StringBuilder text = new StringBuilder();
    text.append(
        "prontodb: a namespaced key-value store in one SQLite file, used as a Unix filter\n");
    text.append("\nusage: prontodb [options] COMMAND …\n");
    int width = widest(CommandTable.names());
    for (CommandTable.Section section : CommandTable.SECTIONS) {
      text.append('\n').append(section.title()).append('\n');
      for (String name : section.names()) {
        item(text, name, width, CommandTable.named(name).form().summary());
      }
    }
    text.append("\nOptions of every command, before or behind its name\n");
    options(text, GlobalOptions.ALL);
    text.append("\nAn address is PROJECT.NAMESPACE.KEY, or with -p and -n just KEY.\n");
    text.append("\"prontodb help COMMAND\" tells more and shows examples.\n");
    return text.toString();
  }

  /** The commands of a group, a line for each. */
  static String ofGroup(String group) {
    StringBuilder text = new StringBuilder();
    List<String> names = CommandTable.namesIn(group);
    int width = widest(names);
    for (String name : names) {
      item(text, name, width, CommandTable.named(name).form().summary());
    }
    text.append("\n\"prontodb help COMMAND\" tells more and shows examples.\n");
    return text.toString();
  }

  /** All about one command. */
  static String of(String name) {
    Form form = CommandTable.named(name).form();
    StringBuilder text = new StringBuilder();
    wrap(text, "prontodb " + name + ": " + form.summary(), 0);
    text.append("\nusage: ").append(synopsis(name, form)).append('\n');
    for (String paragraph : form.details()) {
      text.append('\n');
      wrap(text, paragraph, 0);
    }
    if (!form.options().isEmpty()) {
      text.append("\nOptions\n");
      options(text, form.options());
    }
    text.append(form.examples().size() == 1 ? "\nExample\n" : "\nExamples\n");
    form.examples().forEach(example -> text.append("  ").append(example).append('\n'));
    List<String> group = CommandTable.namesIn(name);
    if (!group.isEmpty()) {
      text.append("\nCommands that begin so\n");
      int width = widest(group);
      for (String each : group) {
        item(text, each, width, CommandTable.named(each).form().summary());
      }
    }
    text.append("\n\"prontodb help\" lists the options that every command takes.\n");
    return text.toString();
  }

  static String synopsis(String name, Form form) {
    StringBuilder line = new StringBuilder("prontodb ").append(name);
    if (!form.arguments().isEmpty()) {
      line.append(' ').append(form.arguments());
    }
    for (Option option : form.options()) {
      line.append(option.required() ? " " : " [").append(option.name());
      if (option.takesParameter()) {
        line.append(' ').append(option.parameter());
      }
      line.append(option.required() ? "" : "]");
    }
    return line.toString();
  }

  private static void options(StringBuilder text, List<Option> options) {
    List<String> labels = options.stream().map(HelpText::label).toList();
    int width = widest(labels);
    for (int i = 0; i < options.size(); i++) {
      item(text, labels.get(i), width, options.get(i).help());
    }
  }

  static String label(Option option) {
    String names = String.join(", ", option.names());
    return option.takesParameter() ? names + " " + option.parameter() : names;
  }

  private static int widest(List<String> labels) {
    return labels.stream().mapToInt(String::length).max().orElse(0);
  }

  private static void item(StringBuilder text, String label, int width, String help) {
    text.append("  ").append(label).append(" ".repeat(width - label.length() + 2));
    wrap(text, help, width + 4);
  }

  /** {@code words} in lines of at most {@link #WIDTH}, all but the first indented. */
  private static void wrap(StringBuilder text, String words, int indent) {
    int column = indent;
    for (String word : words.split(" ")) {
      if (column > indent && column + 1 + word.length() > WIDTH) {
        text.append('\n').append(" ".repeat(indent));
        column = indent;
      }
      if (column > indent) {
        text.append(' ');
        column++;
      }
      text.append(word);
      column += word.length();
    }
    text.append('\n');
  }
}
