package org.prontodb.app;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
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
 * @param counted how many bytes have been read
 */
public record FileInput(
    String name,
    Path file,
    InputStream stream,
    Dialect dialect,
    DialectOptions options,
    AtomicLong counted)
    implements LoadInput {
  private static final Path STDIN = Path.of("/dev/stdin");

  /** What messages call standard input. */
  public static final String STDIN_NAME = "<stdin>";

  public static FileInput of(String name, Path file, Dialect dialect, DialectOptions options) {
    return new FileInput(name, file, null, dialect, options, new AtomicLong());
  }

  public static FileInput ofStdin(InputStream stdin, Dialect dialect, DialectOptions options) {
    return new FileInput(STDIN_NAME, null, stdin, dialect, options, new AtomicLong());
  }

  @Override
  public boolean isRegularFile() {
    return Files.isRegularFile(file == null ? STDIN : file);
  }

  @Override
  public long size() {
    Path path = file == null ? STDIN : file;
    try {
      return Files.isRegularFile(path) ? Files.size(path) : -1;
    } catch (IOException e) {
      return -1;
    }
  }

  @Override
  public long consumed() {
    return counted.get();
  }

  @Override
  public CommandReader open() throws IOException {
    InputStream bytes = file == null ? stream : Files.newInputStream(file);
    InputStream plain = Compression.undo(new Counted(bytes, counted), name);
    return dialect.reader(
        new Source(name, options.encoding().decoded(plain), isRegularFile()), options);
  }

  private static final class Counted extends FilterInputStream {
    private final AtomicLong count;

    Counted(InputStream in, AtomicLong count) {
      super(in);
      this.count = count;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count.addAndGet(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = super.read(into, from, length);
      count.addAndGet(Math.max(0, read));
      return read;
    }
  }
}
