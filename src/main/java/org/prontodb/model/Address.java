package org.prontodb.model;

import org.prontodb.model.Problem.Kind;

/** Where a record is kept. */
public record Address(Namespace namespace, Key key) {

  /** The address that {@code project<delimiter>namespace<delimiter>key} spells. */
  public static Address parse(String text, Delimiter delimiter) {
    int first = text.indexOf(delimiter.character());
    int second = first < 0 ? -1 : text.indexOf(delimiter.character(), first + 1);
    if (second < 0) {
      throw Problem.of(
              Kind.USAGE,
              "\"" + Text.visible(text) + "\" is not the address of a record",
              "write project" + delimiter + "namespace" + delimiter + "key, or -p and -n and a key")
          .asException();
    }
    Namespace namespace =
        new Namespace(text.substring(0, first), text.substring(first + 1, second));
    String key = text.substring(second + 1);
    if (delimiter.in(key)) {
      throw Problem.of(
              Kind.USAGE,
              "key \"" + Text.visible(key) + "\" holds the delimiter '" + delimiter + "'",
              "give the namespace apart from a key that holds it: " + apart(namespace, key))
          .asException();
    }
    return new Address(namespace, Key.of(key));
  }

  /**
   * How a command line names {@code key}, or a prefix of keys, with the namespace apart from it,
   * for hints.
   */
  public static String apart(Namespace namespace, String key) {
    return "-p "
        + Text.shellWord(namespace.project())
        + " -n "
        + Text.shellWord(namespace.name())
        + " "
        + Text.shellWord(key);
  }

  /** The address of the same record in a context: {@code key__context}. */
  public Address inContext(String context) {
    Key whole = key.withContext(context);
    if (!context.equals(whole.context())) {
      throw Problem.of(
              Kind.USAGE,
              "\"" + Text.visible(context) + "\" can not be a context",
              "a context is not empty, holds no __ and does not begin with _")
          .asException();
    }
    return new Address(namespace, whole);
  }

  /** How the address is written with {@code delimiter}. */
  public String path(Delimiter delimiter) {
    return namespace.path(delimiter) + delimiter + key;
  }
}
