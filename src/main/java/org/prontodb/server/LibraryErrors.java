package org.prontodb.server;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;

/** Words what the HTTP library refuses by itself, which {@link Api} never sees, as we do. */
final class LibraryErrors implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    String id = request.getAttribute(Exchange.ID) instanceof String known ? known : "none";
    String detail = detail(status, request.getAttribute(ErrorHandler.ERROR_MESSAGE));
    Kind kind = status == 503 ? Kind.BUSY : status < 500 ? Kind.USAGE : Kind.FAILED;
    request.setAttribute(Exchange.PROBLEM, detail);
    byte[] body = ProblemJson.of(status, Problem.of(kind, detail), id);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemJson.TYPE);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    if (status == 503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "5");
    }
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  private static String detail(int status, Object reason) {
    String title = HttpStatus.getMessage(status);
    boolean isReason = reason instanceof String && !reason.equals(title);
    return switch (status) {
      case 400 -> "the request is malformed" + (isReason ? ": " + reason : "");
      case 414, 431 -> "the head of the request has more than 16 KB";
      case 503 -> "the server is stopping, or has too much to do";
      default -> status < 500 && isReason ? reason.toString() : title;
    };
  }
}
