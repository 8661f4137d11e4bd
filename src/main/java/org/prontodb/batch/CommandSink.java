package org.prontodb.batch;

import org.prontodb.model.Problem;

/** What takes the commands of a load's files, one after the other. */
interface CommandSink {

  /** A file begins, whose statements {@code reader} reads. */
  void beginFile(CommandReader reader);

  /**
   * Takes the next command of the file.
   *
   * @param command null at the end of the file
   * @return false if nothing more of the file is to be read
   */
  boolean take(BatchCommand command);

  /** Ends the reading for a problem that is not a statement's. */
  void fail(Problem problem);

  /** Whether nothing more is to be read, of further files either. */
  boolean isStopped();
}
