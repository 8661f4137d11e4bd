package org.prontodb.batch;

import org.prontodb.model.Delimiter;
import org.prontodb.model.Secret;

/**
 * How a load is to be carried out.
 *
 * @param keepGoing skip bad statements and apply the rest
 * @param commitEvery commit after so many accepted statements, or 0 for one transaction a namespace
 * @param requireEnd refuse an input without {@code meta:end}
 * @param check only plan
 * @param diff have the plan name the keys
 * @param project the project chosen at the beginning of every file, or null
 * @param namespace the namespace chosen at the beginning of every file, or null
 * @param delimiter the delimiter in force at the beginning of every file
 * @param authenticationRequired whether an identity is needed
 * @param session what stands in for a preamble, or null
 * @param apiKey what stands in for a preamble, or null
 * @param maxNamespaces how many namespaces a store may hold
 */
public record LoadOptions(
    boolean keepGoing,
    long commitEvery,
    boolean requireEnd,
    boolean check,
    boolean diff,
    String project,
    String namespace,
    Delimiter delimiter,
    boolean authenticationRequired,
    Secret session,
    Secret apiKey,
    int maxNamespaces) {

  /** The limit that a configuration which says nothing has. */
  public static final int MAX_NAMESPACES = 10_000;

  /** One transaction a namespace, no identity needed, nothing chosen. */
  public static final LoadOptions DEFAULT =
      new LoadOptions(
          false,
          0,
          false,
          false,
          false,
          null,
          null,
          Delimiter.DEFAULT,
          false,
          null,
          null,
          MAX_NAMESPACES);
}
