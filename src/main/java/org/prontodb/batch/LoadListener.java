package org.prontodb.batch;

import org.prontodb.model.Problem;

/** Is told what happens in a load while it happens. */
public interface LoadListener {
  /** Hears nothing. */
  LoadListener SILENT = new LoadListener() {};

  /** Something is wrong; told as it is found, and again in the report. */
  default void problem(Problem problem) {}

  /**
   * A statement was skipped, and so does not land.
   *
   * @param reader stands at the statement
   * @param scope what was in force for it
   */
  default void rejected(CommandReader reader, Scope scope, Problem problem) {}

  /** Something that the user should know although nothing failed. */
  default void warning(String message) {}

  /** Called now and then. */
  default void progress(long statements, long bytes) {}

  /** What was read up to here is about to be applied; what fails now keeps it from that. */
  default void applying() {}

  /** A namespace's transaction was committed. */
  default void committed(NamespaceOutcome outcome) {}

  /** What a load would do to a namespace. */
  default void planned(NamespacePlan plan) {}

  /**
   * What a load would do to a key of the namespace that was planned last.
   *
   * @param sign {@code +}, {@code ~} or {@code -}
   * @param key UTF-8
   */
  default void difference(char sign, byte[] key) {}
}
