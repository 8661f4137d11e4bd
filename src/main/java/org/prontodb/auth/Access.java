package org.prontodb.auth;

import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Text;

/** What a grant allows. */
public enum Access {
  READ("ro"),
  WRITE("rw");

  private final String word;

  Access(String word) {
    this.word = word;
  }

  /** The word on the command line; {@code rw} includes {@code ro}. */
  public String word() {
    return word;
  }

  public static Access parse(String text) {
    for (Access access : values()) {
      if (access.word.equals(text)) {
        return access;
      }
    }
    throw Problem.of(Kind.USAGE, "\"" + Text.visible(text) + "\" is no access", "write rw or ro")
        .asException();
  }
}
