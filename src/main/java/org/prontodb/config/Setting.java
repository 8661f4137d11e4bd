package org.prontodb.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Numbers;
import org.prontodb.model.ProntoException;

/**
 * What can be set in {@code pronto.conf} and in the environment: the one table that the reader, the
 * checks, the messages and docs/configuration.md are made from.
 */
public enum Setting {
  DATABASE(
      "db",
      "PRONTO_DB",
      null,
      "a path or a URL",
      "the database: a file, in pronto.conf absolute or ~/…, or what a URL names"),
  DELIMITER(
      "ns_delim",
      "PRONTO_NS_DELIM",
      ".",
      "one of ! $ % & ( ) + , . : < > ? @ [ ] ^ ` { | } ~",
      "the character between project, namespace and key"),
  SECURITY_REQUIRED(
      "security.required",
      "PRONTO_SECURITY",
      "true",
      "true or false",
      "whether a stream must begin with a preamble"),
  BUSY_TIMEOUT(
      "busy_timeout_ms",
      "PRONTO_BUSY_TIMEOUT_MS",
      "5000",
      "a whole number from 0 to 3600000",
      "how long to wait for another writer, in milliseconds"),
  MAX_NAMESPACES(
      "max_namespaces",
      "PRONTO_MAX_NAMESPACES",
      "10000",
      "a whole number from 1 to 1000000",
      "how many namespaces the database may hold; a command that would create one more ends with"
          + " exit code 1"),
  SYNCHRONOUS(
      "synchronous",
      "PRONTO_SYNCHRONOUS",
      "normal",
      "normal or full",
      "full: what was committed also survives a loss of power, at the cost of an fsync");

  private final String key;
  private final String variable;
  private final String standard;
  private final String form;
  private final String help;

  Setting(String key, String variable, String standard, String form, String help) {
    this.key = key;
    this.variable = variable;
    this.standard = standard;
    this.form = form;
    this.help = help;
  }

  /** The name in {@code pronto.conf}. */
  public String key() {
    return key;
  }

  /** The environment variable that stands above {@code pronto.conf}. */
  public String variable() {
    return variable;
  }

  /** The value where nothing else is said; the database's depends on the environment. */
  public Optional<String> standard() {
    return Optional.ofNullable(standard);
  }

  /** What a value looks like, to follow "must be". */
  public String form() {
    return form;
  }

  /** What the setting decides, in half a line. */
  public String help() {
    return help;
  }

  /** Whether {@code value} has this setting's {@link #form}. */
  public boolean accepts(String value) {
    return switch (this) {
      case DATABASE -> !value.isEmpty();
      case DELIMITER -> isDelimiter(value);
      case SECURITY_REQUIRED -> value.equals("true") || value.equals("false");
      case BUSY_TIMEOUT -> isBetween(value, 0, 3_600_000);
      case MAX_NAMESPACES -> isBetween(value, 1, 1_000_000);
      case SYNCHRONOUS -> value.equals("normal") || value.equals("full");
    };
  }

  static Optional<Setting> named(String key) {
    return Arrays.stream(values()).filter(s -> s.key.equals(key)).findFirst();
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(Setting::key).toList();
  }

  private static boolean isDelimiter(String value) {
    try {
      Delimiter.parse(value);
      return true;
    } catch (ProntoException refused) {
      return false;
    }
  }

  private static boolean isBetween(String value, int least, int most) {
    long number = Numbers.parse(value);
    return number >= least && number <= most;
  }
}
