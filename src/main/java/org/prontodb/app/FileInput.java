package org.prontodb.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.prontodb.batch.CommandReader;
import org.prontodb.batch.LoadInput;
import org.prontodb.compression.Compression;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.Source;

/**
 * An input of a load: a file, or a stream that is open already; compressed or not.
 *
 * @param name what messages call it
 * @param file null for a stream
 * @param stream null for a file
 */
public record FileInput(
    String name, Path file, InputStream stream, Dialect dialect, DialectOptions options)
    implements LoadInput {
  private static final Path STDIN = Path.of("/dev/stdin");

  /** What messages call standard input. */
  public static final String STDIN_NAME = "<stdin>";

  public static FileInput of(String name, Path file, Dialect dialect, DialectOptions options) {
    return new FileInput(name, file, null, dialect, options);
  }

  public static FileInput ofStdin(InputStream stdin, Dialect dialect, DialectOptions options) {
    return new FileInput(STDIN_NAME, null, stdin, dialect, options);
  }

  @Override
  public boolean isRegularFile() {
    return Files.isRegularFile(file == null ? STDIN : file);
  }

  @Override
  public CommandReader open() throws IOException {
    InputStream bytes = file == null ? stream : Files.newInputStream(file);
    InputStream plain = Compression.undo(bytes, name);
    return dialect.reader(
        new Source(name, options.encoding().decoded(plain), isRegularFile()), options);
  }
}
