package org.prontodb.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.prontodb.model.Address;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Key;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;
import org.prontodb.store.KeyRange;

/**
 * Reads the addresses of a command line. With {@code -p} and {@code -n} a word is a key, without
 * them it is a full path.
 */
final class Addresses {
  private final String project;
  private final String name;
  private final String context;
  private final Delimiter delimiter;

  /**
   * @param project of {@code -p}, or null
   * @param name of {@code -n}, or null
   * @param context of {@code --context}, or null
   */
  Addresses(String project, String name, String context, Delimiter delimiter) {
    this.project = project;
    this.name = name;
    this.context = context;
    this.delimiter = delimiter;
  }

  /** The keys of a namespace that begin with a prefix. */
  record Selection(Namespace namespace, KeyRange keys) {}

  Delimiter delimiter() {
    return delimiter;
  }

  /** The namespace that {@code -p} and {@code -n} choose, if they are there. */
  Optional<Namespace> chosen() {
    if (project == null && name == null) {
      return Optional.empty();
    }
    if (name == null) {
      throw refused("-p needs -n, too", "-n names the namespace within the project");
    }
    if (project == null) {
      throw refused("-n needs -p, too", "-p names the project of the namespace");
    }
    return Optional.of(new Namespace(project, name));
  }

  /** The address of one record. */
  Address record(String word) {
    refuseFullPath(word);
    return listed(word);
  }

  /**
   * The address of a record as a listing prints it: with {@code -p} and {@code -n} any key, also
   * one that looks like a full path.
   */
  Address listed(String word) {
    Optional<Namespace> namespace = chosen();
    Address address =
        namespace.isPresent()
            ? new Address(namespace.get(), Key.of(word))
            : Address.parse(word, delimiter);
    return context == null ? address : address.inContext(context);
  }

  /** The address of a record to be written: its namespace may have to be made. */
  Address writable(String word) {
    Address address = record(word);
    checkNew(address.namespace());
    return address;
  }

  /** The namespace that {@code word} spells, or that {@code -p} and {@code -n} choose. */
  Namespace namespace(List<String> words) {
    Optional<Namespace> namespace = chosen();
    if (namespace.isPresent()) {
      if (!words.isEmpty()) {
        throw together(words.getFirst());
      }
      return namespace.get();
    }
    if (words.isEmpty()) {
      throw refused(
          "a namespace is missing", "write project" + delimiter + "namespace, or -p and -n");
    }
    return Namespace.parse(words.getFirst(), delimiter);
  }

  /** What a prefix selects; without a word, all of what {@code -p} and {@code -n} choose. */
  Selection prefix(List<String> words) {
    if (context != null) {
      throw refused("--context belongs to one key, not to a prefix", null);
    }
    Optional<Namespace> namespace = chosen();
    if (namespace.isPresent()) {
      String prefix = words.isEmpty() ? "" : words.getFirst();
      refuseFullPath(prefix);
      return new Selection(namespace.get(), range(prefix));
    }
    if (words.isEmpty()) {
      throw refused(
          "a prefix is missing",
          "write project" + delimiter + "namespace to mean all of it, or -p and -n");
    }
    return prefix(words.getFirst());
  }

  /** Refuses names that could not be written in an address, for a namespace that may be new. */
  void checkNew(Namespace namespace) {
    Namespace.checkName("project", namespace.project(), delimiter);
    Namespace.checkName("namespace", namespace.name(), delimiter);
  }

  private Selection prefix(String word) {
    int first = word.indexOf(delimiter.character());
    int second = first < 0 ? -1 : word.indexOf(delimiter.character(), first + 1);
    String path = second < 0 ? word : word.substring(0, second);
    String prefix = second < 0 ? "" : word.substring(second + 1);
    Namespace namespace = Namespace.parse(path, delimiter);
    if (delimiter.in(prefix)) {
      throw refused(
          "prefix \"" + Text.visible(prefix) + "\" holds the delimiter '" + delimiter + "'",
          "give the namespace apart from a prefix that holds it: "
              + Address.apart(namespace, prefix));
    }
    return new Selection(namespace, range(prefix));
  }

  private static KeyRange range(String prefix) {
    return prefix.isEmpty()
        ? KeyRange.ALL
        : KeyRange.prefix(prefix.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Refuses a full path beside {@code -p} and {@code -n}. It would be read as a key that holds the
   * delimiter, and that is almost never meant.
   */
  private void refuseFullPath(String word) {
    if (project != null && name != null) {
      String path = project + delimiter + name;
      if (word.startsWith(path)
          && (word.length() == path.length() || word.startsWith(path + delimiter))) {
        throw together(word);
      }
    }
  }

  private ProntoException together(String word) {
    return refused(
        "\"" + Text.visible(word) + "\" is a full address, but -p and -n are given",
        "give one of the two; a key that begins like this needs another delimiter, as with"
            + " --ns-delim "
            + Text.shellWord(delimiter.orFree(word + project + name).toString()));
  }

  private static ProntoException refused(String message, String hint) {
    return Problem.of(Kind.USAGE, message, hint).asException();
  }
}
