package org.prontodb.cli;

import java.util.List;
import java.util.Optional;
import org.prontodb.model.Nearest;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Turns the words of a command line into a command and what it is asked. The parser library is told
 * about the one command that runs and no other, without annotations, and of its options about those
 * that are there: that is what lets a start be short. Its messages and its exit code stay in here.
 */
final class CommandLineParser {
  private static final List<String> HELP = List.of(GlobalOptions.HELP, "-h");

  private List<String> words;

  private CommandLineParser(List<String> words) {
    this.words = words;
  }

  static CommandCall parse(List<String> words) {
    return new CommandLineParser(words).parse();
  }

  private CommandCall parse() {
    String name = takeCommandName();
    return parse(name, name.isEmpty() ? new HelpCommand() : CommandTable.named(name), words);
  }

  /** Reads what the command is asked out of the words that are not its name. */
  static CommandCall parse(String name, Command command, List<String> words) {
    Form form = command.form();
    CommandLine parser = new CommandLine(CommandModel.ofCall(form, words));
    try {
      return new CommandCall(name, command, form, parser.parseArgs(words.toArray(String[]::new)));
    } catch (CommandLine.ParameterException e) {
      throw told(e, name);
    }
  }

  /** Takes the command's name out of the words; what stands before it are global options. */
  private String takeCommandName() {
    CommandWords found = CommandWords.of(words);
    String name = found.name();
    if (name.isEmpty()) {
      int at = CommandWords.nextPlainWord(words, 0);
      if (at < words.size()) {
        throw unknownOption(words.get(at), "", GlobalOptions.ALL);
      }
      return "";
    }
    words = found.rest();
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

  private static ProntoException groupAlone(String name) {
    return Problem.of(
            Kind.USAGE,
            "\"" + name + "\" is the beginning of a command",
            "write one of: " + String.join(", ", CommandTable.namesIn(name)))
        .asException();
  }

  static ProntoException unknownCommand(String words) {
    String name =
        CommandWords.isSettings(words) ? words.substring(0, words.indexOf('=')) + "=…" : words;
    return Problem.of(
            Kind.USAGE,
            "unknown command \"" + Text.visible(name) + "\"",
            Optional.ofNullable(Synonyms.command(name))
                .or(() -> Nearest.to(name, CommandTable.names()))
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
            Optional.ofNullable(Synonyms.option(name, known))
                .or(() -> Nearest.to(name, known))
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

  static ProntoException usage(String message, String command) {
    return Problem.of(Kind.USAGE, message, "see \"" + ("prontodb help " + command).strip() + "\"")
        .asException();
  }
}
