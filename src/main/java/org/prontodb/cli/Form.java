package org.prontodb.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a command may be asked, and how help tells of it. Parser, help, documentation and completion
 * are all made from it.
 *
 * <p>It is filled once, by the command that declares it.
 */
final class Form {
  private final String arguments;
  private final int least;
  private final int most;
  private final String summary;
  private final List<Option> options = new ArrayList<>();
  private final List<String> details = new ArrayList<>();
  private final List<String> examples = new ArrayList<>();
  private boolean anyWordIsValue;
  private boolean secrets;

  private Form(String arguments, int least, int most, String summary) {
    this.arguments = arguments;
    this.least = least;
    this.most = most;
    this.summary = summary;
  }

  /** A command without arguments. */
  static Form of(String summary) {
    return new Form("", 0, 0, summary);
  }

  /** A command with just these arguments: one word each. */
  static Form of(String arguments, String summary) {
    int count = arguments.split(" ").length;
    return new Form(arguments, count, count, summary);
  }

  /** A command with {@code least} to {@code most} arguments. */
  static Form of(String arguments, int least, int most, String summary) {
    return new Form(arguments, least, most, summary);
  }

  /** An option with a parameter. */
  Form option(String name, String parameter, String help) {
    options.add(new Option(List.of(name.split(" ")), parameter, help));
    return this;
  }

  /** An option with a parameter that may be there more than once. */
  Form repeatable(String name, String parameter, String help) {
    options.add(new Option(List.of(name.split(" ")), parameter, help, true, false));
    return this;
  }

  /** An option with a parameter that the command can not do without. */
  Form required(String name, String parameter, String help) {
    options.add(new Option(List.of(name.split(" ")), parameter, help, false, true));
    return this;
  }

  /** An option without a parameter. */
  Form flag(String name, String help) {
    return option(name, null, help);
  }

  /** A paragraph of help. */
  Form details(String paragraph) {
    details.add(paragraph);
    return this;
  }

  /** A command line to learn from. */
  Form example(String commandLine) {
    examples.add(commandLine);
    return this;
  }

  /** Behind the first argument, a word that is no option of this command is an argument: -5. */
  Form anyWordIsValue() {
    anyWordIsValue = true;
    return this;
  }

  /** The arguments may hold secrets, so no message quotes them. */
  Form secrets() {
    secrets = true;
    return this;
  }

  String arguments() {
    return arguments;
  }

  /**
   * What help calls each argument, without the marks that say whether it may be missing or again.
   */
  List<String> argumentLabels() {
    return arguments.isEmpty()
        ? List.of()
        : Stream.of(arguments.split(" ")).map(Form::label).toList();
  }

  private static String label(String argument) {
    String one = argument.replace("…", "");
    return one.startsWith("[") && one.endsWith("]") ? one.substring(1, one.length() - 1) : one;
  }

  int least() {
    return least;
  }

  int most() {
    return most;
  }

  String summary() {
    return summary;
  }

  List<Option> options() {
    return options;
  }

  List<String> details() {
    return details;
  }

  List<String> examples() {
    return examples;
  }

  boolean takesSecrets() {
    return secrets;
  }

  boolean takesAnyWordAsValue() {
    return anyWordIsValue;
  }
}
