package org.prontodb.cli;

import org.prontodb.files.Cleanup;

/** The process: the only place that touches the standard streams, the environment and the exit. */
public final class Main {
  private Main() {}

  /** Halts, since nothing waits for a shutdown hook and running them costs a start 5 ms. */
  public static void main(String[] arguments) {
    Signals.install();
    int exit = Cli.run(Arguments.exact(arguments), ProcessContext.ofProcess());
    Cleanup.waitIfEnding();
    Runtime.getRuntime().halt(exit);
  }
}
