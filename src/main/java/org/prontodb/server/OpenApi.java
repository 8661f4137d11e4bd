package org.prontodb.server;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.prontodb.app.ReportJson;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Problem;
import org.prontodb.server.Operation.Answer;
import org.prontodb.server.Operation.Parameter;

/** {@link Operations} as a document of OpenAPI 3.1, https://spec.openapis.org/oas/v3.1.1.html. */
final class OpenApi {
  private static final String SCHEMAS = "#/components/schemas/";

  private final ByteBuilder text = new ByteBuilder(16 << 10);
  private final JsonWriter json = new JsonWriter(text);

  private OpenApi() {}

  static byte[] document() {
    return new OpenApi().write();
  }

  private byte[] write() {
    json.begin().field("openapi", "3.1.0");
    json.name("info").begin();
    json.field("title", "ProntoDB")
        .field("description", "Records with keys in namespaces, and loads of many records.")
        .field("version", "1");
    json.name("license").begin().field("name", "Apache 2.0").field("identifier", "Apache-2.0");
    json.end().end();
    json.beginArray("servers").begin().field("url", "/").end().endArray();
    json.beginArray("security");
    json.begin().beginArray("key").endArray().end();
    json.begin().beginArray("password").endArray().end();
    json.endArray();
    json.name("paths").begin();
    Set<String> paths = new LinkedHashSet<>();
    Operations.ALL.forEach(operation -> paths.add(operation.path()));
    for (String path : paths) {
      json.name(path).begin();
      pathParameters(path);
      Operations.ALL.stream()
          .filter(operation -> operation.path().equals(path))
          .forEach(this::operation);
      json.end();
    }
    json.end();
    components();
    json.endLine();
    return text.toBytes();
  }

  private void pathParameters(String path) {
    if (!path.contains("{")) {
      return;
    }
    json.beginArray("parameters");
    pathParameter("namespace", "a project and a namespace, as in kb.recipes");
    if (path.contains("{key}")) {
      pathParameter("key", "a key, percent-encoded: a/b is a%2Fb");
    }
    json.endArray();
  }

  private void pathParameter(String name, String description) {
    json.begin().field("name", name).field("in", "path").field("required", true);
    json.field("description", description);
    json.name("schema").begin().field("type", "string").end().end();
  }

  private void operation(Operation operation) {
    json.name(operation.method().toLowerCase(java.util.Locale.ROOT)).begin();
    json.field("operationId", operation.id()).field("summary", operation.summary());
    if (Operations.isOpen(operation)) {
      json.beginArray("security").endArray();
    }
    json.beginArray("parameters");
    operation.query().forEach(parameter -> parameter(parameter, "query"));
    operation.headers().forEach(parameter -> parameter(parameter, "header"));
    json.endArray();
    if (operation.body() != null) {
      json.name("requestBody").begin().field("required", true);
      json.field("description", operation.body().description());
      content(operation.body().types(), null);
      json.end();
    }
    json.name("responses").begin();
    operation.answers().forEach(this::answer);
    json.name("default").begin().field("$ref", "#/components/responses/Problem").end();
    json.end().end();
  }

  private void parameter(Parameter parameter, String in) {
    json.begin().field("name", parameter.name()).field("in", in);
    json.field("description", parameter.description());
    schema(parameter);
    json.end();
  }

  private void schema(Parameter parameter) {
    json.name("schema").begin();
    switch (parameter.type()) {
      case STRING -> json.field("type", "string");
      case INTEGER -> json.field("type", "integer").field("minimum", 0);
      case BOOLEAN -> json.field("type", "boolean");
    }
    json.end();
  }

  private void answer(Answer answer) {
    json.name(Integer.toString(answer.status())).begin().field("description", answer.description());
    if (!answer.headers().isEmpty()) {
      json.name("headers").begin();
      for (Parameter header : answer.headers()) {
        json.name(header.name()).begin().field("description", header.description());
        schema(header);
        json.end();
      }
      json.end();
    }
    if (!answer.types().isEmpty()) {
      content(answer.types(), answer.schema());
    }
    json.end();
  }

