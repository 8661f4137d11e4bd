package org.prontodb.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Clients that send or read a byte now and then, on raw sockets: each is answered at once where the
 * answer is known, and none keeps its connection. The deadlines are fractions of a second here.
 */
@Timeout(60)
class SlowClientsTest {
  private static final Deadlines SHORT =
      new Deadlines(
          TimeUnit.MILLISECONDS.toNanos(200),
          TimeUnit.MILLISECONDS.toNanos(100),
          TimeUnit.MILLISECONDS.toNanos(300),
          1 << 30);
  private static final String CHUNKED =
      " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n";

  @TempDir Path folder;
  private RunningServer server;

  @BeforeEach
  void start() {
    server = new RunningServer(folder, 64 << 20, SHORT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Socket send(String bytes) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    socket.setSoTimeout(10);
    return socket;
  }

  private String authorization() {
    return "Authorization: Bearer " + server.adminKey() + "\r\n";
  }

  /** Sends {@code drop} again and again until the server ends the connection; answers what came. */
  private static String trickle(Socket socket, String drop) throws IOException {
    StringBuilder answer = new StringBuilder();
    byte[] bytes = new byte[4096];
    while (!Thread.currentThread().isInterrupted()) {
      try {
        // The end of what the server sends is not yet the end of the connection.
        int read = socket.getInputStream().read(bytes);
        answer.append(new String(bytes, 0, Math.max(0, read), ISO_8859_1));
        socket.getOutputStream().write(drop.getBytes(ISO_8859_1));
      } catch (SocketTimeoutException e) {
        socket.getOutputStream().write(drop.getBytes(ISO_8859_1));
      } catch (IOException e) {
        return answer.toString();
      }
    }
    throw new IOException("the connection was kept behind: " + answer);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1, '5;', x",
    "PUT, /v1/kb.r/a, '5;', x",
    "PUT, /v1/kb.r/a, '0\r\nA: ', x",
    "PUT, /v1/kb.r/a, '1\r\na\r\n0\r\nA: ', x",
    "POST, /v1/stream, '5;a=', x",
    "POST, /v1/stream, '0\r\nA: ', x",
    "PUT, /v1/kb.r/a, '', '1\r\na\r\n'",
    "POST, /, '000', 0",
  })
  void whoDoesNotSayWhoAsksIsAnsweredAtOnceAndNotKept(
      String method, String path, String begin, String drop) throws Exception {
    try (Socket socket = send(method + " " + path + CHUNKED + "\r\n" + begin)) {
      String answer = trickle(socket, drop);
      assertTrue(answer.startsWith("HTTP/1.1 401"), answer);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /v1/kb.r/a, '5;', x",
    "PUT, /v1/kb.r/a, '1\r\na\r\n5;', x",
    "PUT, /v1/kb.r/a, '0\r\nA: ', x",
    "POST, /v1/stream, '5;a=', x",
    "POST, /v1/stream, '5\r\nmeta:\r\n0\r\nA: ', x",
    "POST, /v1/stream?check=true, '5;', x",
    "POST, /v1/stream?ns=kb.r, '5;', x",
  })
  void framingIsNoProgressOfABody(String method, String path, String begin, String drop)
      throws Exception {
    try (Socket socket = send(method + " " + path + CHUNKED + authorization() + "\r\n" + begin)) {
      String answer = trickle(socket, drop);
      assertTrue(answer.startsWith("HTTP/1.1 408"), answer);
    }
    assertEquals(404, server.get("/v1/kb.r").statusCode());
  }

  @ParameterizedTest
  @CsvSource({"GET, /v1", "GET, /healthz", "DELETE, /v1/kb.r/a"})
  void aBodyThatNobodyReadsKeepsNoConnection(String method, String path) throws Exception {
    try (Socket socket = send(method + " " + path + CHUNKED + authorization() + "\r\n5;")) {
      String answer = trickle(socket, "x");
      assertTrue(answer.contains("Connection: close"), answer);
    }
  }

