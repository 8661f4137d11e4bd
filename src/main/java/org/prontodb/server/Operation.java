package org.prontodb.server;

import java.util.List;

/**
 * Something that a server can be asked, as its routes know it and as {@link OpenApi} describes it.
 *
 * @param path with what varies in braces
 * @param id a name for clients that are generated
 * @param query the parameters that are taken; others are refused
 * @param headers of the request that mean something
 * @param body what the request's body is; null for none
 * @param answers those of success, the usual one first
 */
record Operation(
    String method,
    String path,
    String id,
    String summary,
    List<Parameter> query,
    List<Parameter> headers,
    Body body,
    List<Answer> answers) {

  /** What a parameter or header is like. */
  enum Type {
    STRING,
    INTEGER,
    BOOLEAN
  }

  /** A parameter of the query, or a header. */
  record Parameter(String name, Type type, String description) {
    static Parameter text(String name, String description) {
      return new Parameter(name, Type.STRING, description);
    }

    static Parameter number(String name, String description) {
      return new Parameter(name, Type.INTEGER, description);
    }

    static Parameter flag(String name, String description) {
      return new Parameter(name, Type.BOOLEAN, description);
    }
  }

  /** The body of a request, in one of some media types. */
  record Body(String description, List<String> types) {}

  /**
   * An answer that is no problem.
   *
   * @param types in which it may come; none for an answer without a body
   * @param schema what JSON it is, by its name in {@link OpenApi}; null for none in particular
   * @param headers that say something about it
   */
  record Answer(
      int status, String description, List<String> types, String schema, List<Parameter> headers) {
    static Answer empty(int status, String description, Parameter... headers) {
      return new Answer(status, description, List.of(), null, List.of(headers));
    }

    static Answer json(int status, String description, String schema, Parameter... headers) {
      return new Answer(status, description, List.of(MediaTypes.JSON), schema, List.of(headers));
    }
  }

  /** The names of the parameters of the query. */
  String[] queryNames() {
    return query.stream().map(Parameter::name).toArray(String[]::new);
  }
}
