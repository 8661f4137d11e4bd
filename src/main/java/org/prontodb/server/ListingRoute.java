package org.prontodb.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.prontodb.app.Listing;
import org.prontodb.app.Records;
import org.prontodb.batch.EntryWriter;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Namespace;
import org.prontodb.model.Numbers;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.store.KeyRange;

/**
 * {@code GET /v1/PROJECT.NAMESPACE}: its records in the order of their keys, page by page. A page
 * is put together before it is sent, so that nobody who reads slowly holds on to a view of the
 * database.
 */
final class ListingRoute {
  private static final int USUAL_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;

  /** A page ends behind the record with which it reaches this size, in bytes. */
  private static final int FULL = 1 << 20;

  /** How many times as large as a value its place in a page may be while that is put together. */
  private static final int COPIES = 4;

  private final Budget budget;
  private final Delimiter delimiter;

  ListingRoute(Delimiter delimiter, Budget budget) {
    this.delimiter = delimiter;
    this.budget = budget;
  }

  /** What of the namespace is to be listed. */
  private record Selection(String prefix, String after, int limit, boolean values) {}

  /** Writes records in one form or another. */
  private interface Form {
    void add(Listing listing) throws IOException;

    /** How many bytes the page has so far, but for what the dialect buffers. */
    int size();

    /**
     * @param next the key that the next page is behind, or null
     */
    byte[] end(String next) throws IOException;
  }

  void answer(Exchange exchange, Records records, Namespace namespace) throws IOException {
    Selection selection = selection(exchange.parameters(exchange.choose(Operations.LIST_RECORDS)));
    String type = MediaTypes.offered(exchange.list("Accept"));
    KeyRange range = range(selection);
    long largest = records.largest(namespace, range, selection.limit() + 1);
    try (Budget.Share _ = budget.take(largest * COPIES);
        Listing listing = records.list(namespace, range, false)) {
      Form form = form(type, listing, selection);
      int count = 0;
      byte[] last = null;
      boolean more = true;
      while (count < selection.limit() && form.size() < FULL && (more = listing.next())) {
        last = listing.key();
        add(form, listing);
        count++;
      }
      String next =
          more && last != null && listing.next() ? new String(last, StandardCharsets.UTF_8) : null;
      byte[] page = form.end(next);
      if (next != null) {
        exchange.header("Link", link(exchange.path(), selection, next));
      }
      exchange.header("Vary", "Accept, Authorization");
      send(exchange, listing, type, page);
    }
  }

  private static void add(Form form, Listing listing) throws IOException {
    try {
      form.add(listing);
    } catch (ProntoException e) {
      if (e.problem().kind() != Kind.CONTENT) {
        throw e;
      }
      throw new HttpRefusal(
          406,
          Kind.CONTENT,
          e.problem().message() + ", which this form can not say",
          "accept application/json, application/jsonl, text/tab-separated-values or "
              + MediaTypes.STREAM);
    }
  }

  private static void send(Exchange exchange, Listing listing, String type, byte[] page)
      throws IOException {
    listing.close();
    exchange.answer(200, type.startsWith("text/") ? type + "; charset=utf-8" : type, page);
  }

  private Selection selection(Map<String, String> parameters) {
    String prefix = parameters.getOrDefault("prefix", "");
    String values = parameters.getOrDefault("values", "true");
    if (!values.equals("true") && !values.equals("false")) {
      throw HttpRefusal.badRequest("values is true or false", null);
    }
    return new Selection(
        prefix, parameters.get("after"), limit(parameters.get("limit")), values.equals("true"));
  }

  private static int limit(String text) {
    if (text == null) {
      return USUAL_LIMIT;
    }
    long limit = Numbers.parse(text);
    if (limit < 1) {
      throw HttpRefusal.badRequest(
          "limit needs a whole number from 1 on", "pages have " + MAX_LIMIT + " records at most");
    }
    return (int) Math.min(limit, MAX_LIMIT);
  }

  private KeyRange range(Selection selection) {
    KeyRange range =
        selection.prefix().isEmpty()
            ? KeyRange.ALL
            : KeyRange.prefix(selection.prefix().getBytes(StandardCharsets.UTF_8));
    String after = selection.after();
    return after == null ? range : range.after(after.getBytes(StandardCharsets.UTF_8));
  }

  private static String link(String path, Selection selection, String next) {
    List<String> query = new ArrayList<>();
    if (!selection.prefix().isEmpty()) {
      query.add("prefix=" + Percent.encode(selection.prefix()));
    }
    if (!selection.values()) {
      query.add("values=false");
    }
    query.add("limit=" + selection.limit());
    query.add("after=" + Percent.encode(next));
    return "<" + path + "?" + String.join("&", query) + ">; rel=\"next\"";
  }

  private Form form(String type, Listing listing, Selection selection) throws IOException {
    Dialect dialect = MediaTypes.dialectOf(type);
    if (dialect == null) {
      return new JsonPage(listing.namespace().path(delimiter), selection.values());
    }
    if (!selection.values()) {
      throw HttpRefusal.badRequest("values=false goes with JSON alone", null);
    }
    return new DialectPage(dialect, listing, delimiter);
  }

  /** One JSON object. */
  private static final class JsonPage implements Form {
    private final ByteBuilder page = new ByteBuilder(1 << 12);
    private final JsonWriter json = new JsonWriter(page).begin();
    private final boolean values;

    JsonPage(String path, boolean values) {
      this.values = values;
      json.field("namespace", path).beginArray("records");
    }

    @Override
    public void add(Listing listing) {
      json.begin();
      listing.appendTo(json, values, false);
      json.end();
    }

    @Override
    public int size() {
      return page.length();
    }

    @Override
    public byte[] end(String next) {
      json.endArray().field("next", next).endLine();
      return page.toBytes();
    }
  }

  /** The lines or statements of a dialect. */
  private static final class DialectPage implements Form {
    private final ByteArrayOutputStream page = new ByteArrayOutputStream();
    private final EntryWriter writer;

    DialectPage(Dialect dialect, Listing listing, Delimiter delimiter) throws IOException {
      writer = dialect.writer(page, new DialectOptions(delimiter));
      writer.namespace(listing.namespace(), listing.cache());
    }

    @Override
    public void add(Listing listing) throws IOException {
      writer.put(listing.key(), listing.value(), listing.expiry());
    }

    @Override
    public int size() {
      return page.size();
    }

    @Override
    public byte[] end(String next) throws IOException {
      writer.close();
      return page.toByteArray();
    }
  }
}
