package org.prontodb.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.prontodb.app.ProntoDb;
import org.prontodb.auth.Identity;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;

/** Answers requests: who is asking, what about, may they; or else what is wrong. */
final class Api extends Handler.Abstract {
  private static final byte[] WELL = "{\"status\":\"ok\"}\n".getBytes(StandardCharsets.US_ASCII);

  private static final String GONE = "the database's file is not there";

  private final ProntoDb database;
  private final Deadlines deadlines;
  private final ServerLog log;
  private final Metrics metrics;
  private final Delimiter delimiter;
  private final CrossSiteCheck crossSite;
  private final Login login;
  private final RecordRoute records;
  private final ListingRoute listings;
  private final DiscoveryRoute discovery = new DiscoveryRoute();
  private final LoadRoute loads;
  private final String run;
  private final AtomicLong count = new AtomicLong();

  Api(
      ProntoDb database,
      ServerSettings settings,
      Deadlines deadlines,
      Metrics metrics,
      ServerLog log) {
    this.database = database;
    this.deadlines = deadlines;
    this.log = log;
    this.metrics = metrics;
    this.delimiter = database.configuration().delimiter();
    this.crossSite = new CrossSiteCheck(settings.names());
    this.login = new Login(database.accounts("server"), metrics);
    Budget budget = new Budget();
    this.records = new RecordRoute(budget);
    this.listings = new ListingRoute(delimiter, budget);
    this.loads = new LoadRoute(delimiter, settings.maxBody(), metrics);
    byte[] random = new byte[4];
    new SecureRandom().nextBytes(random);
    this.run = HexFormat.of().formatHex(random);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    metrics.begun();
    String id = run + "-" + count.incrementAndGet();
    Exchange exchange = new Exchange(request, response, id, deadlines);
    if (HttpMethod.CONNECT.is(request.getMethod())) {
      // What follows it would not be HTTP, thinks the library, and keeps the connection.
      exchange.header("Connection", "close");
    }
    try {
      answer(exchange);
      callback.succeeded();
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      fail(exchange, e, callback);
    } finally {
      metrics.ended();
    }
    return true;
  }

  private void answer(Exchange exchange) throws IOException {
    if (exchange.path().equals(Operations.HEALTH.path())) {
      exchange.isAbout("health");
      health(exchange);
      return;
    }
    crossSite.check(exchange);
    if (exchange.path().equals(Operations.DESCRIPTION.path())) {
      exchange.isAbout("description");
      exchange.parameters(exchange.choose(Operations.DESCRIPTION));
      exchange.answer(200, MediaTypes.JSON, OpenApi.document());
      return;
    }
    boolean confirmed = Target.isOfRecords(exchange.path());
    Identity identity = login.identify(exchange, confirmed);
    exchange.isFrom(identity.user());
    try {
      answer(exchange, identity);
    } catch (ProntoException e) {
      if (confirmed && e.problem().kind() == Kind.DENIED) {
        // Without a grant, or with a key that does not hold any more: that is another status.
        login.identify(exchange, false);
      }
      throw e;
    }
  }

  private void answer(Exchange exchange, Identity identity) throws IOException {
    Target target = Target.parse(exchange.path(), delimiter);
    exchange.isAbout(target.route());
    switch (target) {
      case Target.Record(var address) ->
          records.answer(exchange, database.records(identity), address);
      case Target.Records(var namespace) ->
          listings.answer(exchange, database.records(identity), namespace);
      case Target.Load l -> loads.answer(exchange, database.loader(), identity);
      case Target.Discovery d -> discovery.answer(exchange, database.discovery(identity));
      case Target.Metrics m -> metrics.answer(exchange);
      case Target.Nowhere n -> {
        login.identify(exchange, false);
        throw new HttpRefusal(
            404,
            Kind.NOT_FOUND,
            "there is nothing at this path",
            "records are at /v1/PROJECT" + delimiter + "NAMESPACE/KEY");
      }
    }
  }

  /** The one thing that whoever asks is told: whether the database can be read. */
  private void health(Exchange exchange) throws IOException {
    exchange.choose(Operations.HEALTH);
    if (!database.exists()) {
      throw gone();
    }
    try {
      database.store().read().close();
    } catch (ProntoException e) {
      log.failure(exchange.id(), e.getMessage(), null);
      throw HttpRefusal.later(503, Kind.FAILED, "the database can not be read", 5);
    }
    exchange.answer(200, MediaTypes.JSON, WELL);
  }

  private static HttpRefusal gone() {
    return HttpRefusal.later(503, Kind.FAILED, GONE, 5);
  }

  private void fail(Exchange exchange, Throwable failure, Callback callback) {
    HttpRefusal refusal = Statuses.refusal(failure);
    if (refusal != null && refusal.status() == 404 && !database.exists()) {
      // Not to be taken for a record that is not there.
      refusal = gone();
    }
    if (refusal == null || (refusal.status() == 500 && refusal.problem().kind() == Kind.FAILED)) {
      String message = failure instanceof ProntoException ? failure.getMessage() : "a defect";
      log.failure(exchange.id(), message, failure);
    }
    if (exchange.isAnswered()) {
      callback.failed(failure);
      return;
    }
    if (refusal == null) {
      refusal = new HttpRefusal(500, Statuses.DEFECT, Map.of());
    }
    try {
      refuse(exchange, refusal);
      callback.succeeded();
    } catch (IOException | RuntimeException e) {
      callback.failed(e);
    }
  }

  private static void refuse(Exchange exchange, HttpRefusal refusal) throws IOException {
    refusal.headers().forEach(exchange::header);
    exchange.isFailedBy(refusal.problem());
    exchange.answer(
        refusal.status(),
        ProblemJson.TYPE,
        ProblemJson.of(
            refusal.status(),
            refusal.shown(),
            exchange.id(),
            List.of(),
            List.of(),
            Delimiter.DEFAULT));
  }
}
