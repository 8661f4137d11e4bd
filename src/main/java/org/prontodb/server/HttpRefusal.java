package org.prontodb.server;

import java.util.Map;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;

/** An answer other than the one that was asked for: a status of HTTP and the problem behind it. */
final class HttpRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Problem problem;
  private final transient Problem shown;
  private final transient Map<String, String> headers;

  HttpRefusal(int status, Problem problem, Map<String, String> headers) {
    this(status, problem, problem, headers);
  }

  /**
   * @param problem for the log
   * @param shown for the asker
   */
  HttpRefusal(int status, Problem problem, Problem shown, Map<String, String> headers) {
    super(problem.message(), null, false, false);
    this.status = status;
    this.problem = problem;
    this.shown = shown;
    this.headers = headers;
  }

  HttpRefusal(int status, Kind kind, String message, String hint) {
    this(status, Problem.of(kind, message, hint), Map.of());
  }

  static HttpRefusal badRequest(String message, String hint) {
    return new HttpRefusal(400, Kind.USAGE, message, hint);
  }

  /**
   * @param seconds when it is worth trying again
   */
  static HttpRefusal later(int status, Kind kind, String message, long seconds) {
    return new HttpRefusal(
        status, Problem.of(kind, message), Map.of("Retry-After", Long.toString(seconds)));
  }

  int status() {
    return status;
  }

  Problem problem() {
    return problem;
  }

  /** What of the problem the asker is to know. */
  Problem shown() {
    return shown;
  }

  /** What the answer's head is to say besides. */
  Map<String, String> headers() {
    return headers;
  }
}
