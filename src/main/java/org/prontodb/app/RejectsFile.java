package org.prontodb.app;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.prontodb.batch.CommandReader;
import org.prontodb.batch.LoadListener;
import org.prontodb.batch.Scope;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Expiry;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Text;

/**
 * Writes the statements that a load skipped as a stream that can be mended and run again: each byte
 * for byte, its error above it as a comment, and before it the directives that were in force where
 * they differ from those that the file has set so far. What may hold a secret is left out.
 */
public final class RejectsFile implements LoadListener, AutoCloseable {
  private final OutputStream file;
  private final OutputStream out;

  /** Whether it was told that this can not be written. */
  private boolean failed;

  private final boolean asStream;

  private Delimiter delimiter;
  private Namespace namespace;
  private Expiry expiry = Expiry.DEFAULT;
  private String encoding = Scope.TEXT;

  private boolean empty = true;

  /** Whether a rejected directive stands in the file behind the directives that it has set. */
  private boolean unsure;

  /**
   * @param file is closed with this
   * @param delimiter the one in force at the beginning of a load
   * @param asStream whether the input is a stream; of other dialects the lines alone are written,
   *     below the line that names their columns if there is one
   */
  public RejectsFile(OutputStream file, Delimiter delimiter, boolean asStream) {
    this.file = file;
    this.out = new BufferedOutputStream(file);
    this.delimiter = delimiter;
    this.asStream = asStream;
  }

  @Override
  public void rejected(CommandReader reader, Scope scope, Problem problem) {
    try {
      byte[] statement = reader.statement();
      if (!asStream) {
        if (empty && reader.heading() != null) {
          line(reader.heading());
        }
        empty = false;
        line(statement);
      } else if (mayHoldSecret(statement)) {
        comment(problem);
        print("# left out, because it may hold a secret\n");
      } else {
        comment(problem);
        restore(scope);
        line(statement);
        unsure = unsure || isDirective(statement);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Before anything is applied, or what was skipped could be lost. */
  @Override
  public void applying() {
    failed = true;
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    failed = false;
  }

  private void comment(Problem problem) throws IOException {
    String place = problem.position() == null ? "" : problem.position() + ": ";
    print("# " + Text.visible(place + problem.message()) + "\n");
  }

  /** Writes what is in force for the statement, unless the directive to be mended decides that. */
  private void restore(Scope scope) throws IOException {
    if (scope.isBroken()) {
      return;
    }
    if (unsure || !scope.delimiter().equals(delimiter)) {
      delimiter = scope.delimiter();
      print("meta:delim=" + delimiter + ";\n");
    }
    if (scope.namespace() != null && (unsure || !scope.namespace().equals(namespace))) {
      namespace = scope.namespace();
      expiry = Expiry.DEFAULT;
      print("meta:path=" + namespace.path(delimiter) + ";\n");
    }
    if (unsure || !Objects.equals(scope.expiry(), expiry)) {
      expiry = scope.expiry();
      restoreExpiry();
    }
    if (unsure || !scope.encoding().equals(encoding)) {
      encoding = scope.encoding();
      print("meta:encoding=" + encoding + ";\n");
    }
    unsure = false;
  }

  private void restoreExpiry() throws IOException {
    switch (expiry) {
      case Expiry.Default d -> {
        if (!unsure) {
          print("meta:ttl=default;\n");
        }
      }
      case Expiry.After after -> print("meta:ttl=" + after.seconds() + ";\n");
      case Expiry.At at -> print("meta:expires=" + Instant.ofEpochMilli(at.instant()) + ";\n");
    }
  }

  /** In capital letters it is a record, and most likely meant to be none. */
  private static boolean mayHoldSecret(byte[] statement) {
    String begin = begin(statement);
    return begin.startsWith("meta:s") || begin.toLowerCase(Locale.ROOT).startsWith("meta:sec:");
  }

  private static boolean isDirective(byte[] statement) {
    return begin(statement).startsWith("meta:");
  }

  private static String begin(byte[] statement) {
    return new String(statement, 0, Math.min(statement.length, 64), StandardCharsets.ISO_8859_1)
        .replaceAll("\\s", "");
  }

  private void line(byte[] statement) throws IOException {
    out.write(statement);
    if (statement.length == 0 || statement[statement.length - 1] != '\n') {
      out.write('\n');
    }
  }

  private void print(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    (failed ? file : out).close();
  }
}