  @Test
  void whoWaitsForLeaveToSendIsNotWaitedFor() throws Exception {
    String expect = "Expect: 100-continue\r\n";
    try (Socket socket = send("PUT /v1/kb.r/a" + CHUNKED + expect + "\r\n")) {
      socket.setSoTimeout(0);
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      assertTrue(answer.startsWith("HTTP/1.1 401"), answer);
    }
    try (Socket socket = send("PUT /v1/kb.r/a" + CHUNKED + expect + authorization() + "\r\n")) {
      String answer = trickle(socket, "5;");
      assertTrue(answer.startsWith("HTTP/1.1 100") && answer.contains("HTTP/1.1 408"), answer);
    }
  }

  /** With the usual deadlines: the test would take half a minute if the answer came last. */
  @Test
  @Timeout(20)
  void aCodedBodyIsRefusedBeforeItHasCome() throws Exception {
    server.close();
    server = new RunningServer(folder);
    String coding = " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n";
    try (Socket socket = send("PUT /v1/kb.r/a" + coding + authorization() + "\r\n")) {
      socket.setSoTimeout(0);
      byte[] status = socket.getInputStream().readNBytes(12);
      assertEquals("HTTP/1.1 501", new String(status, ISO_8859_1));
    }
  }

  @Test
  void whoSendsAllBeforeReadingStillGetsTheAnswer() throws Exception {
    byte[] value = new byte[12 << 20];
    assertEquals(
        403,
        server
            .send(
                server
                    .requestOf(server.keyOf("eve"), "/v1/kb.r/a")
                    .PUT(BodyPublishers.ofByteArray(value)))
            .statusCode());
  }

  @Test
  void loadsThatDoNotComeHoldNoSlot() throws Exception {
    server.close();
    server = new RunningServer(folder);
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 2 * LoadSlots.AT_ONCE; i++) {
        slow.add(send("POST /v1/stream" + CHUNKED + authorization() + "\r\n5;"));
      }
      assertEquals(
          200, server.post("/v1/stream", MediaTypes.STREAM, "meta:path=kb.r; a=1;").statusCode());
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void oneUserDoesNotHoldAllSlots() throws Exception {
    server.close();
    server = new RunningServer(folder);
    String first = "meta:path=kb.r; a=" + "x".repeat(32 << 10);
    List<Socket> begun = new ArrayList<>();
    try {
      for (int i = 0; i < 2 * LoadSlots.AT_ONCE; i++) {
        String chunk = Integer.toHexString(first.length()) + "\r\n" + first + "\r\n5;";
        begun.add(send("POST /v1/stream" + CHUNKED + authorization() + "\r\n" + chunk));
      }
      String sam = server.user("sam", org.prontodb.auth.Access.WRITE, "kb.*");
      assertEquals(
          200,
          server
              .send(
                  server
                      .requestOf(sam, "/v1/stream")
                      .POST(BodyPublishers.ofString("meta:path=kb.s; a=1;")))
              .statusCode());
    } finally {
      for (Socket socket : begun) {
        socket.close();
      }
    }
  }

  @Test
  void anAnswerThatIsNotReadIsGivenUp() throws Exception {
    byte[] value = new byte[RecordRoute.MAX_VALUE];
    assertEquals(
        201,
        server
            .send(server.request("/v1/kb.r/a").PUT(BodyPublishers.ofByteArray(value)))
            .statusCode());
    String get = "GET /v1/kb.r/a HTTP/1.1\r\nHost: localhost\r\n" + authorization() + "\r\n";
    try (Socket socket = send(get)) {
      while (!server.log.toString(ISO_8859_1).contains("\"path\":\"/v1/kb.r/a\",\"status\":200")) {
        Thread.onSpinWait();
      }
      socket.setSoTimeout(0);
      assertTrue(socket.getInputStream().readAllBytes().length < value.length);
    } catch (IOException e) {
      // The connection was reset, which is as good.
      assertTrue(e.getMessage().contains("reset"), e.getMessage());
    }
  }
}
