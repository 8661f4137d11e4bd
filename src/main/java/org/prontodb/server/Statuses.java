package org.prontodb.server;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;

/** What a failure is in the words of HTTP. */
final class Statuses {
  /** All that is told of what went wrong inside. */
  static final Problem DEFECT =
      Problem.of(Kind.FAILED, "the request failed inside the server; its log says why");

  private Statuses() {}

  /** The status for a problem that says nothing about HTTP itself. */
  static int of(Problem problem) {
    return switch (problem.kind()) {
      case USAGE, CONTENT -> 400;
      case DENIED -> 403;
      case NOT_FOUND -> 404;
      case NOT_A_CACHE, CONFLICT -> 409;
      case PRECONDITION -> 412;
      case BUSY -> 503;
      case FAILED, PARTIAL -> 500;
    };
  }

  /** The refusal that a failure amounts to, or null if it is a defect. */
  static HttpRefusal refusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case HttpRefusal refusal -> {
          return refusal;
        }
        case RequestBody.TooLarge e -> {
          return new HttpRefusal(
              413, Kind.USAGE, e.getMessage(), "send less at a time, or raise --max-body");
        }
        case RequestBody.TooSlow e -> {
          return new HttpRefusal(408, Kind.USAGE, e.getMessage(), null);
        }
        case TimeoutException _ -> {
          return new HttpRefusal(408, Kind.USAGE, "the rest of the body did not come", null);
        }
        case OutOfMemoryError _ -> {
          return HttpRefusal.later(503, Kind.BUSY, "there is not enough memory for this now", 5);
        }
        default -> {}
      }
    }
    return switch (failure) {
      case ProntoException e ->
          new HttpRefusal(
              of(e.problem()),
              e.problem(),
              shown(e.problem()),
              e.problem().kind() == Kind.BUSY ? Map.of("Retry-After", "1") : Map.of());
      case IOException e -> cutOff();
      default -> null;
    };
  }

  private static HttpRefusal cutOff() {
    return new HttpRefusal(
        400, Kind.CONTENT, "the body ended before it was whole", "nothing was changed");
  }

  /** What goes over the wire of a problem: no names of files, nothing of how we are made. */
  static Problem shown(Problem problem) {
    return switch (problem.kind()) {
      case FAILED -> DEFECT;
      case BUSY ->
          Problem.of(
              Kind.BUSY, "the database is busy; nothing was done", "try again after Retry-After");
      case NOT_FOUND -> Problem.of(Kind.NOT_FOUND, problem.message());
      default -> problem;
    };
  }
}
