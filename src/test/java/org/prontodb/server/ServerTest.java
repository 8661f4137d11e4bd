package org.prontodb.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.prontodb.server.RunningServer.basic;
import static org.prontodb.server.RunningServer.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.prontodb.app.ProntoDb;
import org.prontodb.auth.Access;
import org.prontodb.config.Configuration;
import org.prontodb.config.DatabaseLocation;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Namespace;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Secret;
import org.prontodb.store.Transaction;

/** What a client sees of a server, over a real connection and a real database. */
class ServerTest {
  @TempDir Path folder;
  private RunningServer server;

  @BeforeEach
  void start() {
    server = new RunningServer(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse(null);
  }

  @Test
  void aValueComesBackByteForByte() throws Exception {
    byte[] value = new byte[100_000];
    IntStream.range(0, value.length).forEach(i -> value[i] = (byte) (i * 31));
    String path = "/v1/kb.files/a%2Fb%20%C3%A9%3B%25";
    HttpResponse<byte[]> created =
        server.send(server.request(path).PUT(BodyPublishers.ofByteArray(value)));
    assertEquals(201, created.statusCode());
    HttpResponse<byte[]> found = server.get(path);
    assertArrayEquals(value, found.body());
    assertEquals(header(created, "ETag"), header(found, "ETag"));
    assertArrayEquals(value, server.get("/kb.files/a/b%20%C3%A9%3B%25").body());
    HttpResponse<byte[]> chunked =
        server.send(
            server
                .request(path)
                .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(value))));
    assertEquals(204, chunked.statusCode());
    assertTrue(text(server.get("/v1/kb.files")).contains("\"k\":\"a/b é;%\""));
  }

  @Test
  void headTellsWhatGetWould() throws Exception {
    server.put("/v1/kb.r/pasta", "al dente");
    HttpResponse<byte[]> head = server.send(server.request("/v1/kb.r/pasta").HEAD());
    assertEquals(200, head.statusCode());
    assertEquals("8", header(head, "Content-Length"));
    assertEquals(0, head.body().length);
  }

  @Test
  void aRecordThatIsDeletedIsGone() throws Exception {
    server.put("/v1/kb.r/pasta", "al dente");
    assertEquals(204, server.send(server.request("/v1/kb.r/pasta").DELETE()).statusCode());
    assertEquals(404, server.send(server.request("/v1/kb.r/pasta").DELETE()).statusCode());
    assertEquals(404, server.get("/v1/kb.r/pasta").statusCode());
    assertEquals(404, server.get("/v1/kb.none/pasta").statusCode());
    assertEquals(404, server.get("/v1/kb.none").statusCode());
  }

  @Test
  void aContextIsPartOfTheKey() throws Exception {
    server.put("/v1/kb.r/pasta?context=it", "al dente");
    assertEquals("al dente", text(server.get("/v1/kb.r/pasta__it")));
    assertEquals(400, server.get("/v1/kb.r/pasta?context=a__b").statusCode());
  }

  @Test
  void changesCanBeMadeToDependOnWhatIsThere() throws Exception {
    String path = "/v1/kb.r/pasta";
    assertEquals(412, change(path, "If-Match", "*").statusCode());
    HttpResponse<byte[]> first = change(path, "If-None-Match", "*");
    assertEquals(201, first.statusCode());
    assertEquals(412, change(path, "If-None-Match", "*").statusCode());
    String tag = header(first, "ETag");
    assertEquals(204, change(path, "If-Match", "\"other\", " + tag).statusCode());
    assertEquals(412, change(path, "If-Match", "\"other\"").statusCode());
    assertEquals(412, change(path, "If-Match", "W/" + tag).statusCode());
    assertEquals(400, change(path, "If-Match", "other").statusCode());
    assertEquals(204, change(path, "If-Match", ", " + tag + ",,").statusCode());
    assertEquals(
        304, server.send(server.request(path).header("If-None-Match", "W/" + tag)).statusCode());
    assertEquals(
        412, server.send(server.request(path).header("If-Match", "\"other\"")).statusCode());
    assertEquals(
        412, server.send(server.request(path).header("If-Match", "\"x\"").DELETE()).statusCode());
    assertEquals(
        204, server.send(server.request(path).header("If-Match", tag).DELETE()).statusCode());
  }

  private HttpResponse<byte[]> change(String path, String header, String value) throws Exception {
    return server.send(
        server.request(path).header(header, value).PUT(BodyPublishers.ofString("al dente")));
  }

  @Test
  void ofManyWhoAddOneNoneIsLost() throws Exception {
    String path = "/v1/kb.r/count";
    server.put(path, "0");
    Callable<Integer> adding =
        () -> {
          while (true) {
            HttpResponse<byte[]> now = server.get(path);
            String next = Integer.toString(Integer.parseInt(text(now)) + 1);
            int status =
                server
                    .send(
                        server
                            .request(path)
                            .header("If-Match", header(now, "ETag"))
                            .PUT(BodyPublishers.ofString(next)))
                    .statusCode();
            if (status != 412 && status != 503) {
              return status;
            }
          }
        };
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> done :
          clients.invokeAll(IntStream.range(0, 50).mapToObj(i -> adding).toList())) {
        assertEquals(204, done.get());
      }
    }
    assertEquals("50", text(server.get(path)));
  }

  @Test
  void onlyACacheTakesATtl() throws Exception {
    assertEquals(409, server.put("/v1/kb.r/k?ttl=60", "v").statusCode());
    server
        .database
        .namespaces()
        .createCache(new Namespace("kb", "c"), new CacheSettings(60, 0, true));
    assertEquals(201, server.put("/v1/kb.c/k?ttl=3600", "v").statusCode());
    HttpResponse<byte[]> found = server.get("/v1/kb.c/k");
    assertTrue(header(found, "Pronto-Expires").endsWith("Z"));
    assertTrue(text(server.get("/v1/kb.c")).contains("\"ttl\":3"));
    for (String ttl : List.of("0", "-1", "1.5", "x", "", "99999999999999999999")) {
      assertEquals(400, server.put("/v1/kb.c/k?ttl=" + ttl, "v").statusCode(), ttl);
    }
  }

  @Test
  void aListComesInPages() throws Exception {
    load("meta:path=kb.r; a1=1; a2=2; a3=3; b=4;");
    HttpResponse<byte[]> page = server.get("/v1/kb.r?prefix=a&limit=2");
    assertEquals(
        "{\"namespace\":\"kb.r\",\"records\":[{\"k\":\"a1\",\"v\":\"1\"},{\"k\":\"a2\",\"v\":\"2\"}],\"next\":\"a2\"}\n",
        text(page));
    assertEquals("</v1/kb.r?prefix=a&limit=2&after=a2>; rel=\"next\"", header(page, "Link"));
    HttpResponse<byte[]> last = server.get("/v1/kb.r?prefix=a&limit=2&after=a2");
    assertTrue(text(last).endsWith("[{\"k\":\"a3\",\"v\":\"3\"}],\"next\":null}\n"));
    assertEquals(null, header(last, "Link"));
    assertTrue(text(server.get("/v1/kb.r?values=false&limit=1")).contains("[{\"k\":\"a1\"}]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/jsonl | {\"k\":\"a\",\"v\":\"1\"}\\n",
        "text/tab-separated-values | a\\tMQ==\\n",
        "text/csv;q=0.5, application/x-ndjson | {\"k\":\"a\",\"v\":\"1\"}\\n",
        "application/vnd.prontodb.stream | meta:path=kb.r;\\na=1;\\n",
        "text/html, */*;q=0.1 |"
            + " {\"namespace\":\"kb.r\",\"records\":[{\"k\":\"a\",\"v\":\"1\"}],\"next\":null}\\n",
      })
  void aListComesAsTheAskerWants(String accept, String expected) throws Exception {
    load("meta:path=kb.r; a=1;");
    HttpResponse<byte[]> list = server.send(server.request("/v1/kb.r").header("Accept", accept));
    assertEquals(200, list.statusCode());
    assertEquals(expected.replace("\\n", "\n").replace("\\t", "\t"), text(list));
  }

  @Test
  void bytesThatAFormCanNotSayAreNotMangled() throws Exception {
    byte[] bytes = {(byte) 0xff};
    server.send(server.request("/v1/kb.r/a").PUT(BodyPublishers.ofByteArray(bytes)));
    HttpResponse<byte[]> csv = server.send(server.request("/v1/kb.r").header("Accept", "text/csv"));
    assertEquals(406, csv.statusCode());
    assertTrue(text(csv).contains("accept application/json"), text(csv));
    HttpResponse<byte[]> tsv =
        server.send(server.request("/v1/kb.r").header("Accept", "text/tab-separated-values"));
    assertEquals("a\t/w==\n", text(tsv));
  }

  @Test
  void whatNobodyCanAnswerIsRefused() throws Exception {
    load("meta:path=kb.r; a=1;");
    assertEquals(
        406, server.send(server.request("/v1/kb.r").header("Accept", "image/png")).statusCode());
    assertEquals(415, server.post("/v1/stream", "application/xml", "<a/>").statusCode());
    assertEquals(
        415,
        server
            .send(
                server
                    .request("/v1/stream")
                    .header("Content-Encoding", "gzip")
                    .POST(BodyPublishers.ofString("x")))
            .statusCode());
    HttpResponse<byte[]> notAllowed =
        server.send(server.request("/v1/kb.r/a").POST(BodyPublishers.ofString("x")));
    assertEquals(405, notAllowed.statusCode());
    assertEquals("GET, HEAD, PUT, DELETE", header(notAllowed, "Allow"));
    assertEquals(404, server.get("/nothing/here").statusCode());
    assertEquals(400, server.get("/v1/kb.r?limt=1").statusCode());
    assertTrue(text(server.get("/v1/kb.r?limt=1")).contains("did you mean limit?"));
    assertEquals(400, server.get("/v1/kb.r?limit=0").statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%00", "%80", "%C2%85"})
  void aKeyThatNoneMayHaveIsRefused(String key) throws Exception {
    HttpResponse<byte[]> refused = server.put("/v1/kb.r/" + key, "v");
    assertEquals(400, refused.statusCode());
    assertEquals("application/problem+json", header(refused, "Content-Type"));
  }

  @Test
  void aKeyMayHoldTheDelimiter() throws Exception {
    assertEquals(201, server.put("/v1/reg.npm/socket.io", "4").statusCode());
    assertEquals("4", text(server.get("/v1/reg.npm/socket%2Eio")));
    assertEquals("4", text(server.get("/reg.npm/socket.io")));
    assertTrue(
        text(server.get("/v1/reg.npm?prefix=socket.&values=false")).contains("\"socket.io\""));
    assertEquals(201, server.put("/v1/reg.npm/socket?context=4.x", "4").statusCode());
    assertEquals("4", text(server.get("/v1/reg.npm/socket__4.x")));
  }

  @Test
  void bytesThatAreNoTextMakeNoKey() throws Exception {
    String authorization = "\r\nAuthorization: Bearer " + server.adminKey();
    String answer =
        raw("PUT /v1/kb.r/\u00e9 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0" + authorization);
    assertTrue(answer.startsWith("HTTP/1.1 400") && answer.contains("not UTF-8"), answer);
    assertEquals(201, server.put("/v1/kb.r/%EF%BF%BD", "v").statusCode());
  }

  @Test
  void whatTheLibraryRefusesIsSaidInASentence() throws Exception {
    assertTrue(raw("GET /v1/kb.r/a% HTTP/1.1\r\nHost: localhost").contains("malformed"));
    assertTrue(
        raw("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost").contains("16 KB"));
  }

  private HttpResponse<byte[]> load(String stream) throws Exception {
    return server.post("/v1/stream", MediaTypes.STREAM, stream);
  }

  @Test
  void aLoadIsAnsweredWithItsReceipt() throws Exception {
    HttpResponse<byte[]> receipt = load("meta:path=kb.r; a=1; b=2; meta:path=kb.s; c=3;");
    assertEquals(200, receipt.statusCode());
    assertTrue(text(receipt).contains("\"ok\":true"));
    assertTrue(
        text(receipt)
            .contains("{\"namespace\":\"kb.r\",\"committed\":true,\"puts\":2,\"deletes\":0}"));
    assertEquals("3", text(server.get("/v1/kb.s/c")));
    assertTrue(
        server.database.history().newest(1).getFirst().toString().contains("user=admin"),
        "the log names the sender");
  }

  @Test
  void aFaultIsToldWithItsPlaceAndNothingIsDone() throws Exception {
    HttpResponse<byte[]> refused = load("meta:path=kb.r; a=1;\nx y=1; b=2;");
    assertEquals(400, refused.statusCode());
    assertEquals("application/problem+json", header(refused, "Content-Type"));
    assertTrue(text(refused).contains("\"line\":2,\"column\":3,\"offset\":23"), text(refused));
    assertEquals(404, server.get("/v1/kb.r").statusCode());
  }

  @Test
  void eachDialectIsTakenByItsType() throws Exception {
    assertEquals(
        200,
        server.post("/v1/stream?ns=kb.t", "text/tab-separated-values", "a\tMQ==\n").statusCode());
    assertEquals("1", text(server.get("/v1/kb.t/a")));
    String csv = "key,value\na,al dente\n";
    assertEquals(
        200,
        server.post("/v1/stream?ns=kb.c&plain=true", "text/csv; header=present", csv).statusCode());
    assertEquals("al dente", text(server.get("/v1/kb.c/a")));
    String jsonl = "{\"k\":\"a\",\"v\":\"1\",\"ns\":\"kb.j\"}\n";
    assertEquals(200, server.post("/v1/stream", "application/jsonl", jsonl).statusCode());
    assertEquals("1", text(server.get("/v1/kb.j/a")));
    assertEquals(400, server.post("/v1/stream", "text/csv", "a,b\n").statusCode());
  }

  @Test
  void aTableThatIsNotWhatItIsTakenForIsTold() throws Exception {
    String type = "text/tab-separated-values";
    String words = "a\tdone\nb\t2024\n";
    String receipt = text(server.post("/v1/stream?ns=kb.w", type, words));
    assertTrue(receipt.contains("\"warnings\":[\"2 of 2 values"), receipt);
    receipt = text(server.post("/v1/stream?ns=kb.w&base64=true", type, words));
    assertTrue(receipt.contains("\"warnings\":[]"), receipt);
    assertEquals(
        400, server.post("/v1/stream?ns=kb.w&base64=true&plain=true", type, words).statusCode());
    assertEquals(400, server.post("/v1/stream?ns=kb.w&header=true", type, "").statusCode());
    assertEquals(400, server.post("/v1/stream?ns=kb.w&expect_rows=3", type, words).statusCode());
    assertEquals(200, server.post("/v1/stream?ns=kb.w&expect_rows=2", type, words).statusCode());
    String empty = "meta:path=kb.w; meta:replace;";
    assertEquals(400, load(empty).statusCode());
    assertEquals(
        200, server.post("/v1/stream?allow_empty=true", MediaTypes.STREAM, empty).statusCode());
  }

  @Test
  void tablesOfOtherShapesAreTakenByTheirParameters() throws Exception {
    String csv = "id;name;city\n1;Ad\u00e4;London\n";
    byte[] latin = csv.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    String[] encodings = {"&encoding=windows-1252", ""};
    String[] types = {"text/csv", "text/csv; charset=iso-8859-1"};
    for (int i = 0; i < 2; i++) {
      assertEquals(
          200,
          server
              .post(
                  "/v1/stream?ns=kb.s&key=id&value=name,city&separator=%3B" + encodings[i],
                  types[i],
                  java.net.http.HttpRequest.BodyPublishers.ofByteArray(latin))
              .statusCode());
      assertEquals("{\"city\":\"London\",\"name\":\"Ad\u00e4\"}", text(server.get("/v1/kb.s/1")));
    }
    assertEquals(
        400,
        server.post("/v1/stream?ns=kb.s&key=id&encoding=klingon", "text/csv", csv).statusCode());
    String mysql = "a\t\\N\nb\t1\n";
    String receipt =
        text(server.post("/v1/stream?ns=kb.m&from=mysql", "application/octet-stream", mysql));
    assertTrue(receipt.contains("\"nulls\":1"), receipt);
    String json = "[{\"id\":7,\"doc\":{\"b\":1}}]";
    assertEquals(
        200,
        server
            .post("/v1/stream?ns=kb.o&key=/id&value=/doc", "application/json", json)
            .statusCode());
    assertEquals("{\"b\":1}", text(server.get("/v1/kb.o/7")));
  }

  @Test
  void aCheckChangesNothing() throws Exception {
    HttpResponse<byte[]> plan =
        server.post("/v1/stream?check=true", MediaTypes.STREAM, "meta:path=kb.r; a=1;");
    assertTrue(text(plan).contains("\"create\":1"), text(plan));
    assertEquals(404, server.get("/v1/kb.r").statusCode());
    assertEquals(
        400,
        server.post("/v1/stream?check=true", MediaTypes.STREAM, "meta:path=kb.r; a").statusCode());
  }

  @Test
  void anIdempotencyKeyMakesALoadHappenOnce() throws Exception {
    String tsv = "a\tMQ==\n";
    assertEquals(200, keyed("batch-1", tsv).statusCode());
    server.put("/v1/kb.t/a", "changed since");
    assertEquals(200, keyed("\"batch-1\"", tsv).statusCode());
    assertEquals("changed since", text(server.get("/v1/kb.t/a")));
    assertEquals(422, keyed("batch-1", "a\tMg==\n").statusCode());
    assertEquals(400, keyed("not a key", tsv).statusCode());
    assertEquals(400, keyed("\"", tsv).statusCode());
  }

  @Test
  void aRepeatedLoadIsToldWhenItWasApplied() throws Exception {
    assertEquals(null, header(keyed("batch-1", "a\tMQ==\n"), "Pronto-Applied"));
    assertTrue(header(keyed("batch-1", "a\tMQ==\n"), "Pronto-Applied").endsWith("Z"));
  }

  @Test
  void theIdMayStandInTheBodyToo() throws Exception {
    String stream = "meta:batch=one; meta:path=kb.r; a=1; meta:end;";
    assertEquals(200, keyedStream("one", stream).statusCode());
    HttpResponse<byte[]> other = keyedStream("two", stream);
    assertEquals(400, other.statusCode());
    assertTrue(text(other).contains("Idempotency-Key"), text(other));
    assertTrue(header(load(stream), "Pronto-Applied") != null, "the same load without the header");
  }

  private HttpResponse<byte[]> keyedStream(String key, String stream) throws Exception {
    return server.send(
        server
            .request("/v1/stream")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(stream)));
  }

  @Test
  void aTableHasToSayItsNamespaceInTheQuery() throws Exception {
    HttpResponse<byte[]> refused =
        server.post("/v1/stream", "text/tab-separated-values", "a\tMQ==\n");
    assertEquals(400, refused.statusCode());
    assertTrue(text(refused).contains("?ns=PROJECT.NAMESPACE"), text(refused));
  }

  private HttpResponse<byte[]> keyed(String key, String tsv) throws Exception {
    return server.send(
        server
            .request("/v1/stream?ns=kb.t")
            .header("Content-Type", "text/tab-separated-values")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(tsv)));
  }

  @Test
  void aPreambleInABodyIsRefusedAndNotRepeated() throws Exception {
    HttpResponse<byte[]> refused =
        load("meta:sec:pass=hunter2; meta:sec:user=admin; meta:path=kb.r; a=1;");
    assertEquals(400, refused.statusCode());
    assertFalse(text(refused).contains("hunter2"));
    assertFalse(server.log.toString(StandardCharsets.UTF_8).contains("hunter2"));
  }

  @Test
  void aBodyThatIsCutOffChangesNothing() throws Exception {
    String head =
        "POST /v1/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + server.adminKey()
            + "\r\nTransfer-Encoding: chunked\r\n\r\n";
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write((head + "16\r\nmeta:path=kb.r; a=1;  \r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
    }
    assertEquals(404, server.get("/v1/kb.r").statusCode());
  }

  @Test
  void whatIsTooLargeIsRefused() throws Exception {
    String record = "meta:path=kb.r; a=" + "x".repeat(2 << 20) + ";";
    assertEquals(413, load(record).statusCode());
    byte[] bytes = record.getBytes(StandardCharsets.US_ASCII);
    assertEquals(
        413,
        server
            .post(
                "/v1/stream",
                MediaTypes.STREAM,
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))
            .statusCode());
    byte[] huge = new byte[RecordRoute.MAX_VALUE + 1];
    assertEquals(
        413,
        server
            .send(server.request("/v1/kb.r/a").PUT(BodyPublishers.ofByteArray(huge)))
            .statusCode());
    assertEquals(404, server.get("/v1/kb.r").statusCode());
    assertTrue(
        raw("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000))
            .startsWith("HTTP/1.1 431"));
  }

  @Test
  void aBodyOfUnknownLengthIsNotGuessed() throws Exception {
    String authorization = "\r\nAuthorization: Bearer " + server.adminKey();
    assertTrue(
        raw("PUT /v1/kb.r/a HTTP/1.1\r\nHost: localhost" + authorization)
            .startsWith("HTTP/1.1 411"));
    assertTrue(
        raw("PUT /v1/kb.r/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked"
                + authorization)
            .startsWith("HTTP/1.1 501"));
    assertTrue(raw("NONSENSE").startsWith("HTTP/1.1 400"));
  }

  @Test
  @Timeout(20)
  void whoAsksForATunnelIsNotKept() throws Exception {
    assertTrue(raw("CONNECT localhost:80 HTTP/1.1\r\nHost: localhost").startsWith("HTTP/1.1 401"));
  }

  private String raw(String head) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket
          .getOutputStream()
          .write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1", "/metrics", "/v1/kb.r", "/v1/kb.r/a", "/v1/stream", "/", "/x"})
  void nothingIsToldToWhoDoesNotSayWhoTheyAre(String path) throws Exception {
    HttpResponse<byte[]> refused = server.send(server.anonymous(path));
    assertEquals(401, refused.statusCode());
    assertTrue(header(refused, "WWW-Authenticate").contains("Bearer"));
    assertEquals(401, server.send(server.requestOf("pronto_ak_aaaaaaaa_x", path)).statusCode());
  }

  @Test
  void healthAndMetricsTellWhatTheyShould() throws Exception {
    assertEquals(200, server.send(server.anonymous("/healthz")).statusCode());
    server.get("/v1");
    String metrics = text(server.get("/metrics"));
    assertTrue(
        metrics.contains(
            "prontodb_http_requests_total{method=\"GET\",route=\"discovery\",status=\"200\"} 1.0"),
        metrics);
  }

  @Test
  void grantsDecideWhatSomebodyMaySeeAndDo() throws Exception {
    load("meta:path=kb.r; a=1; meta:path=kb.s; b=2;");
    String reader = server.user("sam", Access.READ, "kb.r");
    String writer = server.user("eve", Access.WRITE, "kb.s");
    assertEquals(200, server.send(server.requestOf(reader, "/v1/kb.r/a")).statusCode());
    assertEquals(200, server.send(server.requestOf(reader, "/v1/kb.r")).statusCode());
    assertEquals(403, server.send(server.requestOf(reader, "/v1/kb.s/b")).statusCode());
    assertEquals(403, server.send(server.requestOf(reader, "/v1/kb.s")).statusCode());
    assertEquals(403, server.send(server.requestOf(reader, "/v1/kb.none")).statusCode());
    assertEquals(
        403,
        server
            .send(server.requestOf(reader, "/v1/kb.r/a").PUT(BodyPublishers.ofString("2")))
            .statusCode());
    assertEquals(403, server.send(server.requestOf(reader, "/v1/kb.r/a").DELETE()).statusCode());
    assertEquals(
        403,
        server
            .send(
                server
                    .requestOf(reader, "/v1/stream")
                    .POST(BodyPublishers.ofString("meta:path=kb.r; a=2;")))
            .statusCode());
    assertEquals(
        201,
        server
            .send(server.requestOf(writer, "/v1/kb.s/c").PUT(BodyPublishers.ofString("3")))
            .statusCode());
    String seen = text(server.send(server.requestOf(reader, "/v1")));
    assertTrue(seen.contains("\"namespace\":\"r\"") && !seen.contains("\"s\""), seen);
    server.database.accounts("test").removeUser("sam");
    assertEquals(401, server.send(server.requestOf(reader, "/v1/kb.r/a")).statusCode());
  }

  @Test
  void aPasswordOpensUntilItIsChanged() throws Exception {
    server.user("sam", Access.READ, "kb.*");
    String right = basic("sam", RunningServer.PASSWORD);
    assertEquals(200, as(right));
    assertEquals(200, as(right));
    server.database.accounts("test").save("sam", Secret.of("another"));
    assertEquals(401, as(right));
    assertEquals(200, as(basic("sam", "another")));
  }

  private int as(String authorization) throws Exception {
    return server.send(server.anonymous("/v1").header("Authorization", authorization)).statusCode();
  }

  @Test
  void whoGuessesPasswordsHasToWait() throws Exception {
    server.user("sam", Access.READ, "kb.*");
    assertEquals(401, as(basic("sam", "a")));
    assertEquals(401, as(basic("sam", "b")));
    assertEquals(401, as(basic("sam", "c")));
    HttpResponse<byte[]> waiting =
        server.send(server.anonymous("/v1").header("Authorization", basic("sam", "d")));
    assertEquals(429, waiting.statusCode());
    assertTrue(Integer.parseInt(header(waiting, "Retry-After")) >= 1);
    assertEquals(200, as(basic("admin", RunningServer.PASSWORD)), "others do not wait");
  }

  @Test
  void webPagesOfOthersHaveNoAccess() throws Exception {
    String authorization = "\r\nAuthorization: Bearer " + server.adminKey();
    assertTrue(
        raw("GET /v1 HTTP/1.1\r\nHost: evil.example" + authorization).startsWith("HTTP/1.1 421"));
    assertTrue(
        raw("GET /v1 HTTP/1.1\r\nHost: db.example" + authorization).startsWith("HTTP/1.1 200"));
    for (String origin : List.of("http://evil.example", "null", "http://localhost:1")) {
      assertEquals(
          403, server.send(server.request("/v1").header("Origin", origin)).statusCode(), origin);
    }
    assertEquals(
        200,
        server
            .send(server.request("/v1").header("Origin", "http://127.0.0.1:" + server.port()))
            .statusCode());
    assertEquals(
        403,
        server.send(server.request("/v1").header("Sec-Fetch-Site", "cross-site")).statusCode());
  }

  @Test
  void whileSomebodyElseWritesOneIsToldToComeAgain() throws Exception {
    server.put("/v1/kb.r/a", "1");
    try (Transaction _ = server.database.store().write(List.of())) {
      HttpResponse<byte[]> busy = server.put("/v1/kb.r/a", "2");
      assertEquals(503, busy.statusCode());
      assertEquals("1", header(busy, "Retry-After"));
      assertEquals("1", text(server.get("/v1/kb.r/a")), "reading goes on");
    }
    assertEquals(204, server.put("/v1/kb.r/a", "2").statusCode());
  }

  @Test
  void aDatabaseThatIsGoneIsNotTakenForRecordsThatAreGone() throws Exception {
    server.put("/v1/kb.r/a", "1");
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(folder.resolve("server.db" + suffix));
    }
    assertEquals(503, server.send(server.anonymous("/healthz")).statusCode());
    for (HttpResponse<byte[]> answer :
        List.of(server.get("/v1/kb.r/a"), server.put("/v1/kb.r/a", "2"))) {
      assertEquals(503, answer.statusCode());
      assertFalse(text(answer).contains(folder.toString()), text(answer));
    }
    assertFalse(Files.exists(folder.resolve("server.db")), "no other is made, with no password");
  }

  @Test
  void oneThatCanNotBeReadIsNotWell() throws Exception {
    server.put("/v1/kb.r/a", "1");
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(folder.resolve("server.db" + suffix));
    }
    Files.writeString(folder.resolve("server.db"), "garbage".repeat(20_000));
    HttpResponse<byte[]> health = server.send(server.anonymous("/healthz"));
    assertEquals(503, health.statusCode());
    assertFalse(text(health).contains("server.db"), text(health));
  }

  @Test
  @Timeout(60)
  void whatRunsComesToItsEndAlthoughTheServerStops() throws Exception {
    String head =
        "POST /v1/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + server.adminKey()
            + "\r\nContent-Length: 20\r\n\r\n";
    try (Socket loading = new Socket("127.0.0.1", server.port())) {
      loading.setSoTimeout(50_000);
      loading.getOutputStream().write((head + "meta:path=").getBytes(StandardCharsets.US_ASCII));
      while (!text(server.get("/metrics")).contains("prontodb_http_requests_running 2.0")) {
        Thread.onSpinWait();
      }
      try (Socket idle = answeredOnce();
          ExecutorService stopping = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<?> stopped = stopping.submit(server::stop);
        assertEquals(-1, idle.getInputStream().read(), "who asks nothing is not waited for");
        loading.getOutputStream().write("kb.r; a=1;".getBytes(StandardCharsets.US_ASCII));
        String answer = new String(loading.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
        stopped.get();
      }
    }
  }

  /** A connection of which the server knows for certain, since it has answered on it. */
  private Socket answeredOnce() throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout(50_000); // to fail, where the server forgets it, before the test hangs
    String request = "HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().endsWith("\r\n\r\n")) {
      int next = socket.getInputStream().read();
      assertTrue(next >= 0, answer.toString());
      answer.append((char) next);
    }
    return socket;
  }

  @Test
  void theLogTellsOfRequestsAndHoldsNoSecret() throws Exception {
    server.put("/v1/kb.r/pasta", "a value");
    server.get("/v1/kb.r?prefix=token");
    server.get("/v1/kb.r?token");
    load("meta:path=kb.r; a=\"x\"token;");
    raw("token");
    server.close();
    String log = server.log.toString(StandardCharsets.UTF_8);
    assertFalse(log.contains("badMessage"), log);
    assertTrue(
        log.contains(
            "\"user\":\"admin\",\"method\":\"PUT\",\"path\":\"/v1/kb.r/pasta\",\"status\":201"),
        log);
    assertFalse(
        log.contains(server.adminKey()) || log.contains("a value") || log.contains("token"));
  }

  @Test
  void itDoesNotStartWhereItWouldNotBeSafe() {
    Path other = folder.resolve("other.db");
    Configuration configuration = Configuration.load(Map.of("HOME", folder.toString()), Map.of());
    try (ProntoDb fresh =
        new ProntoDb(configuration, new DatabaseLocation.File(other), InstantSource.system())) {
      HttpServer refused = new HttpServer(fresh, RunningServer.settings(1), server.log);
      assertTrue(
          assertThrows(ProntoException.class, refused::start)
              .getMessage()
              .contains("default password"));
    }
    ServerSettings open =
        new ServerSettings("0.0.0.0", 0, null, null, null, false, Set.of(), 1, true);
    HttpServer refused = new HttpServer(server.database, open, server.log);
    assertTrue(
        assertThrows(ProntoException.class, refused::start).getMessage().contains("without TLS"));
  }
}
