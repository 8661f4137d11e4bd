package org.prontodb.cli;

/** Writes docs/cli.md: the help of every command, and what holds of all of them. */
final class CommandReference {
  private static final String HEAD =
      """
      # The command line

      This page is made from the table of commands by `bin/update.sh`; a test compares them.

      ```
      prontodb [options] COMMAND …
      ```

      Standard output carries data only; status, warnings and errors go to standard error. Options
      may stand before the command's name or behind it, as `--option WORD` or `--option=WORD`, where
      the word behind an option is its parameter whatever it looks like; `--` ends the options.

      ## Addresses

      A record is at `PROJECT.NAMESPACE.KEY`, or with `-p PROJECT -n NAMESPACE` just at `KEY`; both
      together are an error. A full address holds the delimiter exactly twice; a key that holds it is
      named with the namespace apart from it: `-p reg -n npm get socket.io`. The point is the delimiter, which `--ns-delim C`, `PRONTO_NS_DELIM` or
      `ns_delim` in pronto.conf replaces, in this order. `--context C` (or `--user C`) appends `__C` to
      the key. A name that holds the delimiter in force can be read by `-p` and `-n` alone, and not
      written.

      An ADDR-PREFIX is `PROJECT.NAMESPACE` for all of a namespace, or `PROJECT.NAMESPACE.PREFIX`; with
      `-p` and `-n` it is just `PREFIX`, or nothing for all. A prefix is text, not a pattern.

      """;

  private CommandReference() {}

  static String page() {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("## Options of every command\n\n| option | what it does |\n|---|---|\n");
    for (Option option : GlobalOptions.ALL) {
      page.append("| `%s` | %s |\n".formatted(HelpText.label(option), option.help()));
    }
    page.append("\n## Exit codes\n\n| code | meaning |\n|---|---|\n");
    for (ExitCode code : ExitCode.values()) {
      page.append("| %d | %s |\n".formatted(code.number(), code.meaning()));
    }
    page.append(
        "| 129, 130, 143 | as a shell shows the end by SIGHUP, SIGINT or SIGTERM; what was committed"
            + " stays |\n");
    page.append(
        """

        With `--json`, an error is an object on a line of standard error: `kind`, `message`, `hint`,
        `exit`, `retryable`, and where an input has a place to point at `file`, `line`, `column`,
        `offset`.
        """);
    for (CommandTable.Section section : CommandTable.SECTIONS) {
      page.append("\n## ").append(section.title()).append('\n');
      for (String name : section.names()) {
        page.append("\n### ").append(name).append("\n\n```\n");
        page.append(
            HelpText.of(name)
                .lines()
                .filter(line -> !line.startsWith("\"prontodb help\""))
                .collect(java.util.stream.Collectors.joining("\n"))
                .strip());
        page.append("\n```\n");
      }
    }
    return page.toString();
  }
}
