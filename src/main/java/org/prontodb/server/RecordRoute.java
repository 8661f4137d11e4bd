package org.prontodb.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import org.prontodb.app.Lookup;
import org.prontodb.app.Records;
import org.prontodb.model.Address;
import org.prontodb.model.Entry;
import org.prontodb.model.Expiry;
import org.prontodb.model.Instants;
import org.prontodb.model.Problem.Kind;

/** {@code GET HEAD PUT DELETE /v1/PROJECT.NAMESPACE/KEY}: one record, byte for byte. */
final class RecordRoute {
  /** The longest value that can be sent, in bytes: it is held in memory. */
  static final int MAX_VALUE = 16 << 20;

  private final Budget budget = new Budget();

  void answer(Exchange exchange, Records records, Address named) throws IOException {
    exchange.allow("GET", "HEAD", "PUT", "DELETE");
    boolean put = exchange.method().equals("PUT");
    Map<String, String> parameters =
        put ? exchange.parameters("context", "ttl") : exchange.parameters("context");
    String context = parameters.get("context");
    Address address = context == null ? named : named.inContext(context);
    switch (exchange.method()) {
      case "PUT" -> put(exchange, records, address, expiry(parameters.get("ttl")));
      case "DELETE" -> delete(exchange, records, address);
      default -> get(exchange, records, address);
    }
  }

  private static Expiry expiry(String ttl) {
    if (ttl == null) {
      return null;
    }
    boolean digits = !ttl.isEmpty() && ttl.chars().allMatch(c -> c >= '0' && c <= '9');
    long seconds = digits && ttl.length() <= 15 ? Long.parseLong(ttl) : 0;
    if (seconds < 1 || seconds > Expiry.MAX_SECONDS) {
      throw HttpRefusal.badRequest(
          "ttl needs a whole number of seconds from 1 to " + Expiry.MAX_SECONDS, null);
    }
    return new Expiry.After(seconds);
  }

  private void get(Exchange exchange, Records records, Address address) throws IOException {
    int size;
    try (Lookup lookup = records.lookup(false)) {
      Entry entry = find(lookup, records, address);
      size = entry.value().length;
      Budget.Share share = budget.takeNow(size);
      if (share != null) {
        lookup.refresh();
        try (share) {
          answer(exchange, entry);
        }
        return;
      }
    }
    // Those who wait hold no value meanwhile.
    try (Budget.Share _ = budget.take(size);
        Lookup lookup = records.lookup(false)) {
      Entry entry = find(lookup, records, address);
      lookup.refresh();
      answer(exchange, entry);
    }
  }

  private static Entry find(Lookup lookup, Records records, Address address) {
    return lookup.find(address).orElseThrow(() -> records.missing(address));
  }

  private static void answer(Exchange exchange, Entry entry) throws IOException {
    byte[] value = entry.value();
    if (EntityTags.isRefused(exchange, value)) {
      throw new HttpRefusal(412, Kind.PRECONDITION, "the record is not as you expect it", null);
    }
    exchange.header("ETag", EntityTags.of(value));
    if (entry.lifetime() != null) {
      exchange.header("Pronto-Expires", Instants.format(entry.lifetime().expiresAt()));
    }
    if (EntityTags.isKnown(exchange, value)) {
      exchange.answer(304);
    } else {
      exchange.answer(200, "application/octet-stream", value);
    }
  }

  private void put(Exchange exchange, Records records, Address address, Expiry expiry)
      throws IOException {
    exchange.requireBody();
    InputStream body = exchange.body(MAX_VALUE);
    byte[] head = body.readNBytes(Budget.FREE);
    if (head.length < Budget.FREE) {
      store(exchange, records, address, head, expiry);
      return;
    }
    long length = exchange.length() < 0 ? MAX_VALUE : exchange.length();
    try (Budget.Share _ = budget.take(length)) {
      byte[] rest = body.readAllBytes();
      byte[] value = Arrays.copyOf(head, head.length + rest.length);
      System.arraycopy(rest, 0, value, head.length, rest.length);
      store(exchange, records, address, value, expiry);
    }
  }

  private static void store(
      Exchange exchange, Records records, Address address, byte[] value, Expiry expiry)
      throws IOException {
    boolean isNew = records.put(address, value, expiry, EntityTags.condition(exchange));
    exchange.header("ETag", EntityTags.of(value));
    exchange.answer(isNew ? 201 : 204);
  }

  private static void delete(Exchange exchange, Records records, Address address)
      throws IOException {
    if (!records.delete(address, EntityTags.condition(exchange))) {
      throw records.missing(address);
    }
    exchange.answer(204);
  }
}
