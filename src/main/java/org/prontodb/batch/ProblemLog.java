package org.prontodb.batch;

import org.prontodb.model.Problem;

/**
 * Collects what is wrong with a load while it is read: tells the listener, counts, and says which
 * problem decides how the load ends.
 */
final class ProblemLog {
  /** How many errors are found in one pass before reading ends. */
  static final int MOST = 20;

  private final LoadListener listener;
  private final boolean keepGoing;
  private Problem failure;
  private long problems;
  private long rejected;

  ProblemLog(LoadContext context) {
    this.listener = context.listener();
    this.keepGoing = context.options().keepGoing();
  }

  /**
   * Adds a problem.
   *
   * @param skippable whether the load could go on without what is wrong. Problems that are skipped
   *     do not decide how a load ends if there is one that cannot be skipped
   */
  void add(Problem problem, boolean skippable) {
    problems++;
    if (failure == null || (keepGoing && !skippable)) {
      failure = problem;
    }
    listener.problem(problem);
  }

  /** Notes that a statement is left out although it is not itself wrong. */
  void skipped(CommandReader reader, Scope scope, Problem problem) {
    listener.problem(problem);
    rejected(reader, scope, problem);
  }

  /** Notes that the statement is left out whose problem was added. */
  void rejected(CommandReader reader, Scope scope, Problem problem) {
    rejected++;
    listener.rejected(reader, scope, problem);
  }

  boolean isFull() {
    return problems >= MOST;
  }

  /** The problem that decides how the load ends, or null. */
  Problem failure() {
    return failure;
  }

  long count() {
    return problems;
  }

  /** How many statements were left out. */
  long rejected() {
    return rejected;
  }
}
