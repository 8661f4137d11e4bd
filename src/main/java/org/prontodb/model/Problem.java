package org.prontodb.model;

import java.util.Optional;

/**
 * Something that went wrong, told to the person who must act: what is wrong, where, and what to
 * write instead. Every failure inside ProntoDB leaves its package as one of these, is carried by a
 * {@link ProntoException} or collected in a report, and is printed once, at the top.
 *
 * @param kind what sort of failure, which alone decides the exit code
 * @param message what is wrong: a sentence in lower case without a full stop, which quotes the
 *     user's own text and never holds a secret
 * @param hint what to do instead, in the same style, or null
 * @param position where in the input, or null if the failure has no place in one
 * @param source the line around that place, fit to be shown, or null
 */
public record Problem(
    Kind kind, String message, String hint, Position position, SourceLine source) {

  /** The sorts of failure. The exit codes stand in section 10 of docs/cli.md. */
  public enum Kind {
    /** Anything that has no code of its own, an I/O error for one. */
    FAILED,
    /** Some namespaces of a load were committed and others were not. */
    PARTIAL,
    /** What is asked for does not go with what a namespace, or the database, is. */
    CONFLICT,
    /** The key, namespace or database is not there, or the record has expired. */
    NOT_FOUND,
    /** An expiry was given for a namespace that is not a cache. */
    NOT_A_CACHE,
    /** A precondition did not hold. */
    PRECONDITION,
    /** The command line cannot be understood: an option, or the form of an address. */
    USAGE,
    /** The content of a stream, a TSV file, a JSON or base64 value is wrong. */
    CONTENT,
    /** Another process holds the write lock; nothing was done and trying again may succeed. */
    BUSY,
    /** Not authenticated, or not allowed. */
    DENIED
  }

  public static Problem of(Kind kind, String message) {
    return new Problem(kind, message, null, null, null);
  }

  public static Problem of(Kind kind, String message, String hint) {
    return new Problem(kind, message, hint, null, null);
  }

  public Problem at(Position position, SourceLine source) {
    return new Problem(kind, message, hint, position, source);
  }

  public Optional<String> advice() {
    return Optional.ofNullable(hint);
  }

  public ProntoException asException() {
    return new ProntoException(this);
  }
}
