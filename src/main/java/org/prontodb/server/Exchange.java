package org.prontodb.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.thread.Scheduler;
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
  private static final long DRAIN_NANOS = 5_000_000_000L;
  private static final long DRAIN_BYTES = 64 << 20;
  private static final int DRAIN_BUFFER = 16 << 10;
  private static final int SLICE = 128 << 10;

  /** How long a large answer may take: so long, and what it takes at so many bytes a second. */
  private static final long SLOW_SECONDS = 30;

  private static final long LEAST_RATE = 64 << 10;

  private final Request request;
  private final Response response;

  Exchange(Request request, Response response, String id) {
    this.request = request;
    this.response = response;
    request.setAttribute(ID, id);
    // A browser that is led here is to make as little of an answer as can be.
    response
        .getHeaders()
        .put("X-Request-Id", id)
        .put("X-Content-Type-Options", "nosniff")
        .put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
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

  /** Refuses every method but these. */
  void allow(String... methods) {
    if (!List.of(methods).contains(method())) {
      String allowed = String.join(", ", methods);
      throw new HttpRefusal(
          405,
          Problem.of(
              Kind.USAGE,
              "the method " + Text.visible(method()) + " means nothing here",
              "one of " + allowed),
          Map.of("Allow", allowed));
    }
  }

  boolean isHead() {
    return method().equals("HEAD");
  }

  /** What the query says; refuses what is not among {@code known}. */
  Map<String, String> parameters(String... known) {
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
  LimitedBody body(long most) {
    if (length() > most) {
      throw new HttpRefusal(413, Kind.USAGE, "the body has more than " + most + " bytes", null);
    }
    return new LimitedBody(Request.asInputStream(request), most);
  }

  void header(String name, String value) {
    response.getHeaders().put(name, value);
  }

  boolean isAnswered() {
    return response.isCommitted();
  }

  /**
   * Reads on for a while what nobody wants to know. Most clients look for an answer only when they
   * have sent everything, and lose it if the connection is closed under them.
   */
  private void drain() {
    if (request.getHeaders().contains(HttpHeader.EXPECT)) {
      return;
    }
    long end = System.nanoTime() + DRAIN_NANOS;
    byte[] buffer = new byte[DRAIN_BUFFER];
    long left = DRAIN_BYTES;
    try (InputStream rest = Request.asInputStream(request)) {
      int read = 0;
      while (read >= 0 && left > 0 && System.nanoTime() < end) {
        read = rest.read(buffer);
        left -= read;
      }
    } catch (IOException e) {
      // then the client has gone
      return;
    }
  }

  /** Answers without a body. */
  void answer(int status) throws IOException {
    answer(status, null, NOTHING);
  }

  /** Answers; HEAD is told all but the body. */
  void answer(int status, String type, byte[] body) throws IOException {
    if (status >= 400 && status != 408) {
      drain();
    }
    response.setStatus(status);
    if (type != null) {
      header("Content-Type", type);
    }
    if (status != 204 && status != 304) {
      header("Content-Length", Integer.toString(body.length));
    }
    write(isHead() ? NOTHING : body);
  }

  private void write(byte[] body) throws IOException {
    if (body.length <= SLICE) {
      Content.Sink.write(response, true, ByteBuffer.wrap(body));
      return;
    }
    // Who reads a byte now and then would hold on to the memory.
    long seconds = SLOW_SECONDS + body.length / LEAST_RATE;
    Scheduler.Task end =
        request
            .getComponents()
            .getScheduler()
            .schedule(
                request.getConnectionMetaData().getConnection().getEndPoint()::close,
                seconds,
                TimeUnit.SECONDS);
    try {
      writeSlices(body);
    } finally {
      end.cancel();
    }
  }

  /** What is written at once is copied outside of the heap at once. */
  private void writeSlices(byte[] body) throws IOException {
    int from = 0;
    while (body.length - from > SLICE) {
      Content.Sink.write(response, false, ByteBuffer.wrap(body, from, SLICE));
      from += SLICE;
    }
    Content.Sink.write(response, true, ByteBuffer.wrap(body, from, body.length - from));
  }
}
