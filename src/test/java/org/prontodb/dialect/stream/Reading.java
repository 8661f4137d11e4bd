package org.prontodb.dialect.stream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.BatchCommand.Authenticate;
import org.prontodb.batch.BatchCommand.BeginBatch;
import org.prontodb.batch.BatchCommand.CreateCache;
import org.prontodb.batch.BatchCommand.Delete;
import org.prontodb.batch.BatchCommand.End;
import org.prontodb.batch.BatchCommand.Put;
import org.prontodb.batch.BatchCommand.Rejected;
import org.prontodb.batch.BatchCommand.ReplaceAll;
import org.prontodb.batch.BatchCommand.RequireAbsent;
import org.prontodb.batch.BatchCommand.RequirePresent;
import org.prontodb.batch.BatchCommand.SelectNamespace;
import org.prontodb.batch.BatchCommand.SelectProject;
import org.prontodb.batch.BatchCommand.SelectStart;
import org.prontodb.batch.BatchCommand.SelectWithinProject;
import org.prontodb.batch.BatchCommand.SetDelimiter;
import org.prontodb.batch.BatchCommand.SetEncoding;
import org.prontodb.batch.BatchCommand.SetExpiry;
import org.prontodb.batch.CommandReader;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.Source;
import org.prontodb.model.Expiry;
import org.prontodb.model.Limits;
import org.prontodb.model.Text;

/** Reads streams and says in a line a command what came out of them. */
final class Reading {
  static final int USUAL_WINDOW = 128 << 10;
  static final int SMALLEST_WINDOW = 1;

  private Reading() {}

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static StreamReader reader(InputStream input, int window) {
    return new StreamReader(
        new Source("test", input, false), DialectOptions.DEFAULT, window, Limits.STATEMENT_BYTES);
  }

  /** What {@code stream} says, which must be the same however its bytes come in. */
  static List<String> commands(byte[] stream) throws IOException {
    List<String> commands = describe(new ByteArrayInputStream(stream), USUAL_WINDOW);
    List<String> dripping = describe(new DrippingInput(stream), SMALLEST_WINDOW);
    if (!commands.equals(dripping)) {
      throw new AssertionError(
          "byte by byte this reads otherwise:\n%s\n%s".formatted(commands, dripping));
    }
    return commands;
  }

  static List<String> commands(String stream) throws IOException {
    return commands(utf8(stream));
  }

  private static List<String> describe(InputStream input, int window) throws IOException {
    List<String> commands = new ArrayList<>();
    try (CommandReader reader = reader(input, window)) {
      for (BatchCommand c = reader.next(); c != null; c = reader.next()) {
        commands.add(describe(c));
      }
    }
    return commands;
  }

  static String describe(BatchCommand command) {
    return switch (command) {
      case Put put -> "put " + put.key() + " = " + shown(put.value());
      case Delete delete -> "delete " + delete.key();
      case SelectProject select -> "project " + select.project();
      case SelectStart select -> "start";
      case SelectWithinProject select -> "namespace " + select.namespace();
      case SelectNamespace select ->
          "path " + select.namespace().project() + " " + select.namespace().name();
      case SetExpiry set -> "expiry " + shown(set.expiry());
      case SetDelimiter set -> "delimiter " + set.delimiter();
      case SetEncoding set -> set.word();
      case Authenticate statement ->
          statement.credential().word() + " " + shown(statement.secret().reveal());
      case BeginBatch begin -> "batch " + begin.id();
      case RequirePresent condition ->
          "if "
              + condition.key()
              + (condition.value() == null ? "" : " = " + shown(condition.value()));
      case RequireAbsent condition -> "unless " + condition.key();
      case ReplaceAll replace -> "replace";
      case CreateCache create ->
          "cache "
              + create.settings().timeoutSeconds()
              + " "
              + create.settings().maxItems()
              + " "
              + create.settings().evictOnRead();
      case End end -> "end";
      case Rejected bad ->
          bad.problem().position().line()
              + ":"
              + bad.problem().position().column()
              + " "
              + bad.problem().message()
              + (bad.scope() == null ? "" : " (" + bad.scope() + ")");
    };
  }

  private static String shown(Expiry expiry) {
    return switch (expiry) {
      case Expiry.Default cache -> "default";
      case Expiry.After after -> "after " + after.seconds();
      case Expiry.At at -> "at " + at.instant();
    };
  }

  private static String shown(byte[] value) {
    return Text.visible(new String(value, StandardCharsets.UTF_8));
  }

  /** Gives one byte at a time. */
  static final class DrippingInput extends InputStream {
    private final byte[] bytes;
    private int next;

    DrippingInput(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return next == bytes.length ? -1 : bytes[next++] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int b = read();
      if (b < 0) {
        return -1;
      }
      target[offset] = (byte) b;
      return 1;
    }

    @Override
    public int available() {
      return bytes.length - next;
    }
  }
}
