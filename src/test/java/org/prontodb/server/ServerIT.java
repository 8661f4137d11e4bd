package org.prontodb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server started by the launcher, asked with curl and Python, and stopped with signals. */
class ServerIT {
  private static final String LAUNCHER =
      Path.of("target/prontodb/bin/prontodb").toAbsolutePath().toString();

  @TempDir Path home;
  private Process server;
  private BufferedReader log;

  @BeforeEach
  void makeADatabase() throws Exception {
    sh("printf 'correct horse' | prontodb admin 'user=admin;pass=-;'");
    sh(
        "prontodb admin apikey create admin | sed 's/.*/header = \"Authorization: Bearer &\"/' >"
            + " admin");
  }

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.destroyForcibly().waitFor();
    }
  }

  /** What the lines print; they find prontodb on the path. */
  private String sh(String lines) throws IOException, InterruptedException {
    ProcessBuilder builder = prepared("sh", "-c", lines).redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return printed;
  }

  private ProcessBuilder prepared(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().clear();
    String path = Path.of(LAUNCHER).getParent() + ":" + System.getenv("PATH");
    builder.environment().putAll(Map.of("HOME", home.toString(), "PATH", path));
    return builder;
  }

  /** Starts a server and answers where it says that it listens. */
  private String serve(String... options) throws IOException {
    ProcessBuilder builder = prepared(LAUNCHER, "serve");
    builder.command().addAll(List.of(options));
    server = builder.start();
    log =
        new BufferedReader(new InputStreamReader(server.getErrorStream(), StandardCharsets.UTF_8));
    String line = log.readLine();
    assertTrue(line.startsWith("listening at "), line);
    return line.substring("listening at ".length());
  }

  @Test
  void pythonsClientWritesAndReadsEveryByte() throws Exception {
    String url = serve("--listen", "127.0.0.1:0");
    Files.writeString(
        home.resolve("client.py"),
        """
        import http.client, re, sys, urllib.parse
        key = re.search('pronto_ak_[^"]*', open('admin').read()).group(0)
        connection = http.client.HTTPConnection(sys.argv[1])
        headers = {'Authorization': 'Bearer ' + key}
        def ask(method, path, body=None, **more):
            connection.request(method, path, body, headers | more)
            answer = connection.getresponse()
            return answer.status, answer.read()
        value = bytes(range(256)) * 1000
        path = '/v1/kb.files/' + urllib.parse.quote('a/b é;%', safe='')
        print(ask('PUT', path, value)[0], ask('GET', path) == (200, value))
        print(ask('PUT', path, iter([value, value]))[0], ask('GET', path) == (200, value * 2))
        print(ask('HEAD', path), ask('DELETE', path), ask('GET', path)[0])
        parts = (b'k%d=v;' % n for n in range(100000))
        print(ask('POST', '/v1/stream', iter([b'meta:path=kb.many;', *parts]))[0])
        print(ask('GET', '/v1/kb.many?limit=1'))
        """);
    assertEquals(
        """
        201 True
        204 True
        (200, b'') (204, b'') 404
        200
        (200, b'{"namespace":"kb.many","records":[{"k":"k0","v":"v"}],"next":"k0"}\\n')
        """,
        sh("python3 client.py " + url.substring("http://".length())));
  }

  @Test
  void itSpeaksTlsWithAPemCertificate() throws Exception {
    sh(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out"
            + " cert.pem -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost");
    String url = serve("--listen", "127.0.0.1:0", "--tls-cert", "cert.pem", "--tls-key", "key.pem");
    String port = url.substring(url.lastIndexOf(':') + 1);
    assertEquals(
        "{\"namespaces\":[]}\n",
        sh("curl -sS --cacert cert.pem -K admin https://localhost:" + port + "/v1"));
    assertTrue(
        sh("curl -sS --tls-max 1.1 --cacert cert.pem https://localhost:" + port + "/healthz")
            .contains("curl:"));
  }

  @Test
  void aSocketIsItsOwnersAloneAndReplacesADeadOne() throws Exception {
    Path socket = home.resolve("http.sock");
    assertEquals("unix:" + socket, serve("--unix", "http.sock"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
    String ask = "curl -sS --unix-socket http.sock -K admin http://localhost/v1";
    assertEquals("{\"namespaces\":[]}\n", sh(ask));
    assertTrue(sh("prontodb serve --unix http.sock").contains("in use by another server"));
    server.destroyForcibly().waitFor();
    assertTrue(Files.exists(socket), "a killed server leaves its socket");
    serve("--unix", "http.sock");
    assertEquals("{\"namespaces\":[]}\n", sh(ask));
    server.destroy();
    assertEquals(143, server.waitFor());
    assertFalse(Files.exists(socket));
    assertEquals("admin\n", sh("ls -A | grep -v '^.local$'"), "nothing else is left");
  }

  @Test
  void aServerThatStopsLeavesTheSocketOfItsSuccessorAlone() throws Exception {
    serve("--unix", "http.sock");
    Process first = server;
    Files.delete(home.resolve("http.sock"));
    serve("--unix", "http.sock");
    first.destroy();
    assertEquals(143, first.waitFor());
    assertEquals(
        "{\"namespaces\":[]}\n",
        sh("curl -sS --unix-socket http.sock -K admin http://localhost/v1"));
  }

  @Test
  void aSocketWhoseSuccessorWaitsIsFreeBeforeItsServerHasStopped() throws Exception {
    serve("--unix", "http.sock");
    Process first = server;
    try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      client.connect(UnixDomainSocketAddress.of(home.resolve("http.sock")));
      String key =
          Files.readString(home.resolve("admin")).replaceAll("(?s).*Bearer (.*)\".*", "$1");
      String head =
          "POST /v1/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
              + key
              + "\r\nContent-Length: 20\r\n\r\nmeta:path=";
      client.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
      String running = "curl -s --unix-socket http.sock -K admin http://localhost/metrics";
      while (!sh(running).contains("prontodb_http_requests_running 2.0")) {
        Thread.onSpinWait();
      }
      first.destroy();
      while (Files.exists(home.resolve("http.sock"))) {
        Thread.onSpinWait();
      }
      serve("--unix", "http.sock");
      client.write(ByteBuffer.wrap("kb.r; a=1;".getBytes(StandardCharsets.US_ASCII)));
      assertEquals(143, first.waitFor());
    }
    assertEquals("1", sh("curl -sS --unix-socket http.sock -K admin http://localhost/v1/kb.r/a"));
  }

  @Test
  void aSocketThatNobodyCanConnectToIsRefused() throws Exception {
    Path folder = Files.createDirectories(home.resolve("f".repeat(90 - home.toString().length())));
    String fits = folder.resolve("s").toString();
    fits += "s".repeat(107 - fits.length());
    serve("--unix", fits);
    assertEquals(
        "{\"namespaces\":[]}\n",
        sh("curl -sS --unix-socket " + fits + " -K admin http://localhost/v1"));
    assertTrue(sh("prontodb serve --unix " + fits + "s").contains("108 bytes"));
  }

  @Test
  void aSecondServerOnTheSamePortIsRefused() throws Exception {
    String url = serve("--listen", "127.0.0.1:0");
    String address = url.substring("http://".length());
    assertTrue(sh("prontodb serve --listen " + address).contains("can not listen at " + address));
  }

  @Test
  void itStopsWhenToldAndDoesNotApplyHalfALoad() throws Exception {
    String url = serve("--listen", "127.0.0.1:0");
    int port = Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
    String key = Files.readString(home.resolve("admin")).replaceAll("(?s).*Bearer (.*)\".*", "$1");
    try (Socket socket = new Socket("127.0.0.1", port)) {
      OutputStream out = socket.getOutputStream();
      String head =
          "POST /v1/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
              + key
              + "\r\nContent-Length: 34\r\n\r\n";
      out.write((head + "meta:path=kb.r; a=1; ").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      // Its number in the log shows that the one before it has begun.
      sh("curl -s " + url + "/healthz");
      server.destroy();
      while (isListening(port)) {
        Thread.onSpinWait();
      }
      out.write("b=2; c=3; d=4".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.startsWith("HTTP/1.1 400"), "what runs is finished: " + answer);
    }
    assertEquals(143, server.waitFor());
    assertTrue(sh("prontodb get kb.r.a").contains("not found"));
  }

  private static boolean isListening(int port) {
    try (Socket _ = new Socket("127.0.0.1", port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
