package org.prontodb.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.prontodb.app.BodyInput;
import org.prontodb.app.Dialects;
import org.prontodb.app.Loader;
import org.prontodb.app.ReportJson;
import org.prontodb.auth.Identity;
import org.prontodb.batch.BatchReport;
import org.prontodb.batch.LoadListener;
import org.prontodb.batch.LoadOptions;
import org.prontodb.batch.NamespacePlan;
import org.prontodb.dialect.Column;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.Encoding;
import org.prontodb.dialect.Spelling;
import org.prontodb.dialect.TableOptions;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Instants;
import org.prontodb.model.Namespace;
import org.prontodb.model.Numbers;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;

/** {@code POST /v1/stream}: a load of any dialect, as {@code prontodb stream} carries it out. */
final class LoadRoute {
  /** How much of a body comes before it takes a slot, in bytes: who sends nothing holds none. */
  private static final int FIRST = 16 << 10;

  private static final int MAX_KEY = 255;
  private final Delimiter delimiter;
  private final long maxBody;
  private final Metrics metrics;
  private final LoadSlots slots = new LoadSlots();

  /**
   * @param maxBody how many bytes a load may have
   */
  LoadRoute(Delimiter delimiter, long maxBody, Metrics metrics) {
    this.delimiter = delimiter;
    this.maxBody = maxBody;
    this.metrics = metrics;
  }

  /** What a load tells while it runs. */
  private static final class News implements LoadListener {
    private final List<Problem> problems = new ArrayList<>();
    private final List<NamespacePlan> plans = new ArrayList<>();

    @Override
    public void problem(Problem problem) {
      problems.add(problem);
    }

    @Override
    public void planned(NamespacePlan plan) {
      plans.add(plan);
    }
  }

  void answer(Exchange exchange, Loader loader, Identity sender) throws IOException {
    Map<String, String> parameters = exchange.parameters(exchange.choose(Operations.LOAD));
    boolean check = flag(parameters, "check");
    String ns = parameters.get("ns");
    Namespace start = ns == null ? null : Namespace.parse(ns, delimiter);
    exchange.requireBody();
    String from = parameters.get("from");
    Dialect dialect =
        from == null ? MediaTypes.taken(exchange.header("Content-Type")) : Dialects.named(from);
    if (dialect.isTable() && start == null) {
      throw HttpRefusal.badRequest(
          "a table says nothing of its namespace", "name it: /v1/stream?ns=PROJECT.NAMESPACE");
    }
    DialectOptions options = options(exchange, dialect, parameters);
    String batch = batch(exchange.header("Idempotency-Key"));
    RequestBody bytes = exchange.body(maxBody);
    InputStream whole = begun(bytes);
    News news = new News();
    BatchReport report;
    try (LoadSlots.Slot _ = slots.take(sender.user())) {
      BodyInput body = new BodyInput(whole, dialect, options, batch);
      report = load(loader, body, bytes, start, asked(parameters), news, sender);
    }
    metrics.loaded(report, check);
    if (!report.ok()) {
      refuse(exchange, report, news, batch);
    } else if (check) {
      exchange.answer(200, MediaTypes.JSON, plan(news.plans));
    } else {
      if (report.alreadyAppliedAt() > 0) {
        exchange.header("Pronto-Applied", Instants.format(report.alreadyAppliedAt()));
      }
      exchange.answer(200, MediaTypes.JSON, ReportJson.receipt(report, delimiter));
    }
  }

  private static InputStream begun(RequestBody bytes) throws IOException {
    byte[] first = bytes.readNBytes(FIRST);
    return first.length < FIRST
        ? new ByteArrayInputStream(first)
        : new SequenceInputStream(new ByteArrayInputStream(first), bytes);
  }

  /** Runs it; a failure of the body itself is told in its own words by our caller. */
  private static BatchReport load(
      Loader loader,
      BodyInput body,
      RequestBody bytes,
      Namespace start,
      LoadOptions.Builder asked,
      News news,
      Identity sender)
      throws IOException {
    try {
      BatchReport report = loader.load(body, start, asked, news, sender);
      if (bytes.failure() != null) {
        throw bytes.failure();
      }
      return report;
    } catch (ProntoException e) {
      if (bytes.failure() != null) {
        throw bytes.failure();
      }
      throw e;
    }
  }

  private static LoadOptions.Builder asked(Map<String, String> parameters) {
    return LoadOptions.builder()
        .check(flag(parameters, "check"))
        .allowEmpty(flag(parameters, "allow_empty"))
        .expectedRows(expectedRows(parameters.get("expect_rows")));
  }

