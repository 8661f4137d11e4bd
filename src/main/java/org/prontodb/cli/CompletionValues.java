package org.prontodb.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.prontodb.app.Dialects;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Namespace;
import org.prontodb.model.Text;

/**
 * What the words of one command line may be, by the label that help gives them. The database is
 * opened when a name from it is asked for, and only read.
 */
final class CompletionValues {
  /** Labels of what only the user can know. A test asks for a decision on each label. */
  static final Set<String> FREE =
      Set.of(
          "ADDRESS:PORT",
          "BY",
          "C",
          "COL",
          "COLUMNS",
          "ID",
          "KEY",
          "MB",
          "N",
          "NAME",
          "NAMES",
          "OLD",
          "PAIRS",
          "PATTERN",
          "POINTERS",
          "R",
          "S",
          "SECONDS",
          "SPAN",
          "TEXT",
          "TIME",
          "USER",
          "VALUE",
          "VAR",
          "WORD");

  private final CommandWords named;
  private final List<String> before;
  private final String current;
  private final ProcessContext context;
  private Completion.Kind kind = Completion.Kind.WORDS;
  private CommandCall call;

  /**
   * @param named {@code before}, with the command's name taken out
   * @param before the words in front of the one to be completed
   * @param current the word to be completed, as far as it is written
   */
  CompletionValues(
      CommandWords named, List<String> before, String current, ProcessContext context) {
    this.named = named;
    this.before = before;
    this.current = current;
    this.context = context;
  }

  /** What the shell is to do with what has been asked for. */
  Completion.Kind kind() {
    return kind;
  }

  /** What of the value is written. */
  private String begun() {
    return isOptionWithValue() ? current.substring(current.indexOf('=') + 1) : current;
  }

  private boolean isOptionWithValue() {
    return current.startsWith("-") && current.indexOf('=') > 0;
  }

  /**
   * The values of the words that help calls {@code label}, found when they are iterated over: only
   * the label is asked that the current word is due for. Several labels stand with | between them.
   */
  Iterable<String> of(String label) {
    return () -> isDue(label) ? values(label) : Collections.emptyIterator();
  }

  /** Whether the current word can be the argument of this label; options are told apart earlier. */
  private boolean isDue(String label) {
    Command command = CommandTable.named(named.name());
    if (command == null || !command.form().argumentLabels().contains(label)) {
      return true;
    }
    boolean isParameter =
        isOptionWithValue() || !before.isEmpty() && awaitsParameter(before.getLast());
    if (isParameter) {
      return true;
    }
    List<String> labels = new ArrayList<>(command.form().argumentLabels());
    if (hasNamespace()) {
      labels.removeAll(List.of("P.N", "P[.N]"));
    }
    int index = call().arguments().size();
    boolean open = command.form().most() > labels.size() && !labels.isEmpty();
    int due = open ? Math.min(index, labels.size() - 1) : index;
    return !current.startsWith("-") && due < labels.size() && labels.get(due).equals(label);
  }

  private Iterator<String> values(String label) {
    Stream<String> values =
        Stream.of(label.split("\\|"))
            .flatMap(
                one ->
                    isLiteral(one)
                        ? Stream.of(one)
                        : sources().getOrDefault(one, List::of).get().stream());
    return values.filter(value -> value.codePoints().noneMatch(Text::isControl)).iterator();
  }

  private static boolean isLiteral(String label) {
    return label.length() > 1 && label.chars().allMatch(c -> c >= 'a' && c <= 'z');
  }

  /** Whether there is a decision on what the label stands for. */
  boolean knows(String label) {
    return Stream.of(label.split("\\|"))
        .allMatch(
            one ->
                isLiteral(one)
                    || one.equals("-")
                    || one.startsWith("'")
                    || FREE.contains(one)
                    || sources().containsKey(one));
  }

  private Map<String, Supplier<List<String>>> sources() {
    return Map.ofEntries(
        Map.entry("ADDR", () -> addresses(false, true)),
        Map.entry("SRC", () -> addresses(false, true)),
        Map.entry("DST", () -> addresses(false, true)),
        Map.entry("ADDR-PREFIX", () -> addresses(true, true)),
        Map.entry("P.N", () -> addresses(true, false)),
        Map.entry("P[.N]", () -> addresses(true, false)),
        Map.entry("PROJECT", this::projects),
        Map.entry("NAMESPACE", this::namespacesOfProject),
        Map.entry("DIALECT", this::dialects),
        Map.entry("SETTINGS", this::settings),
        Map.entry("COMMAND", this::commandWords),
        Map.entry("DB", this::files),
        Map.entry("DIR", this::files),
        Map.entry("FILE", this::files),
        Map.entry("PATH", this::files));
  }