  /** Bytes, or what a schema says where they are JSON. */
  private void content(List<String> types, String schema) {
    json.name("content").begin();
    for (String type : types) {
      json.name(type).begin();
      boolean isJson = type.equals(MediaTypes.JSON);
      if (isJson && schema != null) {
        json.name("schema").begin().field("$ref", SCHEMAS + schema).end();
      } else if (!isJson) {
        json.name("schema").begin().field("type", "string");
        if (type.equals("application/octet-stream")) {
          json.field("format", "binary");
        }
        json.end();
      }
      json.end();
    }
    json.end();
  }

  private void components() {
    json.name("components").begin();
    json.name("securitySchemes").begin();
    scheme("key", "bearer", "an API key or a session");
    scheme("password", "basic", "a user and a password");
    json.end();
    json.name("responses").begin().name("Problem").begin();
    json.field("description", "the request was refused, or failed (RFC 9457)");
    json.name("content").begin().name(ProblemJson.TYPE).begin();
    json.name("schema").begin().field("$ref", SCHEMAS + "Problem").end();
    json.end().end().end().end();
    json.name("schemas").begin();
    problem();
    page();
    namespaces();
    loads();
    object("Health", "status");
    property("status", "string", null);
    endObject();
    json.end().end();
  }

  private void scheme(String name, String scheme, String description) {
    json.name(name).begin().field("type", "http").field("scheme", scheme);
    json.field("description", description).end();
  }

  private void problem() {
    object("Problem", "type", "title", "status", "detail", "instance", "kind");
    property("type", "string", "a URN that ends in the kind");
    property("title", "string", null);
    property("status", "integer", null);
    property("detail", "string", "what is wrong");
    property("instance", "string", "the id of the request, which the log has, too");
    json.name("kind").begin().field("type", "string").beginArray("enum");
    for (Problem.Kind kind : Problem.Kind.values()) {
      json.element(ReportJson.kind(kind));
    }
    json.endArray().end();
    property("hint", "string", "what to do instead");
    property("line", "integer", "where in the body, from 1");
    property("column", "integer", "where in the line, in characters from 1");
    property("offset", "integer", "where in the body, in bytes from 0");
    property("source", "string", "the line around that place");
    array("errors", "all that is wrong with a load");
    array("namespaces", "what became of each namespace of a load that was committed in part");
    endObject();
  }

  private void page() {
    object("Record", "k");
    property("k", "string", "the key");
    property("v", "string", "the value, if it is UTF-8");
    property("b64", "string", "the value in base64, if it is not");
    property("ttl", "integer", "seconds that a record of a cache has left");
    property("expires", "string", "when a record of a cache expires");
    endObject();
    object("Page", "namespace", "records", "next");
    property("namespace", "string", null);
    references("records", "Record");
    json.name("next").begin().beginArray("type").element("string").element("null").endArray();
    json.field("description", "the key that the next page is behind; null at the end").end();
    endObject();
  }

  private void namespaces() {
    object("Namespace", "project", "namespace", "kind");
    property("project", "string", null);
    property("namespace", "string", null);
    property("kind", "string", "std, or ttl for a cache");
    property("records", "integer", null);
    property("bytes", "integer", null);
    property("timeout_sec", "integer", "of a cache");
    property("max_items", "integer", "of a cache; 0 for no limit");
    property("evict_on_read", "integer", "of a cache; 0 or 1");
    property("expired", "integer", "of a cache");
    endObject();
    object("Namespaces", "namespaces");
    references("namespaces", "Namespace");
    endObject();
  }

  private void loads() {
    object("LoadAnswer", "event", "ok", "namespaces");
    property("event", "string", "receipt, or plan");
    property("ok", "boolean", null);
    property("seconds", "number", null);
    property("statements", "integer", null);
    property("bytes", "integer", null);
    array("namespaces", "what was written into each namespace, or would be");
    endObject();
  }

  private void object(String name, String... required) {
    json.name(name).begin().field("type", "object").beginArray("required");
    for (String member : required) {
      json.element(member);
    }
    json.endArray().name("properties").begin();
  }

  private void endObject() {
    json.end().end();
  }

  private void property(String name, String type, String description) {
    json.name(name).begin().field("type", type);
    if (description != null) {
      json.field("description", description);
    }
    json.end();
  }

  private void array(String name, String description) {
    json.name(name).begin().field("type", "array").field("description", description);
    json.name("items").begin().field("type", "object").end().end();
  }

  private void references(String name, String schema) {
    json.name(name).begin().field("type", "array");
    json.name("items").begin().field("$ref", SCHEMAS + schema).end().end();
  }
}
