package org.prontodb.cli;

import java.util.ArrayList;
import java.util.List;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;
import picocli.CommandLine.ParseResult;

/** A command line that was understood: which command, and what it is asked. */
final class CommandCall {
  private final String name;
  private final Command command;
  private final Form form;
  private final ParseResult result;
  private final List<String> arguments;

  /**
   * @param name empty if the command line names no command
   */
  CommandCall(String name, Command command, Form form, ParseResult result) {
    this.name = name;
    this.command = command;
    this.form = form;
    this.result = result;
    this.arguments = List.of(result.matchedPositionalValue(0, new String[0]));
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
    return result.hasMatchedOption(option);
  }

  /** The parameter of the option, or null if it is not there. */
  String option(String option) {
    return result.matchedOptionValue(option, null);
  }

  /** Refuses too few and too many arguments, which the parser has let through. */
  void checkArguments() {
    if (form.takesAnyWordAsValue()
        && !arguments.isEmpty()
        && CommandLineParser.isOptionLike(arguments.getFirst())
        && !result.originalArgs().contains("--")) {
      List<Option> options = new ArrayList<>(form.options());
      options.addAll(GlobalOptions.ALL);
      throw CommandLineParser.unknownOption(arguments.getFirst(), name, options);
    }
    if (arguments.size() < form.least()) {
      throw usage(name + " needs " + form.arguments());
    }
    if (arguments.size() > form.most()) {
      throw usage("unexpected \"" + Text.visible(arguments.get(form.most())) + "\"");
    }
  }

  ProntoException usage(String message) {
    return CommandLineParser.usage(message, name);
  }
}
