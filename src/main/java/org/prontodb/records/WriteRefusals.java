package org.prontodb.records;

import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;

/** The problems of writes that the store's state forbids. */
public final class WriteRefusals {
  private WriteRefusals() {}

  /** One namespace more than there may be. */
  public static ProntoException tooManyNamespaces(int limit) {
    return Problem.of(
            Kind.CONFLICT,
            "more than " + limit + " namespaces in one database",
            "put what tells records apart into the key, drop some namespaces, use another database,"
                + " or raise max_namespaces in pronto.conf")
        .asException();
  }
}
