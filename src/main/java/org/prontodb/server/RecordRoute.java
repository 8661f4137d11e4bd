package org.prontodb.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import org.prontodb.app.Lookup;
import org.prontodb.app.Records;
import org.prontodb.model.Address;
import org.prontodb.model.Entry;
import org.prontodb.model.Expiry;
import org.prontodb.model.Instants;
import org.prontodb.model.Numbers;
import org.prontodb.model.Problem.Kind;

/** {@code GET HEAD PUT DELETE /v1/PROJECT.NAMESPACE/KEY}: one record, byte for byte. */
final class RecordRoute {
  /** The longest value that can be sent, in bytes: it is held in memory. */
  static final int MAX_VALUE = 16 << 20;

  private final Budget budget;

  RecordRoute(Budget budget) {
    this.budget = budget;
  }

  void answer(Exchange exchange, Records records, Address named) throws IOException {
    Operation operation =
        exchange.choose(Operations.GET_RECORD, Operations.PUT_RECORD, Operations.DELETE_RECORD);
    Map<String, String> parameters = exchange.parameters(operation);
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
    long seconds = Numbers.parse(ttl);
    if (seconds < 1 || seconds > Expiry.MAX_SECONDS) {
      throw HttpRefusal.badRequest(
          "ttl needs a whole number of seconds from 1 to " + Expiry.MAX_SECONDS, null);
    }
    return new Expiry.After(seconds);
  }

  private void get(Exchange exchange, Records records, Address address) throws IOException {
    long size;
    try (Lookup lookup = records.lookup(false)) {
      size = lookup.size(address);
      Budget.Share share = budget.takeNow(size);
      if (share != null) {
        get(exchange, records, lookup, address, share);
        return;
      }
    }
    // Those who wait hold no view meanwhile.
    Budget.Share share = budget.take(size);
    try (Lookup lookup = records.lookup(false)) {
      if (lookup.size(address) > size) {
        share.close();
        throw HttpRefusal.later(503, Kind.BUSY, "the record has grown meanwhile", 1);
      }
      get(exchange, records, lookup, address, share);
    }
  }

  /** Reads the value now that there is memory for it, and answers when the view is closed. */
  private static void get(
      Exchange exchange, Records records, Lookup lookup, Address address, Budget.Share share)
      throws IOException {
    try (share) {
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
    int length = exchange.length() < 0 ? MAX_VALUE : (int) exchange.length();
    try (Budget.Share _ = budget.take(length)) {
      byte[] value = Arrays.copyOf(head, length);
      int read = head.length + body.readNBytes(value, head.length, length - head.length);
      // To its end, which is told by trailers, or to the byte that is too much.
      body.transferTo(OutputStream.nullOutputStream());
      store(
          exchange, records, address, read == length ? value : Arrays.copyOf(value, read), expiry);
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
