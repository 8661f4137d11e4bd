package org.prontodb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.prontodb.server.RunningServer.text;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description of the server's interface says what its routes do. */
class OpenApiTest {
  private static final List<String> METHODS =
      List.of("GET", "PUT", "DELETE", "POST", "PATCH", "OPTIONS");

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

  private static String example(Operation operation) {
    return operation.path().replace("{namespace}", "kb.r").replace("{key}", "a%2Fb");
  }

  private HttpResponse<byte[]> ask(String method, String path) throws Exception {
    boolean hasBody = method.equals("PUT") || method.equals("POST");
    return server.send(
        server
            .request(path)
            .method(method, hasBody ? BodyPublishers.ofString("") : BodyPublishers.noBody()));
  }

  @Test
  void itCanBeHadByEveryone() throws Exception {
    HttpResponse<byte[]> answer = server.send(server.anonymous("/openapi.json"));
    assertEquals(200, answer.statusCode());
    assertTrue(text(answer).startsWith("{\"openapi\":\"3.1.0\","), text(answer));
    assertFalse(text(answer).contains(folder.toString()));
  }

  @Test
  void theMethodsOfEachPathAreThoseThatAreAllowed() throws Exception {
    for (Operation operation : Operations.ALL) {
      Set<String> described = new TreeSet<>();
      for (Operation other : Operations.ALL) {
        if (other.path().equals(operation.path())) {
          described.add(other.method());
        }
      }
      for (String method : METHODS) {
        int status = ask(method, example(operation)).statusCode();
        assertEquals(!described.contains(method), status == 405, method + " " + operation.path());
      }
    }
  }

  @Test
  void theParametersOfEachOperationAreThoseThatAreTaken() throws Exception {
    Set<String> all = new HashSet<>();
    for (Operation operation : Operations.ALL) {
      all.addAll(List.of(operation.queryNames()));
    }
    for (Operation operation : Operations.ALL) {
      if (operation == Operations.HEALTH) {
        // Whoever watches may add to its address what they like.
        continue;
      }
      for (String name : all) {
        String answer = text(ask(operation.method(), example(operation) + "?" + name + "=1"));
        assertEquals(
            !List.of(operation.queryNames()).contains(name),
            answer.contains("an unknown parameter"),
            operation.id() + " " + name + ": " + answer);
      }
    }
  }

  @Test
  void whatSucceedsIsDescribed() throws Exception {
    assertEquals(
        200,
        server.post("/v1/stream", MediaTypes.STREAM, "meta:path=kb.r; \"a/b\"=1;").statusCode());
    for (Operation operation : Operations.ALL) {
      HttpResponse<byte[]> answer = ask(operation.method(), example(operation));
      boolean described =
          operation.answers().stream()
              .anyMatch(
                  known ->
                      known.status() == answer.statusCode()
                          && (known.types().isEmpty()
                              || known.types().stream()
                                  .anyMatch(
                                      type ->
                                          answer
                                              .headers()
                                              .firstValue("Content-Type")
                                              .orElse("")
                                              .startsWith(type))));
      boolean refused = answer.statusCode() >= 400;
      assertTrue(described || refused, operation.id() + " " + answer.statusCode());
      assertNotEquals(404, answer.statusCode(), operation.id());
    }
  }

  @Test
  void theCallersThatNeedNotSayWhoTheyAreAreDescribed() throws Exception {
    for (Operation operation : Operations.ALL) {
      int status =
          server
              .send(
                  server
                      .anonymous(example(operation))
                      .method(operation.method(), BodyPublishers.noBody()))
              .statusCode();
      assertEquals(Operations.isOpen(operation) ? 200 : 401, status, operation.id());
    }
  }

  @Test
  void everyReferenceLeadsToSomething() {
    String document = new String(OpenApi.document(), java.nio.charset.StandardCharsets.UTF_8);
    Matcher reference =
        Pattern.compile("\"#/components/(?:schemas|responses)/(\\w+)\"").matcher(document);
    int found = 0;
    while (reference.find()) {
      found++;
      assertTrue(document.contains("\"" + reference.group(1) + "\":{"), reference.group(1));
    }
    assertTrue(found > Operations.ALL.size());
  }
}
