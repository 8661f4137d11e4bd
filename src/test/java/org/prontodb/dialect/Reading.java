package org.prontodb.dialect;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.BatchCommand.Put;
import org.prontodb.batch.BatchCommand.Rejected;
import org.prontodb.batch.BatchCommand.RequirePresent;
import org.prontodb.batch.BatchCommand.SelectNamespace;
import org.prontodb.batch.CommandReader;
import org.prontodb.model.Expiry;
import org.prontodb.model.Instants;
import org.prontodb.model.Position;
import org.prontodb.model.Problem;
import org.prontodb.model.Text;

/** Reads an input to its end and tells what came of it, a line a command. */
public final class Reading {
  private Reading() {}

  public static List<String> of(Dialect dialect, TableOptions options, String text) {
    return of(dialect, options, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads twice, once in one piece and once byte by byte, and expects no difference. */
  public static List<String> of(Dialect dialect, TableOptions options, byte[] input) {
    List<String> whole = told(dialect, options, new ByteArrayInputStream(input));
    List<String> trickled = told(dialect, options, new Trickle(input));
    if (!whole.equals(trickled)) {
      throw new AssertionError("in one piece: " + whole + "\nbyte by byte: " + trickled);
    }
    return whole;
  }

  private static List<String> told(Dialect dialect, TableOptions options, InputStream input) {
    List<String> told = new ArrayList<>();
    Source source = new Source("<stdin>", input, false);
    try (CommandReader reader =
        dialect.reader(source, new DialectOptions(DialectOptions.DEFAULT.delimiter(), options))) {
      for (BatchCommand c = reader.next(); c != null; c = reader.next()) {
        told.add(told(c));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return told;
  }

  private static String told(BatchCommand command) {
    return switch (command) {
      case Put put -> put.key() + "=" + told(put.value()) + told(put.expiry());
      case Rejected rejected -> told(rejected.problem());
      case RequirePresent required ->
          "if " + required.key() + (required.value() == null ? "" : "=" + told(required.value()));
      case SelectNamespace select -> "namespace " + select.namespace();
      default -> command.toString();
    };
  }

  private static String told(byte[] value) {
    return Text.visible(new String(value, StandardCharsets.UTF_8));
  }

  private static String told(Expiry expiry) {
    return switch (expiry) {
      case null -> "";
      case Expiry.Default usual -> " by default";
      case Expiry.After after -> " after " + after.seconds();
      case Expiry.At at -> " at " + Instants.format(at.instant());
    };
  }

  /** {@code line:column+offset message (hint)}. */
  public static String told(Problem problem) {
    Position at = problem.position();
    return "%d:%d+%d %s%s"
        .formatted(
            at.line(),
            at.column(),
            at.offset(),
            problem.message(),
            problem.advice().map(hint -> " (" + hint + ")").orElse(""));
  }

  /** What {@code write} writes. */
  static byte[] written(Dialect dialect, TableOptions options, Writing write) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var writer =
        dialect.writer(out, new DialectOptions(DialectOptions.DEFAULT.delimiter(), options))) {
      write.to(writer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  interface Writing {
    void to(org.prontodb.batch.EntryWriter writer) throws IOException;
  }

  /** Gives one byte at a time. */
  private static final class Trickle extends ByteArrayInputStream {
    Trickle(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] into, int from, int length) {
      return super.read(into, from, Math.min(length, 1));
    }
  }
}
