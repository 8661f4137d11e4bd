package org.prontodb.cli;

import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The commands as picocli's model, made from their forms without annotations. The parser is given
 * the options that are on the command line and no others, which keeps a start short; completion and
 * the manual pages use all of a command.
 */
final class CommandModel {
  /**
   * An option's parameter is the word behind it, whatever it looks like: the library would not let
   * {@code --if-value=-pasta} be, since {@code -p} is an option.
   */
  private static final IParameterConsumer NEXT_WORD =
      (following, option, specification) -> {
        if (following.isEmpty()) {
          throw new CommandLine.MissingParameterException(
              specification.commandLine(), option, "no parameter");
        }
        if (option.getValue() != null) {
          throw new CommandLine.OverwrittenOptionException(
              specification.commandLine(), option, "given twice");
        }
        option.setValue(following.pop());
      };

  /** As {@link #NEXT_WORD}, for an option that may be there again. */
  private static final IParameterConsumer ONE_MORE_WORD =
      (following, option, specification) -> {
        String before = option.getValue();
        option.setValue(null);
        NEXT_WORD.consumeParameters(following, option, specification);
        if (before != null) {
          option.setValue(before + Option.SEPARATOR + option.getValue());
        }
      };

  private CommandModel() {}

  /**
   * What is needed to parse {@code words}: the options alone. What is left are the arguments, which
   * {@link CommandCall} checks.
   */
  static CommandSpec ofCall(Form form, List<String> words) {
    CommandSpec specification = lenient();
    addOptions(specification, GlobalOptions.ALL, words);
    addOptions(specification, form.options(), words);
    return specification;
  }

  private static void addOptions(
      CommandSpec specification, List<Option> options, List<String> words) {
    for (Option option : options) {
      if (isThere(option, words)) {
        OptionSpec.Builder builder = option(option);
        if (option.takesParameter()) {
          builder.parameterConsumer(option.repeatable() ? ONE_MORE_WORD : NEXT_WORD);
        }
        specification.addOption(builder.build());
      }
    }
  }

  private static boolean isThere(Option option, List<String> words) {
    for (String word : words) {
      int end = word.indexOf('=');
      if (option.names().contains(end < 0 ? word : word.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  /**
   * All of a command: its options and the global ones, its arguments, and its texts.
   *
   * @param values what a word may be whose label in help is the function's argument, for completion
   */
  static CommandSpec of(String name, Form form, Function<String, Iterable<String>> values) {
    CommandSpec specification = lenient().name(name);
    specification
        .usageMessage()
        .header(form.summary())
        .description(form.details().toArray(String[]::new))
        .footer(form.examples().toArray(String[]::new));
    addDocumented(specification, form.options(), values);
    addDocumented(specification, GlobalOptions.ALL, values);
    List<String> labels = form.argumentLabels();
    for (int i = 0; i < labels.size(); i++) {
      String label = labels.get(i);
      boolean open = i == labels.size() - 1 && form.most() > labels.size();
      specification.addPositional(
          PositionalParamSpec.builder()
              .index(open ? i + "..*" : String.valueOf(i))
              .arity(i < form.least() ? "1" : "0..1")
              .type(open ? List.class : String.class)
              .auxiliaryTypes(String.class)
              .paramLabel(label)
              .completionCandidates(values.apply(label))
              .build());
    }
    return specification;
  }

  /** The global options alone, for a command line whose command is not known yet. */
  static CommandSpec ofNoCommand(Function<String, Iterable<String>> values) {
    CommandSpec specification = lenient().name("prontodb");
    addDocumented(specification, GlobalOptions.ALL, values);
    return specification;
  }

  private static void addDocumented(
      CommandSpec specification, List<Option> options, Function<String, Iterable<String>> values) {
    for (Option option : options) {
      OptionSpec.Builder builder = option(option).description(option.help());
      if (option.takesParameter()) {
        builder
            .paramLabel(option.parameter())
            .completionCandidates(values.apply(option.parameter()));
      }
      specification.addOption(builder.build());
    }
  }

  private static CommandSpec lenient() {
    CommandSpec specification = CommandSpec.create();
    specification
        .parser()
        .expandAtFiles(false)
        .posixClusteredShortOptionsAllowed(false)
        .unmatchedArgumentsAllowed(true);
    return specification;
  }

  private static OptionSpec.Builder option(Option option) {
    OptionSpec.Builder builder = OptionSpec.builder(option.names().toArray(String[]::new));
    return option.takesParameter()
        ? builder.type(String.class).arity("1")
        : builder
            .type(boolean.class)
            .arity("0")
            .usageHelp(option.name().equals(GlobalOptions.HELP));
  }
}
