package org.prontodb.cli;

/** The process: the only place that touches the standard streams, the environment and the exit. */
public final class Main {
  private Main() {}

  /** Halts, since nothing waits for a shutdown hook and running them costs a start 5 ms. */
  public static void main(String[] arguments) {
    int exit = Cli.run(Arguments.exact(arguments), Surroundings.ofProcess());
    Runtime.getRuntime().halt(exit);
  }
}
