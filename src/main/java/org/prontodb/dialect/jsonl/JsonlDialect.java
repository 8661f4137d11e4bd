package org.prontodb.dialect.jsonl;

import java.io.OutputStream;
import java.util.List;
import org.prontodb.batch.CommandReader;
import org.prontodb.batch.EntryWriter;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.Source;

/** JSON lines: {@code {"k":…,"v":…}} or {@code "b64"}, with {@code ns ttl expires} if wanted. */
public final class JsonlDialect implements Dialect {
  @Override
  public String name() {
    return "jsonl";
  }

  @Override
  public List<String> suffixes() {
    return List.of("jsonl", "ndjson");
  }

  @Override
  public CommandReader reader(Source source, DialectOptions options) {
    return new JsonlReader(new JsonTexts(source), options);
  }

  @Override
  public EntryWriter writer(OutputStream out, DialectOptions options) {
    return new JsonlWriter(out, options);
  }
}
