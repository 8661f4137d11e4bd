package org.prontodb.batch;

import org.prontodb.model.Namespace;

/**
 * What a load did to a namespace.
 *
 * @param committed false if it was rolled back or not tried
 * @param puts how many keys were written
 * @param deletes how many keys that were there were removed
 * @param expired how many records were left out because their end had passed
 * @param duplicates how many of the load's writes and deletions a later one to the same key
 *     replaced
 * @param alreadyApplied whether the batch had been applied before, so that nothing was done
 */
public record NamespaceOutcome(
    Namespace namespace,
    boolean committed,
    long puts,
    long deletes,
    long expired,
    long duplicates,
    boolean alreadyApplied) {

  static NamespaceOutcome notTried(Namespace namespace) {
    return new NamespaceOutcome(namespace, false, 0, 0, 0, 0, false);
  }

  static NamespaceOutcome alreadyApplied(Namespace namespace) {
    return new NamespaceOutcome(namespace, true, 0, 0, 0, 0, true);
  }

  /** What this and a later part of the same load did to the namespace. */
  NamespaceOutcome and(NamespaceOutcome later) {
    return new NamespaceOutcome(
        namespace,
        committed || later.committed,
        puts + later.puts,
        deletes + later.deletes,
        expired + later.expired,
        duplicates + later.duplicates,
        later.alreadyApplied);
  }
}
