package org.prontodb.cli;

import java.io.IOException;

/**
 * A command: a form, not a worker. It says what may be asked, hands what was asked to the facade,
 * and prints the answer.
 */
interface Command {

  Form form();

  /**
   * Answers one call.
   *
   * @throws org.prontodb.model.ProntoException for whatever is to be told as an error
   * @throws IOException if an input fails
   */
  ExitCode run(Invocation call) throws IOException;
}
