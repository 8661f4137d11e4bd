package org.prontodb.dialect.lines;

import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;

/** What is wrong with a line, and at which byte of the window. */
public final class LineFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final int at;
  private final transient Problem problem;

  public LineFault(int at, String message, String hint) {
    this(at, Problem.of(Kind.CONTENT, message, hint));
  }

  /**
   * @param problem what is wrong; whatever its kind was, it is the input's content now
   */
  public LineFault(int at, Problem problem) {
    super(problem.message(), null, false, false);
    this.at = at;
    this.problem = new Problem(Kind.CONTENT, problem.message(), problem.hint(), null, null);
  }

  int at() {
    return at;
  }

  Problem problem() {
    return problem;
  }
}
