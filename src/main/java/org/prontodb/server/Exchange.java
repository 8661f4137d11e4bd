package org.prontodb.server;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.prontodb.model.Nearest;
import org.prontodb.model.Position;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Text;

/** A request and its answer. For the one thread that deals with it. */
final class Exchange {
  /** Attributes of a request that its line in the log tells. */
  static final String USER = "org.prontodb.user";

  static final String ROUTE = "org.prontodb.route";
  static final String ID = "org.prontodb.id";
  static final String PROBLEM = "org.prontodb.problem";

  private static final byte[] NOTHING = {};

  /** What is written at once is copied outside of the heap at once. */
  private static final int SLICE = 128 << 10;

  /** Lets a browser make as little of an answer as can be. */
  private static final String NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

  private final Request request;
  private final Response response;
  private final Deadlines deadlines;
  private RequestBody body;

  Exchange(Request request, Response response, String id, Deadlines deadlines) {
    this.request = request;
    this.response = response;
    this.deadlines = deadlines;
    request.setAttribute(ID, id);
    // Reading and writing have deadlines of their own; what else takes long is our own work.
    request.addIdleTimeoutListener(timeout -> false);
    response
        .getHeaders()
        .put("X-Request-Id", id)
        .put("X-Content-Type-Options", "nosniff")
        .put("Content-Security-Policy", NO_PAGE)
        .put("Cache-Control", "no-store");
  }

  String id() {
    return (String) request.getAttribute(ID);
  }

  void isFrom(String user) {
    request.setAttribute(USER, user);
  }

  /**
   * What the log is to say of why it was refused, or failed. What is wrong within a body is told to
   * its sender alone, for the words quote it.
   */
  void isFailedBy(Problem problem) {
    Position place = problem.position();
    request.setAttribute(
        PROBLEM,
        place == null
            ? problem.message()
            : "the body, at line " + place.line() + ", column " + place.column());
  }

  void isAbout(String route) {
    request.setAttribute(ROUTE, route);
  }

  String method() {
    return request.getMethod();
  }

  /** The path as it was sent, not decoded. */
  String path() {
    String path = request.getHttpURI().getPath();
    return path == null || !path.startsWith("/") ? "/" : path;
  }

  /** The name that the request says it is for, without the port. */
  String host() {
    return Request.getServerName(request);
  }

  /** Where the request came from: an address, or {@code unix}. */
  String remote() {
    return remote(request);
  }

  static String remote(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress()
            instanceof InetSocketAddress address
        ? address.getAddress().getHostAddress()
        : "unix";
  }

  /** The only header of this name, or null. */
  String header(String name) {
    List<String> values = request.getHeaders().getValuesList(name);
    if (values.size() > 1) {
      throw HttpRefusal.badRequest("the header " + name + " stands there more than once", null);
    }
    return values.isEmpty() ? null : values.getFirst();
  }

  /** All values of a header that may be a list, joined by commas; null if it is not there. */
  String list(String name) {
    List<String> values = request.getHeaders().getValuesList(name);
    return values.isEmpty() ? null : String.join(",", values);
  }

  /** Which of these the request asks for; HEAD is done as GET is. Refuses all other methods. */
  Operation choose(Operation... operations) {
    List<String> allowed = new ArrayList<>();
    for (Operation operation : operations) {
      boolean isGet = operation.method().equals("GET");
      if (operation.method().equals(method()) || (isGet && isHead())) {
        return operation;
      }
      allowed.add(operation.method());
      if (isGet) {
        allowed.add("HEAD");
      }
    }
    String methods = String.join(", ", allowed);
    throw new HttpRefusal(
        405,
        Problem.of(
            Kind.USAGE,
            "the method " + Text.visible(method()) + " means nothing here",
            "one of " + methods),
        Map.of("Allow", methods));
  }

  boolean isHead() {
    return method().equals("HEAD");
  }

  /** What the query says; refuses what is no parameter of the operation. */
  Map<String, String> parameters(Operation operation) {
    return parameters(operation.queryNames());
  }

