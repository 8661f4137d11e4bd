package org.prontodb.dialect.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.EntryWriter;
import org.prontodb.dialect.Base64Text;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Expiry;
import org.prontodb.model.Instants;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Utf8;

/**
 * Writes statements that read back to the same bytes: one record a line; bare where that is exact,
 * quoted where it is not, base64 where the value is no text that a person could read.
 */
final class StreamWriter implements EntryWriter {
  private static final int BUFFER = 64 << 10;

  /** What the bytes of a text ask of the way it is written; ASCII letters ask nothing. */
  private static final int ENDS_VALUE = 1;

  private static final int ENDS_KEY = 2;
  private static final int UNREADABLE = 4;
  private static final int NOT_ASCII = 8;
  private static final byte[] ASKS = asks();

  private static final byte[] DIRECTIVE = Directive.PREFIX.getBytes(StandardCharsets.UTF_8);

  private final OutputStream out;
  private final ByteBuilder text = new ByteBuilder(BUFFER + (BUFFER >> 2));
  private Delimiter delimiter;
  private boolean delimiterWritten;
  private boolean base64;
  private Expiry inForce = Expiry.DEFAULT;

  StreamWriter(OutputStream out, DialectOptions options) {
    this.out = out;
    this.delimiter = options.delimiter();
    this.delimiterWritten = delimiter.equals(Delimiter.DEFAULT);
  }

  @Override
  public void namespace(Namespace namespace, CacheSettings cache) throws IOException {
    if (!namespace.isExpressibleWith(delimiter)) {
      use(free((namespace.project() + namespace.name()).getBytes(StandardCharsets.UTF_8)));
    }
    writeDelimiter();
    text.append("meta:path=").append(namespace.path(delimiter)).append(";\n");
    inForce = Expiry.DEFAULT;
    if (cache != null) {
      text.append("meta:cache=\"timeout=").append(Long.toString(cache.timeoutSeconds()));
      if (cache.maxItems() > 0) {
        text.append(";max_items=").append(Long.toString(cache.maxItems()));
      }
      text.append(cache.evictOnRead() ? "\";\n" : ";evict_on_read=0\";\n");
    }
    drain();
  }

  @Override
  public void put(byte[] key, byte[] value, Expiry expiry) throws IOException {
    int keyAsks = asks(key);
    if (expiry != null && !expiry.equals(inForce)) {
      set(expiry);
    }
    int asks = asks(value);
    boolean readable = isReadable(value, asks);
    if (readable == base64) {
      base64 = !readable;
      text.append(base64 ? "meta:encoding=base64;\n" : "meta:encoding=text;\n");
    }
    key(key, keyAsks);
    text.append('=');
    if (base64) {
      Base64Text.encode(value, text);
    } else if (isBare(value, asks)) {
      text.append(value);
    } else {
      quote(value);
    }
    text.append(';').append('\n');
    drain();
  }

  private void set(Expiry expiry) {
    inForce = expiry;
    switch (expiry) {
      case Expiry.Default cacheOwn -> text.append("meta:ttl=default");
      case Expiry.After after -> text.append("meta:ttl=").append(Long.toString(after.seconds()));
      case Expiry.At at -> text.append("meta:expires=").append(Instants.format(at.instant()));
    }
    text.append(";\n");
  }

  @Override
  public void delete(byte[] key) throws IOException {
    text.append("meta:del=");
    key(key, asks(key));
    text.append(';').append('\n');
    drain();
  }

  @Override
  public void ask(BatchCommand command) throws IOException {
    switch (command) {
      case BatchCommand.BeginBatch batch -> directive("meta:batch=", utf8(batch.id()));
      case BatchCommand.RequirePresent condition -> directive("meta:if=", condition(condition));
      case BatchCommand.RequireAbsent condition ->
          directive("meta:unless=", condition.key().utf8());
      case BatchCommand.ReplaceAll replace -> text.append("meta:replace;\n");
      case BatchCommand.End end -> text.append("meta:end;\n");
      default -> throw new IllegalArgumentException("not for a writer: " + command);
    }
    drain();
  }

  private void directive(String name, byte[] value) {
    text.append(name);
    quote(value);
    text.append(';').append('\n');
  }

