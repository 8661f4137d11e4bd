package org.prontodb.cli;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.prontodb.config.Setting;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual pages of the program and of each command, from the model of the commands. */
final class CommandPage {
  private final LocalDate date;

  CommandPage(LocalDate date) {
    this.date = date;
  }

  /** The name of a command's page. */
  static String title(String command) {
    return "prontodb-" + command.replace(' ', '-');
  }

  String of(String name) {
    CommandSpec command =
        CommandModel.of(name, CommandTable.named(name).form(), label -> List.of());
    Roff page = new Roff(title(name), 1, date, VersionCommand.NUMBER);
    page.name(title(name), command.usageMessage().header()[0]);
    page.section("synopsis").marked(synopsis(name, command));
    page.section("description");
    String[] paragraphs = command.usageMessage().description();
    if (paragraphs.length == 0) {
      page.text(sentence(command.usageMessage().header()[0]));
    }
    for (String paragraph : paragraphs) {
      page.paragraph().text(paragraph);
    }
    page.section("options");
    List<OptionSpec> own = ownOptions(command);
    options(page, own);
    page.paragraph()
        .marked(
            "The options of every command, and the exit codes, are in "
                + reference("prontodb", 1)
                + ".");
    page.section("examples").literal(Arrays.asList(command.usageMessage().footer()));
    seeAlso(page, name);
    return page.toString();
  }

  private static String sentence(String summary) {
    return Character.toUpperCase(summary.charAt(0)) + summary.substring(1) + ".";
  }

  private static String synopsis(String name, CommandSpec command) {
    StringBuilder line = new StringBuilder(Roff.bold("prontodb " + name));
    for (OptionSpec option : ownOptions(command)) {
      line.append(" [").append(label(option, option.names()[0])).append(']');
    }
    String arguments = CommandTable.named(name).form().arguments();
    if (!arguments.isEmpty()) {
      line.append(' ').append(Roff.italic(arguments));
    }
    return line.toString();
  }

  private static List<OptionSpec> ownOptions(CommandSpec command) {
    return command.options().stream().filter(option -> !isGlobal(option)).toList();
  }

  private static boolean isGlobal(OptionSpec option) {
    return GlobalOptions.ALL.stream().anyMatch(each -> each.name().equals(option.names()[0]));
  }

  private static void options(Roff page, List<OptionSpec> options) {
    for (OptionSpec option : options) {
      List<String> labels = new ArrayList<>();
      for (String name : option.names()) {
        labels.add(label(option, name));
      }
      page.item(String.join(", ", labels)).text(option.description()[0]);
    }
  }

  private static String label(OptionSpec option, String name) {
    return Roff.bold(name)
        + (option.arity().max() > 0 ? " " + Roff.italic(option.paramLabel()) : "");
  }

  private static void seeAlso(Roff page, String name) {
    List<String> pages = new ArrayList<>(List.of(reference("prontodb", 1)));
    for (CommandTable.Section section : CommandTable.SECTIONS) {
      if (section.names().contains(name)) {
        section.names().stream()
            .filter(other -> !other.equals(name))
            .forEach(other -> pages.add(reference(title(other), 1)));
      }
    }
    pages.add(reference("prontodb-stream", 5));
    page.section("see also").marked(String.join(", ", pages));
  }

  private static String reference(String title, int section) {
    return Roff.bold(title) + "(" + section + ")";
  }

  /** The page of the program as a whole. */
  String overview() {
    CommandSpec program = CommandModel.ofNoCommand(label -> List.of());
    Roff page = new Roff("prontodb", 1, date, VersionCommand.NUMBER);
    page.name("prontodb", "a namespaced key-value store in one SQLite file, used as a Unix filter");
    page.section("synopsis")
        .marked(
            Roff.bold("prontodb")
                + " ["
                + Roff.italic("options")
                + "] "
                + Roff.italic("COMMAND")
                + " "
                + Roff.escaped("…"));
    page.section("description")
        .text(
            "ProntoDB keeps records in namespaces of one SQLite file. A stream of records on"
                + " standard input is applied as one transaction for each namespace: all of it, or"
                + " nothing. Standard output carries data only; status, warnings and errors go to"
                + " standard error.")
        .paragraph()
        .text(
            "A record is at PROJECT.NAMESPACE.KEY, or with -p PROJECT -n NAMESPACE at KEY. An"
                + " ADDR-PREFIX is PROJECT.NAMESPACE for all of a namespace, or"
                + " PROJECT.NAMESPACE.PREFIX for the keys that begin with PREFIX.")
        .section("commands")
        .marked("Each has a page of its own, such as " + reference(title("get"), 1) + ".");
    for (CommandTable.Section section : CommandTable.SECTIONS) {
      page.subsection(section.title());
      for (String name : section.names()) {
        page.item(Roff.bold(name)).text(CommandTable.named(name).form().summary());
      }
    }
    page.section("options").text("They may stand before the command's name or behind it.");
    options(page, program.options());
    exitCodes(page);
    environment(page);
    page.section("files")
        .item(Roff.italic("~/.local/etc/odx/prontodb/pronto.conf"))
        .marked("settings: see " + reference("pronto.conf", 5))
        .item(Roff.italic("~/.local/data/odx/prontodb/pronto.db"))
        .text("the database, unless -d, PRONTO_DB or pronto.conf names another");
    page.section("examples")
        .literal(
            List.of(
                "prontodb set kb.recipes.pasta 'al dente'",
                "prontodb get kb.recipes.pasta",
                "prontodb stream < batch.pronto"));
    page.section("see also")
        .marked(
            String.join(
                ", ",
                reference("prontodb-stream", 5),
                reference("pronto.conf", 5),
                reference("sqlite3", 1)));
    return page.toString();
  }

  private static void exitCodes(Roff page) {
    page.section("exit status");
    for (ExitCode code : ExitCode.values()) {
      page.item(Roff.bold(String.valueOf(code.number()))).text(code.meaning());
    }
    page.item(Roff.bold("130, 143")).text("ended by SIGINT or SIGTERM; what was committed stays");
  }

  private static void environment(Roff page) {
    page.section("environment");
    for (Setting setting : Setting.values()) {
      page.item(Roff.bold(setting.variable())).text(setting.help());
    }
    page.item(Roff.bold("PRONTO_SESSION"))
        .text("a session key that stands in for the preamble of a stream")
        .item(Roff.bold("PRONTO_APIKEY"))
        .text("an API key that does the same where there is no session key")
        .item(Roff.bold("PRONTO_ADMIN_PASS"))
        .text("the password that admin gets in a database that is created")
        .item(Roff.bold("NO_COLOR"))
        .text("no colour and no progress on standard error");
  }
}
