package org.prontodb.server;

import org.prontodb.model.Address;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Key;
import org.prontodb.model.Namespace;

/** What a request is about, as its path says it. */
sealed interface Target {
  record Discovery() implements Target {}

  record Load() implements Target {}

  record Metrics() implements Target {}

  /** The records of a namespace. */
  record Records(Namespace namespace) implements Target {}

  record Record(Address address) implements Target {}

  /** Nothing that is here. */
  record Nowhere() implements Target {}

  /** What names a request's kind in the metrics: a few words, whatever people ask for. */
  default String route() {
    return switch (this) {
      case Discovery d -> "discovery";
      case Load l -> "load";
      case Metrics m -> "metrics";
      case Records r -> "list";
      case Record r -> "record";
      case Nowhere n -> "none";
    };
  }

  /**
   * Whether a path can only be about records: what is done with those confirms the identity of the
   * caller within its own transaction.
   */
  static boolean isOfRecords(String path) {
    return switch (path) {
      case "/metrics", "/v1", "/v1/", "/v1/stream" -> false;
      default -> true;
    };
  }

  /**
   * The target of a path, which is not decoded yet. A namespace holds the delimiter, so that its
   * place is free for words without one.
   */
  static Target parse(String path, Delimiter delimiter) {
    if (path.equals("/metrics")) {
      return new Metrics();
    }
    if (path.equals("/v1") || path.equals("/v1/")) {
      return new Discovery();
    }
    if (path.equals("/v1/stream")) {
      return new Load();
    }
    String rest = path.startsWith("/v1/") ? path.substring(4) : path.substring(1);
    int slash = rest.indexOf('/');
    String name = Percent.decode(slash < 0 ? rest : rest.substring(0, slash), false);
    if (!delimiter.in(name)) {
      return new Nowhere();
    }
    Namespace namespace = Namespace.parse(name, delimiter);
    return slash < 0
        ? new Records(namespace)
        : new Record(
            new Address(namespace, Key.of(Percent.decode(rest.substring(slash + 1), false))));
  }
}
