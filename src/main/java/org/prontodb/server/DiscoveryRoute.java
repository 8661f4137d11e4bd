package org.prontodb.server;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.prontodb.app.Discovery;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Problem.Kind;

/** {@code GET /v1}: the namespaces that the user may read. */
final class DiscoveryRoute {
  /** Counting reads everything, so that one at a time is enough. */
  private final Semaphore counting = new Semaphore(1, true);

  void answer(Exchange exchange, Discovery discovery) throws IOException {
    Operation operation = exchange.choose(Operations.LIST_NAMESPACES);
    String stats = exchange.parameters(operation).getOrDefault("stats", "true");
    if (!stats.equals("true") && !stats.equals("false")) {
      throw HttpRefusal.badRequest("stats is true or false", null);
    }
    exchange.answer(
        200, MediaTypes.JSON, stats.equals("true") ? counted(discovery) : listed(discovery));
  }

  private byte[] counted(Discovery discovery) {
    try {
      if (!counting.tryAcquire(10, java.util.concurrent.TimeUnit.SECONDS)) {
        throw HttpRefusal.later(503, Kind.BUSY, "others are counting already", 5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw HttpRefusal.later(503, Kind.BUSY, "the server is stopping", 5);
    }
    try {
      return namespaces(discovery, true);
    } finally {
      counting.release();
    }
  }

  private static byte[] listed(Discovery discovery) {
    return namespaces(discovery, false);
  }

  private static byte[] namespaces(Discovery discovery, boolean stats) {
    ByteBuilder body = new ByteBuilder(1 << 12);
    JsonWriter json = new JsonWriter(body).begin().beginArray("namespaces");
    discovery.namespaces(
        stats,
        described -> {
          json.begin();
          described.appendTo(json);
          json.end();
        });
    json.endArray().endLine();
    return body.toBytes();
  }
}
