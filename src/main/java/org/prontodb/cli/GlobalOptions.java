package org.prontodb.cli;

import java.util.List;

/** The options that every command takes, before its name or behind it. */
final class GlobalOptions {
  static final String PROJECT = "-p";
  static final String NAMESPACE = "-n";
  static final String DATABASE = "-d";
  static final String DELIMITER = "--ns-delim";
  static final String CONTEXT = "--context";
  static final String JSON = "--json";
  static final String BASE64 = "--b64";
  static final String QUIET = "-q";
  static final String VERBOSE = "-v";
  static final String DURABLE = "--durable";
  static final String COLOR = "--color";
  static final String TRACE = "--trace";
  static final String HELP = "--help";
  static final String VERSION = "--version";

  static final List<Option> ALL =
      List.of(
          parameter(
              "PROJECT", "the project; with -n, addresses are bare keys", PROJECT, "--project"),
          parameter("NAMESPACE", "the namespace within the project", NAMESPACE, "--namespace"),
          parameter("DB", "the database: a file, or a URL (PRONTO_DB)", DATABASE, "--db"),
          parameter(
              "C", "what stands between the words of an address (PRONTO_NS_DELIM)", DELIMITER),
          parameter("C", "the context: appends __C to the key", CONTEXT, "--user"),
          flag("answer in JSON, one object a line; errors, too", JSON),
          flag("values go in and come out as base64", BASE64),
          flag("no status, no progress, no word about what is missing", QUIET, "--quiet"),
          flag("tell more on standard error", VERBOSE, "--verbose"),
          flag("what is reported done also survives a loss of power (synchronous=full)", DURABLE),
          parameter(
              Colours.WHEN, "colours in errors and hints; auto: on a terminal (NO_COLOR)", COLOR),
          flag("show where in the program an error comes from", TRACE),
          flag("this help", HELP, "-h"),
          flag("the version", VERSION));

  private GlobalOptions() {}

  private static Option parameter(String label, String help, String... names) {
    return new Option(List.of(names), label, help);
  }

  private static Option flag(String help, String... names) {
    return new Option(List.of(names), null, help);
  }
}