  private Map<String, String> parameters(String... known) {
    Map<String, String> parameters = new HashMap<>();
    String query = request.getHttpURI().getQuery();
    if (query == null || query.isEmpty()) {
      return parameters;
    }
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      String name = Percent.decode(equals < 0 ? pair : pair.substring(0, equals), true);
      String value = equals < 0 ? "" : Percent.decode(pair.substring(equals + 1), true);
      if (!List.of(known).contains(name)) {
        // Its value may be a secret that somebody put into the wrong place, and so may its name,
        // which stands in the hint because the log has only the message.
        throw HttpRefusal.badRequest(
            "an unknown parameter",
            "\""
                + Text.visible(name)
                + "\" is none; "
                + Nearest.to(name, List.of(known))
                    .map(nearest -> "did you mean " + nearest + "?")
                    .orElse(
                        known.length == 0
                            ? "there are none here"
                            : "there are " + String.join(", ", known)));
      }
      if (parameters.put(name, value) != null) {
        throw HttpRefusal.badRequest("the parameter " + name + " stands there twice", null);
      }
    }
    return parameters;
  }

  /** The length that the request's head tells, or -1 if it is sent in chunks. */
  long length() {
    return request.getLength();
  }

  /** Refuses a request of which nobody could tell whether its body is whole. */
  void requireBody() {
    HttpFields headers = request.getHeaders();
    String coding = list("Transfer-Encoding");
    if (coding != null && !coding.equalsIgnoreCase("chunked")) {
      throw new HttpRefusal(
          501, Kind.USAGE, "the body is coded: Transfer-Encoding", "send it chunked and as it is");
    }
    if (coding == null && !headers.contains(HttpHeader.CONTENT_LENGTH)) {
      throw new HttpRefusal(
          411,
          Kind.USAGE,
          "the request has no body",
          "send one, be it empty: with Content-Length, or in chunks");
    }
    String encoding = header("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new HttpRefusal(
          415, Kind.USAGE, "the body is compressed: Content-Encoding", "send it as it is");
    }
  }

  /** The body as it comes in: who reads slowly makes the sender wait. */
  RequestBody body(long most) {
    if (length() > most) {
      throw new HttpRefusal(413, Kind.USAGE, "the body has more than " + most + " bytes", null);
    }
    body = new RequestBody(request, most, deadlines.body());
    return body;
  }

  void header(String name, String value) {
    response.getHeaders().put(name, value);
  }

  boolean isAnswered() {
    return response.isCommitted();
  }

  /** Answers without a body. */
  void answer(int status) throws IOException {
    answer(status, null, NOTHING);
  }

  /** Answers; HEAD is told all but the body. What was not read of the request is read then. */
  void answer(int status, String type, byte[] content) throws IOException {
    if (body == null) {
      body = new RequestBody(request, 0, deadlines.body());
    }
    boolean consumed = body.isConsumed();
    if (!consumed) {
      header("Connection", "close");
    }
    response.setStatus(status);
    if (type != null) {
      header("Content-Type", type);
    }
    if (status != 204 && status != 304) {
      header("Content-Length", Integer.toString(content.length));
    }
    write(isHead() ? NOTHING : content);
    // Who asked whether to send a body does not send it now; who was too slow is not waited for.
    if (!consumed && status != 408 && !request.getHeaders().contains(HttpHeader.EXPECT)) {
      body.discard(deadlines.discard());
    }
  }

  private void write(byte[] content) throws IOException {
    long end =
        System.nanoTime()
            + deadlines.answer()
            + TimeUnit.SECONDS.toNanos(content.length / deadlines.answerRate());
    int from = 0;
    while (content.length - from > SLICE) {
      write(false, ByteBuffer.wrap(content, from, SLICE), end);
      from += SLICE;
    }
    write(true, ByteBuffer.wrap(content, from, content.length - from), end);
  }

  /** Who reads a byte now and then would hold on to the connection, and to the memory. */
  private void write(boolean last, ByteBuffer slice, long end) throws IOException {
    Callback.Completable written = new Callback.Completable(InvocationType.NON_BLOCKING);
    response.write(last, slice, written);
    try {
      written.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      request.getConnectionMetaData().getConnection().getEndPoint().close();
      throw new IOException("the answer was read too slowly", e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
