package org.prontodb.server;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import org.prontodb.batch.BatchReport;

/**
 * Counts what a server does, for Prometheus. No label holds a word that somebody can make up: names
 * of users and namespaces are not told.
 */
final class Metrics {
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "PUT", "DELETE", "POST");

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
  private final Counter requests =
      Counter.builder()
          .name("prontodb_http_requests_total")
          .help("Requests that were answered")
          .labelNames("method", "route", "status")
          .register(registry);
  private final Histogram seconds =
      Histogram.builder()
          .name("prontodb_http_request_duration_seconds")
          .help("Time from the first byte of a request to the last of its answer")
          .labelNames("route")
          .classicOnly()
          .classicUpperBounds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30)
          .register(registry);
  private final Gauge running =
      Gauge.builder()
          .name("prontodb_http_requests_running")
          .help("Requests that are being dealt with")
          .register(registry);
  private final Counter received = bytes("received", "Bytes of the bodies of requests");
  private final Counter sent = bytes("sent", "Bytes of the bodies of answers");
  private final Counter failedLogins =
      Counter.builder()
          .name("prontodb_failed_logins_total")
          .help("Passwords, sessions and API keys that were refused")
          .register(registry);
  private final Counter loads =
      Counter.builder()
          .name("prontodb_loads_total")
          .help("Loads by how they ended: committed, refused or checked")
          .labelNames("end")
          .register(registry);
  private final Counter records =
      Counter.builder()
          .name("prontodb_load_records_total")
          .help("Keys that loads have written or deleted")
          .register(registry);

  private Counter bytes(String direction, String help) {
    return Counter.builder()
        .name("prontodb_http_" + direction + "_bytes_total")
        .help(help)
        .register(registry);
  }

  void begun() {
    running.inc();
  }

  void ended() {
    running.dec();
  }

  void answered(String method, String route, int status, double time, long bytesIn, long bytesOut) {
    String known = METHODS.contains(method) ? method : "other";
    requests.labelValues(known, route, Integer.toString(status)).inc();
    seconds.labelValues(route).observe(time);
    received.inc(Math.max(0, bytesIn));
    sent.inc(Math.max(0, bytesOut));
  }

  void failedLogin() {
    failedLogins.inc();
  }

  void loaded(BatchReport report, boolean check) {
    loads.labelValues(!report.ok() ? "refused" : check ? "checked" : "committed").inc();
    records.inc(report.puts() + report.deletes());
  }

  /** {@code GET /metrics}. */
  void answer(Exchange exchange) throws IOException {
    exchange.parameters(exchange.choose(Operations.METRICS));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    writer.write(text, registry.scrape());
    exchange.answer(200, PrometheusTextFormatWriter.CONTENT_TYPE, text.toByteArray());
  }
}
