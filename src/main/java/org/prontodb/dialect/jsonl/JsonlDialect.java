package org.prontodb.dialect.jsonl;

import java.io.OutputStream;
import java.util.List;
import org.prontodb.batch.CommandReader;
import org.prontodb.batch.EntryWriter;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.Source;

/**
 * JSON: {@code {"k":…,"v":…}} or {@code "b64"}, with {@code ns ttl expires} if wanted. It is
 * written as an object a line, or as one array of them; each is read where the other is expected.
 */
public final class JsonlDialect implements Dialect {
  private final boolean array;

  private JsonlDialect(boolean array) {
    this.array = array;
  }

  /** An object a line. */
  public static Dialect lines() {
    return new JsonlDialect(false);
  }

  /** An array of objects. */
  public static Dialect array() {
    return new JsonlDialect(true);
  }

  @Override
  public String name() {
    return array ? "json" : "jsonl";
  }

  @Override
  public List<String> suffixes() {
    return array ? List.of("json") : List.of("jsonl", "ndjson");
  }

  @Override
  public CommandReader reader(Source source, DialectOptions options) {
    return new JsonlReader(new JsonTexts(source), options);
  }

  @Override
  public EntryWriter writer(OutputStream out, DialectOptions options) {
    return new JsonlWriter(out, options, array);
  }
}
