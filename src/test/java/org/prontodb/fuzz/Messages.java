package org.prontodb.fuzz;

import org.prontodb.model.Problem;
import org.prontodb.model.Text;

/** Whether what is told to a person can be shown on a terminal. */
public final class Messages {
  /** More than this nobody reads; names and keys of the longest are below it. */
  private static final int LONGEST = 8000;

  private Messages() {}

  public static void check(Problem problem) {
    if (problem.message().isEmpty()) {
      throw new AssertionError("nothing is said: " + problem);
    }
    check(problem.message());
    problem.advice().ifPresent(Messages::check);
    if (problem.source() != null) {
      check(problem.source().text());
    }
  }

  private static void check(String text) {
    if (text.length() > LONGEST) {
      throw new AssertionError("a message of " + text.length() + " characters");
    }
    if (!Text.visible(text).equals(text)) {
      throw new AssertionError("hidden characters in: " + Text.visible(text));
    }
  }
}
