package org.prontodb.model;

/** Carries one {@link Problem} to the code that reports it to the user. */
public class ProntoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProntoException(Problem problem) {
    this(problem, null);
  }

  /**
   * @param cause what a library threw, kept for {@code --trace} only
   */
  public ProntoException(Problem problem, Throwable cause) {
    super(problem.message(), cause);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
