package org.prontodb.server;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;

/**
 * Tells of each request once it is over. Of the URI only the path: a query may hold what somebody
 * put there by mistake. Of the headers nothing.
 */
final class AccessLog implements RequestLog {
  private final ServerLog log;
  private final Metrics metrics;

  /**
   * @param log null to write none
   */
  AccessLog(ServerLog log, Metrics metrics) {
    this.log = log;
    this.metrics = metrics;
  }

  @Override
  public void log(Request request, Response response) {
    double seconds = (System.nanoTime() - request.getBeginNanoTime()) / 1e9;
    String route = request.getAttribute(Exchange.ROUTE) instanceof String known ? known : "refused";
    long received = Request.getContentBytesRead(request);
    long sent = Response.getContentBytesWritten(response);
    metrics.answered(request.getMethod(), route, response.getStatus(), seconds, received, sent);
    if (log == null) {
      return;
    }
    // What the library could not make out has a method and a path that it made up.
    boolean isRead = response.getStatus() == 503 || request.getAttribute(Exchange.ID) != null;
    log.write(
        "request",
        json ->
            json.field("id", (String) request.getAttribute(Exchange.ID))
                .field("remote", Exchange.remote(request))
                .field("user", (String) request.getAttribute(Exchange.USER))
                .field("method", isRead ? request.getMethod() : null)
                .field("path", isRead ? request.getHttpURI().getPath() : null)
                .field("status", response.getStatus())
                .field("problem", (String) request.getAttribute(Exchange.PROBLEM))
                .field("received", received)
                .field("sent", sent)
                .seconds("seconds", seconds));
  }
}
