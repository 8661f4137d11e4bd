package org.prontodb.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.prontodb.app.ProntoDb;
import org.prontodb.auth.Access;
import org.prontodb.auth.Pattern;
import org.prontodb.config.Configuration;
import org.prontodb.config.DatabaseLocation;
import org.prontodb.config.Setting;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Secret;
import org.prontodb.store.Identities;

/** A server inside this JVM, on a port that is free, with a real database and a client for it. */
final class RunningServer implements AutoCloseable {
  static final String PASSWORD = "correct horse";

  final ProntoDb database;
  final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private static byte[] template;

  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;
  private final String admin;

  RunningServer(Path folder) {
    this(folder, 1 << 20);
  }

  RunningServer(Path folder, long maxBody) {
    this(folder, maxBody, Deadlines.USUAL);
  }

  RunningServer(Path folder, long maxBody, Deadlines deadlines) {
    impatient(folder.resolve(".local/etc/odx/prontodb"));
    Path file = folder.resolve("server.db");
    copyTemplate(file);
    Configuration configuration =
        Configuration.load(
            Map.of("HOME", folder.toString()), Map.of(Setting.DATABASE, file.toString()));
    database = new ProntoDb(configuration, new DatabaseLocation.File(file), InstantSource.system());
    admin = keyOf("admin");
    server = new HttpServer(database, settings(maxBody), deadlines, log);
    base = server.start();
  }

  /** Passwords are slow to hash, so a database with some is made once. */
  private static synchronized void copyTemplate(Path file) {
    try {
      if (template == null) {
        Path made = file.resolveSibling("template.db");
        Configuration none =
            Configuration.load(Map.of("HOME", file.getParent().toString()), Map.of());
        try (ProntoDb database =
            new ProntoDb(none, new DatabaseLocation.File(made), InstantSource.system())) {
          for (String user : List.of("admin", "sam", "eve")) {
            database.accounts("test").save(user, Secret.of(PASSWORD));
          }
        }
        template = Files.readAllBytes(made);
      }
      Files.write(file, template);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void impatient(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("pronto.conf"), "busy_timeout_ms=300\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ServerSettings settings(long maxBody) {
    return new ServerSettings(
        "127.0.0.1", 0, null, null, null, false, Set.of("db.example"), maxBody, true);
  }

  /** An API key of this user. */
  String keyOf(String user) {
    byte[] key = database.accounts("test").createApiKey(user, "", Identities.NEVER).text().reveal();
    return new String(key, StandardCharsets.US_ASCII);
  }

  /**
   * Gives a user a grant, and answers an API key.
   *
   * @param name sam or eve
   */
  String user(String name, Access access, String pattern) {
    database.accounts("test").grant(name, access, Pattern.parse(pattern, Delimiter.DEFAULT));
    return keyOf(name);
  }

  static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  int port() {
    return URI.create(base).getPort();
  }

  String adminKey() {
    return admin;
  }

  /** A request of admin. */
  HttpRequest.Builder request(String path) {
    return requestOf(admin, path);
  }

  HttpRequest.Builder requestOf(String key, String path) {
    return anonymous(path).header("Authorization", "Bearer " + key);
  }

  HttpRequest.Builder anonymous(String path) {
    return HttpRequest.newBuilder(URI.create(base + path));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  HttpResponse<byte[]> put(String path, String value) throws IOException, InterruptedException {
    return send(request(path).PUT(BodyPublishers.ofString(value)));
  }

  HttpResponse<byte[]> post(String path, String type, String body)
      throws IOException, InterruptedException {
    return post(path, type, BodyPublishers.ofString(body));
  }

  HttpResponse<byte[]> post(String path, String type, BodyPublisher body)
      throws IOException, InterruptedException {
    return send(request(path).header("Content-Type", type).POST(body));
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** Stops listening, as at a signal; returns when all requests have come to their end. */
  void stop() {
    server.close();
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
    database.close();
  }
}