  /** -1 if any number will do. */
  private static long expectedRows(String text) {
    if (text == null) {
      return -1;
    }
    long rows = Numbers.parse(text);
    if (rows < 0) {
      throw HttpRefusal.badRequest("expect_rows is a whole number", null);
    }
    return rows;
  }

  private DialectOptions options(
      Exchange exchange, Dialect dialect, Map<String, String> parameters) {
    boolean header =
        flag(parameters, "header")
            || MediaTypes.says(exchange.header("Content-Type"), "header", "present");
    boolean plain = flag(parameters, "plain");
    boolean base64 = flag(parameters, "base64");
    if ((header || plain || base64) && !dialect.isTable()) {
      throw HttpRefusal.badRequest("header, plain and base64 are for tables: TSV and CSV", null);
    }
    if (plain && base64) {
      throw HttpRefusal.badRequest("values are base64 or plain, not both", null);
    }
    TableOptions.Form form =
        plain
            ? TableOptions.Form.PLAIN
            : base64 ? TableOptions.Form.BASE64 : TableOptions.Form.USUAL;
    TableOptions table =
        new TableOptions(
            header,
            form,
            column(parameters.get("key")),
            column(parameters.get("value")),
            new TableOptions.Fields(
                parameters.getOrDefault("key_join", TableOptions.Fields.USUAL.join()),
                TableOptions.Fields.renamed(parameters.get("rename")),
                flag(parameters, "typed"),
                null),
            parameters.get("null"),
            false,
            Spelling.parse(
                parameters.get("separator"),
                parameters.get("quote"),
                parameters.get("escape"),
                parameters.get("comment")));
    if (!table.spelling().isUsual() && !dialect.isTable()) {
      throw HttpRefusal.badRequest("separator, quote, escape and comment are for tables", null);
    }
    return new DialectOptions(delimiter, table, encoding(exchange, parameters));
  }

  private static Column column(String text) {
    return text == null ? null : Column.parse(text);
  }

  /** What the parameter says, or the type's own: {@code text/csv; charset=windows-1252}. */
  private static Encoding encoding(Exchange exchange, Map<String, String> parameters) {
    String name =
        parameters.getOrDefault(
            "encoding", MediaTypes.parameter(exchange.header("Content-Type"), "charset"));
    return name == null ? Encoding.UTF_8 : Encoding.named(name);
  }

  private static boolean flag(Map<String, String> parameters, String name) {
    String value = parameters.getOrDefault(name, "false");
    if (!value.equals("true") && !value.equals("false")) {
      throw HttpRefusal.badRequest(name + " is true or false", null);
    }
    return value.equals("true");
  }

  /** The batch id; the header's value may stand in quotes. */
  private static String batch(String header) {
    if (header == null) {
      return null;
    }
    boolean quoted = header.length() >= 2 && header.startsWith("\"") && header.endsWith("\"");
    String key = quoted ? header.substring(1, header.length() - 1) : header;
    if (key.isEmpty()
        || key.length() > MAX_KEY
        || !key.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '"')) {
      throw HttpRefusal.badRequest(
          "Idempotency-Key is 1 to "
              + MAX_KEY
              + " printable ASCII characters without blanks and quotes",
          "a UUID does well");
    }
    return key;
  }

  private void refuse(Exchange exchange, BatchReport report, News news, String batch)
      throws IOException {
    Problem failure = report.failure();
    boolean otherContent =
        batch != null && failure.kind() == Kind.CONTENT && failure.position() == null;
    int status = otherContent ? 422 : Statuses.of(failure);
    if (status == 503) {
      exchange.header("Retry-After", "1");
    }
    exchange.isFailedBy(failure);
    exchange.answer(
        status,
        ProblemJson.TYPE,
        ProblemJson.of(
            status,
            Statuses.shown(failure),
            exchange.id(),
            news.problems.stream().map(Statuses::shown).toList(),
            failure.kind() == Kind.PARTIAL ? report.namespaces() : List.of(),
            delimiter));
  }

  private byte[] plan(List<NamespacePlan> plans) {
    ByteBuilder body = new ByteBuilder(512);
    JsonWriter json = new JsonWriter(body).begin().field("event", "plan").field("ok", true);
    json.beginArray("namespaces");
    for (NamespacePlan plan : plans) {
      json.begin();
      ReportJson.append(plan, delimiter, json);
      json.end();
    }
    json.endArray().endLine();
    return body.toBytes();
  }
}
