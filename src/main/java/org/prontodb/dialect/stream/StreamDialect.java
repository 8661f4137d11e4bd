package org.prontodb.dialect.stream;

import java.io.OutputStream;
import java.util.List;
import org.prontodb.batch.CommandReader;
import org.prontodb.batch.EntryWriter;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.Source;

/** The stream format: statements, directives, everything that a load can ask. */
public final class StreamDialect implements Dialect {
  @Override
  public String name() {
    return "stream";
  }

  @Override
  public List<String> suffixes() {
    return List.of("pronto");
  }

  @Override
  public CommandReader reader(Source source, DialectOptions options) {
    return new StreamReader(source, options);
  }

  @Override
  public EntryWriter writer(OutputStream out, DialectOptions options) {
    return new StreamWriter(out, options);
  }
}
