package org.prontodb.server;

import static org.prontodb.server.Operation.Parameter.flag;
import static org.prontodb.server.Operation.Parameter.number;
import static org.prontodb.server.Operation.Parameter.text;

import java.util.List;
import org.prontodb.server.Operation.Answer;
import org.prontodb.server.Operation.Body;
import org.prontodb.server.Operation.Parameter;

/** All that a server can be asked: routes take their methods and parameters from here. */
final class Operations {
  private static final String RECORD = "/v1/{namespace}/{key}";
  private static final String RECORDS = "/v1/{namespace}";
  private static final String BYTES = "application/octet-stream";

  private static final Parameter ETAG =
      text("ETag", "a hash of the value's bytes, for If-Match and If-None-Match");
  private static final Parameter EXPIRES =
      text("Pronto-Expires", "when a record of a cache expires, RFC 3339");
  private static final Parameter CONTEXT = text("context", "means the key KEY__CONTEXT");
  private static final Parameter IF_MATCH =
      text("If-Match", "only if the value has one of these entity tags; * for any value");
  private static final Parameter IF_NONE_MATCH =
      text("If-None-Match", "only if the value has none of these entity tags; * for no value");
  private static final List<Parameter> CONDITIONS = List.of(IF_MATCH, IF_NONE_MATCH);

  static final Operation GET_RECORD =
      new Operation(
          "GET",
          RECORD,
          "getRecord",
          "the value of a record, byte for byte",
          List.of(CONTEXT),
          CONDITIONS,
          null,
          List.of(
              new Answer(200, "the value", List.of(BYTES), null, List.of(ETAG, EXPIRES)),
              Answer.empty(304, "the value is the one that If-None-Match names", ETAG)));

  static final Operation PUT_RECORD =
      new Operation(
          "PUT",
          RECORD,
          "putRecord",
          "writes a record; its namespace need not exist",
          List.of(CONTEXT, number("ttl", "seconds for which a record of a cache lives, from 1 on")),
          CONDITIONS,
          new Body("the value, at most 16 MB", List.of(BYTES)),
          List.of(
              Answer.empty(201, "the record is new", ETAG),
              Answer.empty(204, "the record was there and has this value now", ETAG)));

  static final Operation DELETE_RECORD =
      new Operation(
          "DELETE",
          RECORD,
          "deleteRecord",
          "deletes a record",
          List.of(CONTEXT),
          CONDITIONS,
          null,
          List.of(Answer.empty(204, "the record was there")));

  static final Operation LIST_RECORDS =
      new Operation(
          "GET",
          RECORDS,
          "listRecords",
          "the records of a namespace in the order of their keys, in pages",
          List.of(
              text("prefix", "only keys that begin with this"),
              number("limit", "how many records a page has at most: from 1 to 1000, usually 100"),
              text("after", "only keys behind this one: the \"next\" of the page before"),
              flag("values", "false for keys alone")),
          List.of(),
          null,
          List.of(
              new Answer(
                  200,
                  "a page",
                  MediaTypes.offered(),
                  "Page",
                  List.of(text("Link", "where the next page is, if there is one")))));

  static final Operation LIST_NAMESPACES =
      new Operation(
          "GET",
          "/v1",
          "listNamespaces",
          "the namespaces that the caller may read",
          List.of(flag("stats", "false to count no records and bytes")),
          List.of(),
          null,
          List.of(Answer.json(200, "the namespaces", "Namespaces")));

  static final Operation LOAD =
      new Operation(
          "POST",
          "/v1/stream",
          "load",
          "applies a stream or a table, one transaction for each namespace",
          List.of(
              flag("check", "true to change nothing and answer the plan"),
              text("ns", "the namespace of a table, or the one that a stream begins in"),
              flag("allow_empty", "true if an input without records may empty a namespace"),
              number("expect_rows", "how many rows a table has; with others it is refused"),
              text("from", "the dialect by its name, whatever Content-Type says"),
              flag("header", "true if the first line of a table names its columns"),
              flag("plain", "true if the values of a table are text"),
              flag("base64", "true if the values of a table are base64"),
              text("key", "the columns or fields that the key is made of"),
              text("key_join", "what stands between the parts of a key"),
              text("value", "the columns or fields that the value is made of"),
              text("rename", "other names for columns or fields"),
              flag("typed", "true if fields that look like JSON are JSON"),
              text("null", "what stands in a table where there is no value"),
              text("separator", "what separates the columns of a table"),
              text("quote", "what quotes the fields of a table"),
              text("escape", "what escapes characters in a table"),
              text("comment", "what comments of a table begin with"),
              text("encoding", "the character encoding of a table")),
          List.of(
              text(
                  "Idempotency-Key",
                  "an id of the load, a UUID for one: sent again, the load is not applied again")),
          new Body("a load, in the dialect that its type names", MediaTypes.taken()),
          List.of(
              Answer.json(
                  200,
                  "the receipt, or with check=true the plan",
                  "LoadAnswer",
                  text("Pronto-Applied", "when the load was applied, if that was before"))));

  static final Operation METRICS =
      new Operation(
          "GET",
          "/metrics",
          "getMetrics",
          "counts for Prometheus",
          List.of(),
          List.of(),
          null,
          List.of(new Answer(200, "the counts", List.of("text/plain"), null, List.of())));

  static final Operation HEALTH =
      new Operation(
          "GET",
          "/healthz",
          "getHealth",
          "whether the database can be read; needs no authentication",
          List.of(),
          List.of(),
          null,
          List.of(Answer.json(200, "it can", "Health")));

  static final Operation DESCRIPTION =
      new Operation(
          "GET",
          "/openapi.json",
          "getDescription",
          "this description; needs no authentication",
          List.of(),
          List.of(),
          null,
          List.of(Answer.json(200, "the description", null)));

  /** In the order of their paths as docs/server.md lists them. */
  static final List<Operation> ALL =
      List.of(
          GET_RECORD,
          PUT_RECORD,
          DELETE_RECORD,
          LIST_RECORDS,
          LIST_NAMESPACES,
          LOAD,
          METRICS,
          HEALTH,
          DESCRIPTION);

  private Operations() {}

  /** Whether it is done for a caller who has not said who asks. */
  static boolean isOpen(Operation operation) {
    return operation == HEALTH || operation == DESCRIPTION;
  }
}