  private List<String> files() {
    kind = Completion.Kind.FILES;
    return List.of();
  }

  private List<String> dialects() {
    return Dialects.names().stream()
        .filter(name -> !named.name().equals("import") || !name.equals(Dialects.STREAM.name()))
        .toList();
  }

  private List<String> settings() {
    List<String> names =
        named.name().equals("admin set-ns")
            ? List.of("compress=zstd", "compress=none", "level=")
            : List.of("timeout=", "max_items=", "evict_on_read=");
    kind = Completion.Kind.BEGINNINGS;
    return names;
  }

  private List<String> commandWords() {
    return CommandTable.wordsAfter(String.join(" ", call().arguments()));
  }

  private List<String> projects() {
    return namespaces().stream().map(Namespace::project).distinct().toList();
  }

  private List<String> namespacesOfProject() {
    String project = call().option(GlobalOptions.PROJECT);
    return namespaces().stream()
        .filter(namespace -> project == null || namespace.project().equals(project))
        .map(Namespace::name)
        .distinct()
        .toList();
  }

  /**
   * The next part of an address: a project, then a namespace of it, then a key.
   *
   * @param namespaceIsWhole whether an address may end with the namespace
   * @param withKeys whether a key may follow
   */
  private List<String> addresses(boolean namespaceIsWhole, boolean withKeys) {
    if (hasNamespace()) {
      return withKeys ? keys(chosen(), "", begun()) : List.of();
    }
    if (call().has(GlobalOptions.PROJECT) || call().has(GlobalOptions.NAMESPACE)) {
      return List.of();
    }
    Delimiter delimiter = stored().delimiter();
    String word = begun();
    int first = word.indexOf(delimiter.character());
    int second = first < 0 ? -1 : word.indexOf(delimiter.character(), first + 1);
    if (first < 0) {
      kind = Completion.Kind.BEGINNINGS;
      return projects().stream().map(project -> project + delimiter).toList();
    }
    if (second < 0) {
      if (!namespaceIsWhole) {
        kind = Completion.Kind.BEGINNINGS;
      }
      return namespaces().stream()
          .map(namespace -> namespace.path(delimiter) + (namespaceIsWhole ? "" : delimiter))
          .toList();
    }
    if (!withKeys) {
      return List.of();
    }
    Namespace namespace = Namespace.parse(word.substring(0, second), delimiter);
    return keys(namespace, word.substring(0, second + 1), word.substring(second + 1)).stream()
        .filter(address -> !delimiter.in(address.substring(second + 1)))
        .toList();
  }

  private boolean hasNamespace() {
    return call().has(GlobalOptions.PROJECT) && call().has(GlobalOptions.NAMESPACE);
  }

  private Namespace chosen() {
    return new Namespace(
        call().option(GlobalOptions.PROJECT), call().option(GlobalOptions.NAMESPACE));
  }

  /** The keys that begin with {@code prefix}, each behind {@code path}. */
  private List<String> keys(Namespace namespace, String path, String prefix) {
    StoredNames.Keys found = stored().keys(namespace, prefix);
    if (!found.whole()) {
      kind = Completion.Kind.BEGINNINGS;
    }
    return found.texts().stream().map(key -> path + key).toList();
  }

  private List<Namespace> namespaces() {
    return stored().namespaces();
  }

  private StoredNames stored() {
    return new StoredNames(call(), context);
  }

  /** What is asked so far, without the word to be completed and the option that awaits it. */
  private CommandCall call() {
    if (call == null) {
      List<String> words = new ArrayList<>(named.rest());
      if (!words.isEmpty() && awaitsParameter(words.getLast())) {
        words.removeLast();
      }
      Command command =
          Optional.ofNullable(CommandTable.named(named.name())).orElseGet(HelpCommand::new);
      words.replaceAll(this::withHome);
      call = CommandLineParser.parse(named.name(), command, words);
    }
    return call;
  }

  private boolean awaitsParameter(String word) {
    Command command = CommandTable.named(named.name());
    Stream<Option> own = command == null ? Stream.of() : command.form().options().stream();
    return Stream.concat(own, GlobalOptions.ALL.stream())
        .anyMatch(option -> option.takesParameter() && option.names().contains(word));
  }

  /** A shell that completes a word has not replaced ~ in the words before it. */
  private String withHome(String word) {
    String home = context.environment().get("HOME");
    return home != null && word.startsWith("~/") ? Path.of(home) + word.substring(1) : word;
  }
}
