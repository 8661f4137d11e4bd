package org.prontodb.store;

import org.prontodb.model.Problem;
import org.prontodb.model.ProntoException;

/**
 * What a store can not do for reasons of its own: its disk is full, its file is damaged, another
 * process holds its lock. It is nobody's input that is wrong, and the next question would only meet
 * the same.
 */
public final class StoreFailure extends ProntoException {
  private static final long serialVersionUID = 1L;

  public StoreFailure(Problem problem, Throwable cause) {
    super(problem, cause);
  }
}
