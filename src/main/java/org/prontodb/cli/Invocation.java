package org.prontodb.cli;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.prontodb.app.Accounts;
import org.prontodb.app.ProntoDb;
import org.prontodb.auth.Users;
import org.prontodb.config.Configuration;
import org.prontodb.config.DatabaseLocation;
import org.prontodb.config.Setting;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Expiry;
import org.prontodb.model.Numbers;
import org.prontodb.model.PathWord;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/** One run of a command: what it is asked, and everything it may use to answer. */
final class Invocation implements AutoCloseable {
  private final CommandCall call;
  private final ProcessContext context;
  private final Output out;
  private final Messages messages;
  private Configuration configuration;
  private Addresses addresses;
  private ProntoDb database;
  private final CommandFiles files = new CommandFiles(this);

  Invocation(CommandCall call, ProcessContext context, Output out, Messages messages) {
    this.call = call;
    this.context = context;
    this.out = out;
    this.messages = messages;
  }

  /** The words that are neither the command's name nor options. */
  List<String> arguments() {
    return call.arguments();
  }

  String argument(int index) {
    return call.arguments().get(index);
  }

  /** Whether the option is there. */
  boolean has(String option) {
    return call.has(option);
  }

  /** The parameter of the option, or null if it is not there. */
  String option(String option) {
    return call.option(option);
  }

  /** The parameters of an option that may be there more than once. */
  List<String> options(String option) {
    String all = option(option);
    return all == null ? List.of() : List.of(all.split(Option.SEPARATOR, -1));
  }

  /**
   * The parameter of the option as a whole number.
   *
   * @param least 0 or more
   * @return {@code absent} if the option is not there
   */
  long number(String option, long least, long most, long absent) {
    String text = option(option);
    if (text == null) {
      return absent;
    }
    long number = Numbers.parse(text);
    if (number >= least && number <= most) {
      return number;
    }
    throw usage(
        option
            + " needs a whole number from "
            + least
            + (most == Long.MAX_VALUE ? " on" : " to " + most)
            + ", not \""
            + Text.visible(text)
            + "\"");
  }

  /** The life that {@code --ttl} asks for, or null. */
  Expiry ttl() {
    long seconds = Durations.seconds(this, "--ttl", 0);
    return seconds == 0 ? null : new Expiry.After(seconds);
  }

  /** How this command line's addresses are to be read. */
  Addresses addresses() {
    if (addresses == null) {
      addresses =
          new Addresses(
              option(GlobalOptions.PROJECT),
              option(GlobalOptions.NAMESPACE),
              option(GlobalOptions.CONTEXT),
              configuration().delimiter());
    }
    return addresses;
  }

  /** The database, which is opened when it is used. */
  ProntoDb database() {
    if (database == null) {
      database = new ProntoDb(configuration(), databaseLocation(), context.clock());
    }
    return database;
  }

  /** Where the database is, which need not be there. */
  DatabaseLocation databaseLocation() {
    return switch (configuration().database()) {
      case DatabaseLocation.File(Path path) -> new DatabaseLocation.File(file(path.toString()));
      case DatabaseLocation.Url url -> url;
    };
  }

  /** What the command reads and writes besides. */
  CommandFiles files() {
    return files;
  }

  /** Users, keys, sessions and grants; changes are recorded as this account's. */
  Accounts accounts() {
    return database().accounts(account());
  }

  /** The account of the operating system that runs the command, as the log names it. */
  String account() {
    return Users.accountOf(System.getProperty("user.name"));
  }

  /** What flags, environment and pronto.conf set. */
  Configuration configuration() {
    if (configuration == null) {
      configuration = configuration(call, context.environment());
      configuration.warnings().forEach(messages::warning);
    }
    return configuration;
  }

  /** What flags, environment and pronto.conf set for a call. */
  static Configuration configuration(CommandCall call, Map<String, String> environment) {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    if (call.has(GlobalOptions.DATABASE)) {
      flags.put(Setting.DATABASE, call.option(GlobalOptions.DATABASE));
    }
    if (call.has(GlobalOptions.DELIMITER)) {
      String delimiter = call.option(GlobalOptions.DELIMITER);
      flags.put(Setting.DELIMITER, Delimiter.parse(delimiter).toString());
    }
    if (call.has(GlobalOptions.DURABLE)) {
      flags.put(Setting.SYNCHRONOUS, "full");
    }
    return Configuration.load(environment, flags);
  }

  /** Tells that something is not there, unless {@code -q} forbids it. */
  ExitCode miss(ProntoException miss) {
    if (!has(GlobalOptions.QUIET)) {
      messages.error(miss.problem());
    }
    return ExitCode.of(miss.problem().kind());
  }

  /** A refusal of the command line that points to the command's help. */
  ProntoException usage(String message) {
    return call.usage(message);
  }

  /** Standard output. */
  Output out() {
    return out;
  }

  /** Standard error. */
  Messages messages() {
    return messages;
  }

  /** Standard input, for a command that is about to read it; a person at a terminal is told so. */
  InputStream stdin() {
    files.readStandardInput();
    context.terminal().beforeReading();
    if (context.terminal().is(0)) {
      messages.status("reading standard input from the terminal; end it with Ctrl-D");
    }
    return context.stdin();
  }

  /** The file that the user's word names, as a path that says in a message where it is. */
  Path file(String name) {
    return context.directory().resolve(PathWord.path(name)).toAbsolutePath();
  }

  /** Whether a person reads standard output. */
  boolean printsToTerminal() {
    return context.terminal().is(1);
  }

  /** Whether a person watches standard error who has not asked for silence or plain text. */
  boolean showsProgress() {
    return context.terminal().is(2)
        && !has(GlobalOptions.QUIET)
        && context.environment().getOrDefault("NO_COLOR", "").isEmpty();
  }

  ProcessContext context() {
    return context;
  }

  /** Milliseconds since the epoch. */
  long now() {
    return context.clock().millis();
  }

  @Override
  public void close() {
    if (database != null) {
      database.close();
    }
  }
}
