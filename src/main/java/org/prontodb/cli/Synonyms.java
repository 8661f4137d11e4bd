package org.prontodb.cli;

import java.util.Map;

/** Words of other programs for what is a command or an option here, for "did you mean". */
final class Synonyms {
  private static final Map<String, String> COMMANDS =
      Map.ofEntries(
          Map.entry("put", "set"),
          Map.entry("write", "set"),
          Map.entry("add", "set"),
          Map.entry("read", "get"),
          Map.entry("fetch", "get"),
          Map.entry("delete", "del"),
          Map.entry("remove", "del"),
          Map.entry("rm", "del"),
          Map.entry("unset", "del"),
          Map.entry("list", "keys"),
          Map.entry("dump", "export"),
          Map.entry("load", "stream"),
          Map.entry("apply", "stream"),
          Map.entry("cp", "copy"),
          Map.entry("mv", "move"),
          Map.entry("rename", "move"),
          Map.entry("increment", "incr"),
          Map.entry("expire", "touch"),
          Map.entry("settings", "config"),
          Map.entry("server", "serve"),
          Map.entry("login", "proto auth"),
          Map.entry("whoami", "proto whoami"),
          Map.entry("user", "admin"));

  private static final Map<String, String> OPTIONS =
      Map.of(
          "--port", "--listen",
          "--address", "--listen",
          "--bind", "--listen",
          "--socket", "--unix",
          "--expire", "--ttl",
          "--output", "-o",
          "--database", "-d",
          "--file", "-d",
          "--silent", "-q");

  private Synonyms() {}

  /** The command that another program calls {@code word}, or null. */
  static String command(String word) {
    String known = COMMANDS.get(word);
    return known != null ? known : ofGroup(word);
  }

  /** The option, one of {@code known}, that another program calls {@code word}, or null. */
  static String option(String word, java.util.List<String> known) {
    String option = OPTIONS.get(word);
    return known.contains(option) ? option : null;
  }

  /** The command of a group whose last words these are: {@code create-cache}. */
  private static String ofGroup(String words) {
    return CommandTable.names().stream()
        .filter(name -> name.endsWith(" " + words))
        .findFirst()
        .orElse(null);
  }
}
