package org.prontodb.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is cut off for being slow, with TLS and without; the clock is turned by hand. */
@Timeout(60)
class OpenConnectionsTest {
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final long ELEVEN_SECONDS = 11_000_000_000L;

  @TempDir Path folder;
  private final AtomicLong clock = new AtomicLong();
  private final Server server = new Server();
  private final OpenConnections connections =
      new OpenConnections(server.getScheduler(), clock::get);
  private ServerConnector connector;

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private Socket connect(boolean tls) throws Exception {
    HttpConnectionFactory plain = new HttpConnectionFactory(new HttpConfiguration());
    ConnectionFactory[] factories =
        tls
            ? new ConnectionFactory[] {
              new SslConnectionFactory(certificate(), plain.getProtocol()), plain
            }
            : new ConnectionFactory[] {plain};
    connector = new ServerConnector(server, 1, 1, factories);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.addBeanToAllConnectors(connections);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            response.getHeaders().put("Content-Length", "2");
            response.write(true, ByteBuffer.wrap("ok".getBytes(US_ASCII)), callback);
            return true;
          }
        });
    server.start();
    int port = connector.getLocalPort();
    return tls
        ? trusting().getSocketFactory().createSocket("127.0.0.1", port)
        : new Socket("127.0.0.1", port);
  }

  private org.eclipse.jetty.util.ssl.SslContextFactory.Server certificate() throws Exception {
    Path certificate = folder.resolve("c.pem");
    Path key = folder.resolve("k.pem");
    Process openssl =
        new ProcessBuilder(
                ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
                        + " -subj /CN=localhost -keyout "
                        + key
                        + " -out "
                        + certificate)
                    .split(" "))
            .redirectErrorStream(true)
            .start();
    openssl.getInputStream().readAllBytes();
    assertTrue(openssl.waitFor(30, TimeUnit.SECONDS) && openssl.exitValue() == 0);
    return Tls.of(certificate, key);
  }

  /** A client that takes any certificate: who the server is, is not what is shown here. */
  private static SSLContext trusting() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Trusting()}, null);
    return context;
  }

  private static final class Trusting extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static void ask(Socket socket) throws IOException {
    socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().endsWith("\r\n\r\nok")) {
      int read = socket.getInputStream().read();
      assertTrue(read >= 0, "the connection was ended behind: " + answer);
      answer.append((char) read);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConnectionOnWhichRequestsAreAnsweredIsKept(boolean tls) throws Exception {
    try (Socket socket = connect(tls)) {
      for (int i = 0; i < 3; i++) {
        ask(socket);
        connections.endWhatIsToEnd();
        clock.addAndGet(ELEVEN_SECONDS);
        ask(socket);
        connections.endWhatIsToEnd();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHeadThatDoesNotComeToItsEndIsGivenUp(boolean tls) throws Exception {
    try (Socket socket = connect(tls)) {
      ask(socket);
      socket.getOutputStream().write(REQUEST.substring(0, 20).getBytes(US_ASCII));
      socket.setSoTimeout(5);
      assertEquals(-1, readUntilCutOff(socket));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void soIsWhatComesBeforeTheFirstHead(boolean tls) throws Exception {
    try (Socket _ = connect(tls);
        Socket socket = new Socket("127.0.0.1", connector.getLocalPort())) {
      // The beginning of a request, or of what TLS has a client say first.
      socket.getOutputStream().write(tls ? new byte[] {0x16, 3, 1} : new byte[] {'G', 'E'});
      socket.setSoTimeout(5);
      assertEquals(-1, readUntilCutOff(socket));
    }
  }

  private int readUntilCutOff(Socket socket) throws IOException {
    while (true) {
      clock.addAndGet(ELEVEN_SECONDS);
      connections.endWhatIsToEnd();
      try {
        return socket.getInputStream().read();
      } catch (SocketTimeoutException e) {
        continue;
      }
    }
  }
}
