package org.prontodb.records;

/**
 * What holds for every write into a database.
 *
 * @param maxNamespaces how many namespaces there may be
 * @param observers who is told of each write
 */
public record WriteRules(int maxNamespaces, Observers observers) {
  /** The limit of a database whose configuration gives none. */
  public static final int MAX_NAMESPACES = 10_000;

  /** The default limit, and no observers. */
  public static final WriteRules DEFAULT = new WriteRules(MAX_NAMESPACES, Observers.NONE);

  /** As this, with another limit. */
  public WriteRules withMaxNamespaces(int most) {
    return new WriteRules(most, observers);
  }
}
