package org.prontodb.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.prontodb.config.ConfigurationFile.Assignment;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Nearest;
import org.prontodb.model.PathWord;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Secret;
import org.prontodb.model.Text;

/**
 * What is set for this run. A flag stands above the environment, the environment above {@code
 * pronto.conf}, and that above the default. Every value is checked when it is read, also one that
 * something above it replaces, so that a mistake is told on the first run and not on some later
 * one.
 */
public final class Configuration {
  private final Paths paths;
  private final Map<Setting, String> values = new EnumMap<>(Setting.class);
  private final Map<Setting, Origin> origins = new EnumMap<>(Setting.class);
  private final List<Problem> warnings = new ArrayList<>();
  private final Map<String, String> environment;

  private Configuration(Map<String, String> environment) {
    this.environment = environment;
    this.paths = new Paths(environment);
  }

  /**
   * Reads {@code pronto.conf} and the environment.
   *
   * @param flags what the command line sets, as the user wrote it
   * @throws ProntoException with kind USAGE for a bad flag or variable, FAILED for a bad file
   */
  public static Configuration load(Map<String, String> environment, Map<Setting, String> flags) {
    Configuration configuration = new Configuration(environment);
    configuration.readFile();
    configuration.readEnvironment();
    configuration.warnOfMisspeltVariables();
    flags.forEach(configuration::readFlag);
    return configuration;
  }

  public Paths paths() {
    return paths;
  }

  /** What is wrong in {@code pronto.conf} without being an error. */
  public List<Problem> warnings() {
    return List.copyOf(warnings);
  }

  /** Where the database is; a path may be relative. */
  public DatabaseLocation database() {
    String named = values.get(Setting.DATABASE);
    return named == null
        ? new DatabaseLocation.File(paths.database())
        : DatabaseLocation.parse(named);
  }

  /** The variables of the environment. */
  public Map<String, String> environment() {
    return Collections.unmodifiableMap(environment);
  }

  public Delimiter delimiter() {
    return Delimiter.parse(value(Setting.DELIMITER));
  }

  /** Whether a stream must begin with a preamble. */
  public boolean securityRequired() {
    return Boolean.parseBoolean(value(Setting.SECURITY_REQUIRED));
  }

  /** How long to wait for the write lock, in milliseconds. */
  public int busyTimeout() {
    return Integer.parseInt(value(Setting.BUSY_TIMEOUT));
  }

  public int maxNamespaces() {
    return Integer.parseInt(value(Setting.MAX_NAMESPACES));
  }

  /** Whether a commit must survive a loss of power. */
  public boolean durable() {
    return value(Setting.SYNCHRONOUS).equals("full");
  }

  /**
   * The password that {@code admin} is to have in a new database. From the environment alone: a
   * secret has no place in {@code pronto.conf}.
   */
  public Optional<Secret> initialPassword() {
    return secret("PRONTO_ADMIN_PASS");
  }

  /** The session key that stands in for a preamble. */
  public Optional<Secret> session() {
    return secret("PRONTO_SESSION");
  }

  /** The API key that stands in for a preamble, where there is no session key. */
  public Optional<Secret> apiKey() {
    return secret("PRONTO_APIKEY");
  }

  private Optional<Secret> secret(String variable) {
    String value = environment.getOrDefault(variable, "");
    return value.isEmpty() ? Optional.empty() : Optional.of(Secret.of(value));
  }

  private String value(Setting setting) {
    String value = values.get(setting);
    return value != null ? value : setting.standard().orElseThrow();
  }

  private void readFile() {
    if (!paths.hasConfigurationFolder()) {
      return;
    }
    for (Assignment assignment : ConfigurationFile.read(paths.configurationFile())) {
      Setting.named(assignment.name())
          .ifPresentOrElse(
              setting -> {
                values.put(setting, checked(setting, assignment));
                origins.put(setting, Origin.FILE);
              },
              () -> warnings.add(unknown(assignment)));
    }
  }

  private String checked(Setting setting, Assignment assignment) {
    String value = assignment.value();
    if (!setting.accepts(value)) {
      throw assignment.valueAt().refuse(mustBe(setting.key(), setting, value), null);
    }
    if (setting != Setting.DATABASE) {
      return value;
    }
    String scheme = DatabaseLocation.scheme(value).orElse("");
    if (!scheme.isEmpty() && !scheme.equals(DatabaseLocation.SQLITE)) {
      return value;
    }
    String path = scheme.isEmpty() ? value : value.substring(scheme.length() + 1);
    if (path.startsWith("~/")) {
      return paths.home().resolve(PathWord.path(path.substring(2))).toString();
    }
    if (!path.startsWith("/")) {
      throw assignment
          .valueAt()
          .refuse("db must be an absolute path or a URL here", "begin it with / or ~/");
    }
    return value;
  }

  private static Problem unknown(Assignment assignment) {
    String hint =
        Nearest.to(assignment.name(), Setting.keys())
            .map(nearest -> "did you mean " + nearest + "?")
            .orElse("the settings are " + String.join(", ", Setting.keys()));
    return Problem.of(
            Kind.FAILED, "unknown setting \"" + Text.visible(assignment.name()) + "\"", hint)
        .at(assignment.nameAt().position(), assignment.nameAt().source());
  }

  private void readEnvironment() {
    for (Setting setting : Setting.values()) {
      String value = environment.getOrDefault(setting.variable(), "");
      if (!value.isEmpty()) {
        if (setting == Setting.DATABASE) {
          PathWord.ofVariable(setting.variable(), value);
        }
        put(setting.variable(), setting, value, Origin.VARIABLE);
      }
    }
  }

  private void readFlag(Setting setting, String value) {
    put(setting.key(), setting, value, Origin.OPTION);
  }

  private void put(String name, Setting setting, String value, Origin origin) {
    if (!setting.accepts(value)) {
      throw Problem.of(Kind.USAGE, mustBe(name, setting, value)).asException();
    }
    values.put(setting, value);
    origins.put(setting, origin);
  }

  /** Warns of variables that are no doubt meant for this program and that it does not know. */
  private void warnOfMisspeltVariables() {
    for (String variable : unknownVariables()) {
      nearestVariable(variable)
          .ifPresent(
              near ->
                  warnings.add(
                      Problem.of(
                          Kind.FAILED,
                          "unknown variable " + Text.visible(variable) + " is ignored",
                          "did you mean " + near + "?")));
    }
  }

  /** The variables that begin as this program's do and that mean nothing, by name. */
  public List<String> unknownVariables() {
    List<String> unknown = new ArrayList<>();
    for (String variable : environment.keySet()) {
      if (variable.startsWith(Variables.PREFIX) && !Variables.isKnown(variable)) {
        unknown.add(variable);
      }
    }
    Collections.sort(unknown);
    return unknown;
  }

  /** The variable that an unknown one was most likely meant to be. */
  public static Optional<String> nearestVariable(String unknown) {
    return Nearest.to(unknown, Variables.known());
  }

  /** Where the value of a setting comes from. */
  public enum Origin {
    OPTION,
    VARIABLE,
    FILE,
    DEFAULT
  }

  public Origin origin(Setting setting) {
    return origins.getOrDefault(setting, Origin.DEFAULT);
  }

  /** The value in force, as text. */
  public String text(Setting setting) {
    return setting == Setting.DATABASE ? database().shown() : value(setting);
  }

  /** Whether a variable that holds a secret is set. */
  public boolean hasSecret(String variable) {
    return secret(variable).isPresent();
  }

  private static String mustBe(String name, Setting setting, String value) {
    return name + " must be " + setting.form() + ", not \"" + Text.visible(value) + "\"";
  }
}
