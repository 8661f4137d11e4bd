package org.prontodb.cli;

import java.util.ArrayList;
import java.util.List;
import org.prontodb.model.Nearest;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;
import picocli.CommandLine;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Turns the words of a command line into a command and what it is asked. The parser library is told
 * about the one command that runs and no other, without annotations, and of its options about those
 * that are there: that is what lets a start be short. Its messages and its exit code stay in here.
 */
final class CommandLineParser {
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

  private static final List<String> HELP = List.of(GlobalOptions.HELP, "-h");

  private final List<String> words;

  private CommandLineParser(List<String> words) {
    this.words = new ArrayList<>(words);
  }

  static CommandCall parse(List<String> words) {
    return new CommandLineParser(words).parse();
  }

  private CommandCall parse() {
    String name = takeCommandName();
    Command command = name.isEmpty() ? new HelpCommand() : CommandTable.named(name);
    Form form = command.form();
    CommandLine parser = new CommandLine(specification(form));
    try {
      return new CommandCall(name, command, form, parser.parseArgs(words.toArray(String[]::new)));
    } catch (CommandLine.ParameterException e) {
      throw told(e, name);
    }
  }

  /** Takes the command's name out of the words; what stands before it are global options. */
  private String takeCommandName() {
    int at = nextPlainWord(0);
    if (at == words.size()) {
      return "";
    }
    if (isOptionLike(words.get(at))) {
      throw unknownOption(words.get(at), "", GlobalOptions.ALL);
    }
    String name = words.remove(at);
    while (CommandTable.isGroup(name)) {
      int next = nextPlainWord(at);
      if (next == words.size() || isOptionLike(words.get(next)) || isSettings(words.get(next))) {
        break;
      }
      name += " " + words.remove(next);
    }
    if (CommandTable.named(name) != null) {
      return name;
    }
    if (!CommandTable.isGroup(name)) {
      throw unknownCommand(name);
    }
    if (words.removeAll(HELP)) {
      words.add(name);
      return "help";
    }
    throw groupAlone(name);
  }

  /** Where, from {@code at} on, the first word stands that is no global option. */
  private int nextPlainWord(int at) {
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

  /**
   * The options alone: what is left are the arguments, and we judge them better than the library.
   */
  private CommandSpec specification(Form form) {
    CommandSpec specification = CommandSpec.create();
    specification
        .parser()
        .expandAtFiles(false)
        .posixClusteredShortOptionsAllowed(false)
        .unmatchedArgumentsAllowed(true);
    addOptions(specification, GlobalOptions.ALL);
    addOptions(specification, form.options());
    return specification;
  }

  private void addOptions(CommandSpec specification, List<Option> options) {
    for (Option option : options) {
      if (isThere(option)) {
        specification.addOption(specification(option));
      }
    }
  }

  private boolean isThere(Option option) {
    for (String word : words) {
      int end = word.indexOf('=');
      if (option.names().contains(end < 0 ? word : word.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  private static OptionSpec specification(Option option) {
    OptionSpec.Builder builder = OptionSpec.builder(option.names().toArray(String[]::new));
    return option.takesParameter()
        ? builder
            .type(String.class)
            .arity("1")
            .parameterConsumer(option.repeatable() ? ONE_MORE_WORD : NEXT_WORD)
            .build()
        : builder
            .type(boolean.class)
            .arity("0")
            .usageHelp(option.name().equals(GlobalOptions.HELP))
            .build();
  }

  /** What the library found wrong, in our words. */
  private static ProntoException told(CommandLine.ParameterException e, String name) {
    return switch (e) {
      case CommandLine.MissingParameterException missing ->
          usage(nameOf(missing.getMissing().getFirst()) + " needs a word behind it", name);
      case CommandLine.OverwrittenOptionException twice ->
          usage(nameOf(twice.getOverwritten()) + " is given twice", name);
      default -> usage(Text.visible(e.getMessage()), name);
    };
  }

  private static String nameOf(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.names()[0] : argument.paramLabel();
  }

  /** Whether the word is a list of settings, which may hold a secret. */
  private static boolean isSettings(String word) {
    return word.contains("=");
  }

  private static ProntoException groupAlone(String name) {
    return Problem.of(
            Kind.USAGE,
            "\"" + name + "\" is the beginning of a command",
            "write one of: " + String.join(", ", CommandTable.namesIn(name)))
        .asException();
  }

  static ProntoException unknownCommand(String words) {
    String name = isSettings(words) ? words.substring(0, words.indexOf('=')) + "=…" : words;
    return Problem.of(
            Kind.USAGE,
            "unknown command \"" + Text.visible(name) + "\"",
            Nearest.to(name, CommandTable.names())
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse("\"prontodb help\" lists the commands"))
        .asException();
  }

  static ProntoException unknownOption(String word, String command, List<Option> options) {
    int end = word.indexOf('=');
    String name = end < 0 ? word : word.substring(0, end);
    List<String> known = options.stream().flatMap(option -> option.names().stream()).toList();
    return Problem.of(
            Kind.USAGE,
            "unknown option \"" + Text.visible(name) + "\"",
            Nearest.to(name, known)
                .map(near -> "did you mean " + near + "?")
                .orElse(
                    command.isEmpty()
                        ? "\"prontodb help\" lists the options"
                        : "\"prontodb help "
                            + command
                            + "\" lists the options; put -- before a word"
                            + " that is none"))
        .asException();
  }

  static boolean isOptionLike(String word) {
    return word.length() > 1 && word.startsWith("-");
  }

  static ProntoException usage(String message, String command) {
    return Problem.of(Kind.USAGE, message, "see \"" + ("prontodb help " + command).strip() + "\"")
        .asException();
  }
}
