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
    Object reason = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
    String detail =
        status < 500 && reason instanceof String said ? said : HttpStatus.getMessage(status);
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
}
