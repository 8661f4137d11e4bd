package org.prontodb.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** A command line that was understood: which command, and what it is asked. */
final class CommandCall {
  private final String name;
  private final Command command;
  private final Form form;
  private final ParseResult result;
  private final List<String> arguments;

  /**
   * What each option that is there was given, under all of its names; {@code true} for a switch.
   */
  private final Map<String, Object> options = new HashMap<>();

  /**
   * @param name empty if the command line names no command
   */
  CommandCall(String name, Command command, Form form, ParseResult result) {
    this.name = name;
    this.command = command;
    this.form = form;
    this.result = result;
    this.arguments = List.copyOf(result.unmatched());
    for (OptionSpec option : result.commandSpec().options()) {
      Object value = option.getValue();
      if (value != null && !value.equals(Boolean.FALSE)) {
        for (String each : option.names()) {
          options.put(each, value);
        }
      }
    }
  }

  String name() {
    return name;
  }

  Command command() {
    return command;
  }

  /** The words that are neither the command's name nor options. */
  List<String> arguments() {
    return arguments;
  }

  /** Whether the switch, or an option with a parameter, is there. */
  boolean has(String option) {
    return options.containsKey(option);
  }

  /** The parameter of the option, or null if it is not there. */
  String option(String option) {
    return (String) options.get(option);
  }

  /** Refuses too few and too many arguments, which the parser has let through. */
  void checkArguments() {
    String unknown = unknownOption();
    if (unknown != null) {
      List<Option> options = new ArrayList<>(form.options());
      options.addAll(GlobalOptions.ALL);
      throw CommandLineParser.unknownOption(unknown, name, options);
    }
    if (arguments.size() < form.least()) {
      throw usage(name + " needs " + form.arguments());
    }
    if (arguments.size() > form.most()) {
      throw usage(
          form.takesSecrets()
              ? name + " takes one setting and no more"
              : "unexpected \"" + Text.visible(arguments.get(form.most())) + "\"");
    }
  }

  /** The first argument that was meant as an option, or null. What follows {@code --} was not. */
  private String unknownOption() {
    List<String> words = result.originalArgs();
    int end = words.indexOf("--");
    int before = end < 0 ? arguments.size() : arguments.size() - (words.size() - end - 1);
    for (int i = 0; i < before; i++) {
      boolean value = i > 0 && i < form.most() && form.takesAnyWordAsValue();
      if (CommandWords.isOptionLike(arguments.get(i))
          && (!value || arguments.size() > form.most())) {
        return arguments.get(i);
      }
    }
    return null;
  }

  ProntoException usage(String message) {
    return CommandLineParser.usage(message, name);
  }
}