  /** A key that could be taken for something else is quoted within the quotes. */
  private static byte[] condition(BatchCommand.RequirePresent condition) {
    byte[] key = condition.key().utf8();
    ByteBuilder words = new ByteBuilder(2 * key.length + 16);
    if (key[0] == '"' || holds(key, '=')) {
      quote(key, words);
    } else {
      words.append(key);
    }
    if (condition.value() != null) {
      words.append('=').append(condition.value());
    }
    return words.toBytes();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void key(byte[] key, int asks) {
    if ((asks & ENDS_KEY) != 0
        || key[0] == '#'
        || holds(key, delimiter.character())
        || begins(key, DIRECTIVE)
        || Utf8.hasMark(key)) {
      quote(key);
    } else {
      text.append(key);
    }
  }

  private void quote(byte[] bytes) {
    quote(bytes, text);
  }

  private static void quote(byte[] bytes, ByteBuilder text) {
    text.append('"');
    for (byte b : bytes) {
      switch (b) {
        case '"' -> text.append('\\').append('"');
        case '\\' -> text.append('\\').append('\\');
        case '\n' -> text.append('\\').append('n');
        case '\r' -> text.append('\\').append('r');
        case '\t' -> text.append('\\').append('t');
        default -> text.append(b);
      }
    }
    text.append('"');
  }

  private static boolean isReadable(byte[] value, int asks) {
    return (asks & UNREADABLE) == 0
        && ((asks & NOT_ASCII) == 0 || (Utf8.isValid(value) && !holdsControl(value)));
  }

  /** Whether UTF-8 holds one of U+0080–9F. */
  private static boolean holdsControl(byte[] utf8) {
    for (int i = 0; i < utf8.length; i++) {
      if (utf8[i] < 0 && Utf8.isControlAt(utf8, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBare(byte[] value, int asks) {
    if (value.length == 0) {
      return true;
    }
    byte first = value[0];
    byte last = value[value.length - 1];
    return (asks & ENDS_VALUE) == 0
        && first != '"'
        && !(JsonLike.begins(first)
            && JsonLike.openAt(value, 0, value.length) != JsonLike.Open.NOTHING)
        && first != ' '
        && first != '\t'
        && last != ' '
        && last != '\t';
  }

  private static boolean begins(byte[] text, byte[] with) {
    if (text.length < with.length) {
      return false;
    }
    for (int i = 0; i < with.length; i++) {
      if (text[i] != with[i]) {
        return false;
      }
    }
    return true;
  }

  private void use(Delimiter chosen) {
    delimiter = chosen;
    delimiterWritten = false;
  }

  private void writeDelimiter() {
    if (!delimiterWritten) {
      text.append("meta:delim=").append(delimiter.character()).append(";\n");
      delimiterWritten = true;
    }
  }

  /** The first delimiter, the usual one before all others, that {@code text} does not hold. */
  private static Delimiter free(byte[] text) {
    return IntStream.concat(IntStream.of(Delimiter.DEFAULT.character()), Delimiter.ALLOWED.chars())
        .filter(c -> !holds(text, c))
        .mapToObj(c -> new Delimiter((char) c))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.of(
                        Kind.FAILED,
                        "a name holds every possible delimiter, so no stream can say it")
                    .asException());
  }

  private static boolean holds(byte[] text, int c) {
    for (byte b : text) {
      if (b == c) {
        return true;
      }
    }
    return false;
  }

  private static int asks(byte[] bytes) {
    int asks = 0;
    for (byte b : bytes) {
      asks |= ASKS[b & 0xff];
    }
    return asks;
  }

  private static byte[] asks() {
    byte[] asks = new byte[256];
    for (int b = 0; b < asks.length; b++) {
      asks[b] = (byte) (b >= 0x80 ? NOT_ASCII : b < ' ' || b == 0x7f ? UNREADABLE : 0);
    }
    asks['\t'] = ENDS_KEY;
    asks['\n'] = ENDS_KEY | ENDS_VALUE;
    asks['\r'] = ENDS_KEY | ENDS_VALUE;
    asks[';'] = ENDS_KEY | ENDS_VALUE;
    asks[' '] = ENDS_KEY;
    asks['='] = ENDS_KEY;
    asks['"'] = ENDS_KEY;
    return asks;
  }

  private void drain() throws IOException {
    if (text.length() >= BUFFER) {
      text.drainTo(out);
    }
  }

  @Override
  public void flush() throws IOException {
    text.drainTo(out);
    out.flush();
  }

  /** Leaves encoding and delimiter as they were, so that another stream can be appended. */
  @Override
  public void close() throws IOException {
    if (base64) {
      text.append("meta:encoding=text;\n");
      base64 = false;
    }
    if (!delimiter.equals(Delimiter.DEFAULT)) {
      use(Delimiter.DEFAULT);
      writeDelimiter();
    }
    flush();
  }
}
