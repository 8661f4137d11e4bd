package org.prontodb.server;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.prontodb.app.ProntoDb;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/** A database over HTTP: listens, and stops without losing what it has begun. */
public final class HttpServer implements AutoCloseable {
  /** How long what runs may go on after the server is told to stop. */
  private static final long STOP_MILLIS = 20_000;

  private static final int IDLE_MILLIS = 30_000;
  private static final int HEADER_BYTES = 16 << 10;
  private static final int MAX_CONNECTIONS = 1000;
  private static final int ACCEPT_QUEUE = 256;

  private final ProntoDb database;
  private final ServerSettings settings;
  private final Deadlines deadlines;
  private final ServerLog log;
  private Server server;
  private UnixSocket socket;

  /**
   * @param log where its log goes: a JSON object a line
   */
  public HttpServer(ProntoDb database, ServerSettings settings, OutputStream log) {
    this(database, settings, Deadlines.USUAL, log);
  }

  HttpServer(ProntoDb database, ServerSettings settings, Deadlines deadlines, OutputStream log) {
    this.database = database;
    this.settings = settings;
    this.deadlines = deadlines;
    this.log = new ServerLog(log);
  }

  /**
   * Begins to listen, and answers where.
   *
   * @throws ProntoException if it would not be safe, or the address is not to be had
   */
  public String start() {
    InetAddress address = settings.unix() == null ? address() : null;
    checkSafety(address);
    // More than processors, since a thread inside SQLite does not give its own up.
    System.setProperty(
        "jdk.virtualThreadScheduler.parallelism",
        Integer.toString(Math.max(4, Runtime.getRuntime().availableProcessors())));
    JettyLog.to(log);
    server = new Server(threads());
    AbstractConnector connector = address == null ? unix() : tcp(address);
    connector.setIdleTimeout(IDLE_MILLIS);
    // Else a body that is on its way would be given up when the server is to stop.
    connector.setShutdownIdleTimeout(-1);
    server.addConnector(connector);
    server.addBeanToAllConnectors(new OpenConnections(server.getScheduler(), System::nanoTime));
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
    Metrics metrics = new Metrics();
    server.setHandler(new GracefulHandler(new Api(database, settings, deadlines, metrics, log)));
    server.setErrorHandler(new LibraryErrors());
    server.setRequestLog(new AccessLog(settings.accessLog() ? log : null, metrics));
    server.setStopTimeout(STOP_MILLIS);
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw unable(e);
    }
    if (socket != null) {
      socket.publish();
    }
    return where(connector);
  }

  private static QueuedThreadPool threads() {
    VirtualThreadPool virtual = new VirtualThreadPool(MAX_CONNECTIONS);
    virtual.setName("request");
    QueuedThreadPool threads = new QueuedThreadPool(16, 4);
    threads.setName("server");
    threads.setVirtualThreadsExecutor(virtual);
    return threads;
  }

  private InetAddress address() {
    try {
      return InetAddress.getByName(settings.host());
    } catch (UnknownHostException e) {
      throw new ProntoException(
          Problem.of(
              Kind.FAILED,
              "there is no address called \"" + Text.visible(settings.host()) + "\"",
              "give --listen an address of this machine, as in 127.0.0.1:7878"),
          e);
    }
  }

  /**
   * @param address null for a socket in the file system
   */
  private void checkSafety(InetAddress address) {
    if (database.accounts("server").hasDefaultPassword()) {
      throw Problem.of(
              Kind.FAILED,
              "admin still has the default password, which everybody knows",
              "set another: prontodb admin 'user=admin;pass=-;'")
          .asException();
    }
    if (address != null
        && !address.isLoopbackAddress()
        && !settings.isTls()
        && !settings.insecure()) {
      throw Problem.of(
              Kind.FAILED,
              settings.host()
                  + " is reached by other machines, and without TLS they would send"
                  + " passwords and keys in plain",
              "give --tls-cert and --tls-key, or --insecure where something else protects the way")
          .asException();
    }
  }

  private HttpConfiguration http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setIdleTimeout(IDLE_MILLIS);
    // A key may be anything, and its path is never taken for one of files.
    http.setUriCompliance(
        UriCompliance.DEFAULT.with(
            "PRONTODB",
            Violation.AMBIGUOUS_PATH_SEGMENT,
            Violation.AMBIGUOUS_EMPTY_SEGMENT,
            Violation.AMBIGUOUS_PATH_SEPARATOR,
            Violation.AMBIGUOUS_PATH_PARAMETER,
            Violation.AMBIGUOUS_PATH_ENCODING,
            Violation.SUSPICIOUS_PATH_CHARACTERS,
            Violation.ILLEGAL_PATH_CHARACTERS));
    return http;
  }

  private ConnectionFactory[] factories() {
    HttpConfiguration http = http();
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    if (!settings.isTls()) {
      return new ConnectionFactory[] {plain};
    }
    http.addCustomizer(new SecureRequestCustomizer(false));
    SslConnectionFactory tls =
        new SslConnectionFactory(
            Tls.of(settings.certificates(), settings.key()), plain.getProtocol());
    return new ConnectionFactory[] {tls, plain};
  }

  private AbstractConnector tcp(InetAddress address) {
    ServerConnector connector = new ServerConnector(server, 1, 1, factories());
    connector.setHost(address.getHostAddress());
    connector.setPort(settings.port());
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    return connector;
  }

  private AbstractConnector unix() {
    socket = UnixSocket.at(settings.unix());
    UnixDomainServerConnector connector = new UnixDomainServerConnector(server, 1, 1, factories());
    connector.setUnixDomainPath(socket.binding());
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    return connector;
  }

  private String where(AbstractConnector connector) {
    if (connector instanceof ServerConnector tcp) {
      String host = tcp.getHost().contains(":") ? settings.host() : tcp.getHost();
      return (settings.isTls() ? "https://" : "http://") + host + ":" + tcp.getLocalPort();
    }
    return "unix:" + settings.unix();
  }

  private ProntoException unable(Exception cause) {
    for (Throwable c = cause; c != null; c = c.getCause()) {
      if (c instanceof ProntoException e) {
        return e;
      }
    }
    String reason =
        cause.getCause() instanceof IOException io ? io.getMessage() : cause.getMessage();
    String place =
        settings.unix() == null
            ? settings.host() + ":" + settings.port()
            : settings.unix().toString();
    return new ProntoException(
        Problem.of(
            Kind.FAILED,
            "can not listen at "
                + Text.visible(place)
                + ": "
                + Text.visible(String.valueOf(reason)),
            "another server may be running there; --listen and --unix choose another place"),
        cause);
  }

  /**
   * Takes no more requests, lets those that run go on for a while, then ends them. What they have
   * not committed by then is not done.
   */
  @Override
  public void close() {
    if (socket != null) {
      socket.close();
    }
    try {
      if (server != null) {
        server.stop();
      }
    } catch (TimeoutException e) {
      log.failure(null, "requests that would not come to their end were given up", null);
    } catch (Exception e) {
      log.failure(null, "the server did not stop as it should", e);
    } finally {
      if (socket != null) {
        socket.removeFolder();
      }
    }
  }
}
