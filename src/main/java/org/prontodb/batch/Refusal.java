package org.prontodb.batch;

import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/** What a load is refused for, while it is read and again when it is applied. */
final class Refusal {
  private Refusal() {}

  /** An expiry for a namespace whose records do not expire. */
  static ProntoException notACache(Namespace namespace) {
    return Problem.of(
            Kind.NOT_A_CACHE,
            "an expiry for " + namespace + ", which is not a cache",
            "make it one first: prontodb admin create-cache " + namespace + " 'timeout=SECONDS'")
        .asException();
  }

  /** A cache where plain data is. */
  static ProntoException plainAlready(Namespace namespace) {
    return Problem.of(
            Kind.CONFLICT,
            namespace + " holds plain data and can not become a cache",
            "load into another namespace, or drop this one: prontodb admin drop-ns "
                + Text.shellWord(namespace.toString()))
        .asException();
  }

  /** Records that were to expire, for a namespace in which they would not. */
  static ProntoException noCacheAnyMore(Namespace namespace) {
    return Problem.of(
            Kind.CONFLICT,
            namespace + " was a cache when this was read, and is none any more",
            "make it again and load again: prontodb admin create-cache "
                + Text.shellWord(namespace.toString())
                + " 'timeout=SECONDS'")
        .asException();
  }

  /** A directive about a namespace as a whole that comes too late. */
  static ProntoException behindRecords(String directive, Namespace namespace) {
    return refused(
        directive + " behind records of " + namespace, "write it right behind meta:path");
  }

  /** Anything else that is wrong with what a statement says. */
  static ProntoException refused(String message, String hint) {
    return Problem.of(Kind.CONTENT, message, hint).asException();
  }
}
