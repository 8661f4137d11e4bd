package org.prontodb.dialect.table;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.prontodb.dialect.BinaryText;
import org.prontodb.dialect.Column;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.TableOptions;
import org.prontodb.dialect.lines.LineWriter;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Expiry;
import org.prontodb.model.Instants;
import org.prontodb.model.Namespace;
import org.prontodb.model.Utf8;

/** Writes the records of one namespace as the rows of a table. */
public abstract class TableWriter extends LineWriter {
  private static final String KEY_NAME = "key";

  private final byte[] separator;
  private final byte[] lineEnd;
  private final BinaryText binary;
  private final boolean literal;

  /** Null where a value is one column. */
  private final FieldColumns fields;

  private final String keyName;
  private boolean headerIsDue;

  /** Whether nothing has been written. */
  private boolean beginning = true;

  private Namespace namespace;
  private boolean cache;

  /**
   * @param binary how the bytes of values are spelt, or null if they are text
   */
  protected TableWriter(
      OutputStream out,
      String dialect,
      String separator,
      String lineEnd,
      DialectOptions options,
      BinaryText binary) {
    super(out, dialect);
    TableOptions table = options.table();
    this.separator = separator.getBytes(StandardCharsets.UTF_8);
    this.lineEnd = lineEnd.getBytes(StandardCharsets.UTF_8);
    this.binary = binary;
    this.literal = table.form() == TableOptions.Form.LITERAL;
    this.headerIsDue = table.header();
    this.keyName = table.key() instanceof Column.Named named ? named.name() : KEY_NAME;
    this.fields =
        table.fields().written() == null ? null : new FieldColumns(table.fields(), keyName);
  }

  /** How NULL is spelt, or null if the format has none, so that it is an empty column. */
  protected String nullText() {
    return null;
  }

  /** Appends text so that the reader takes it for one column. */
  protected abstract void appendText(byte[] utf8);

  /** What keeps a text from standing as it is where none is escaped, or null. */
  protected String faultIfLiteral(byte[] utf8) {
    return null;
  }

  @Override
  public final void namespace(Namespace namespace, CacheSettings settings) {
    if (this.namespace != null && !this.namespace.equals(namespace)) {
      throw cannotSay("two namespaces, " + this.namespace + " and " + namespace);
    }
    this.namespace = namespace;
    this.cache = settings != null;
  }

  @Override
  public final void put(byte[] key, byte[] value, Expiry expiry) throws IOException {
    String instant = instant(key, expiry);
    if (headerIsDue) {
      writeHeader(cache || instant != null);
    }
    boolean first = beginning;
    beginning = false;
    if (fields != null) {
      putFields(key, value, first);
      return;
    }
    if (first) {
      keepFromLookingLikeAMark(key);
    }
    if (binary == null) {
      checkText(key, value);
    }
    appendText(key);
    buffer.append(separator);
    // Nothing at all may have to be told from NULL.
    if (binary != null && value.length > 0) {
      binary.encode(value, buffer);
    } else {
      appendText(value);
    }
    if (instant != null) {
      buffer.append(separator).append(instant);
    }
    buffer.append(lineEnd);
    drainIfFull();
  }

  private void putFields(byte[] key, byte[] value, boolean first) throws IOException {
    byte[][] texts = fields.of(value);
    if (texts == null) {
      throw refused(key, "is no JSON object", "leave out --columns, which takes fields of objects");
    }
    for (int i = 0; i < texts.length; i++) {
      if (i > 0) {
        buffer.append(separator);
      }
      byte[] text = fields.isKey(i) ? key : texts[i];
      if (text == null) {
        buffer.append(nullText() == null ? "" : nullText());
      } else {
        if (i == 0 && first) {
          keepFromLookingLikeAMark(text);
        }
        checkText(key, text);
        appendText(text);
      }
    }
    buffer.append(lineEnd);
    drainIfFull();
  }

  /** A key may begin like a byte order mark, which readers pass over: once. */
  private void keepFromLookingLikeAMark(byte[] key) {
    if (Utf8.hasMark(key)) {
      buffer.append(Utf8.mark());
    }
  }

  private void checkText(byte[] key, byte[] value) {
    if (!Utf8.isValid(value)) {
      throw refused(key, "is not UTF-8", "write values as base64: --base64");
    }
    String fault = literal ? faultIfLiteral(value) : null;
    if (fault != null) {
      throw refused(key, fault, "leave out --no-escapes");
    }
  }

  private String instant(byte[] key, Expiry expiry) {
    return switch (expiry) {
      case null -> null;
      case Expiry.Default usual -> null;
      case Expiry.At at -> Instants.format(at.instant());
      case Expiry.After after ->
          throw cannotSay(
              "that \"" + shown(key) + "\" expires " + after.seconds() + " s after it is loaded");
    };
  }

  private void writeHeader(boolean withExpiry) throws IOException {
    headerIsDue = false;
    beginning = false;
    List<String> names = new ArrayList<>();
    if (fields == null) {
      names.addAll(List.of(keyName, "value"));
      if (withExpiry) {
        names.add("expires");
      }
    } else {
      names.addAll(fields.names());
    }
    for (int i = 0; i < names.size(); i++) {
      if (i > 0) {
        buffer.append(separator);
      }
      appendText(names.get(i).getBytes(StandardCharsets.UTF_8));
    }
    buffer.append(lineEnd);
    drainIfFull();
  }

  /** A table without rows still names its columns. */
  @Override
  public final void close() throws IOException {
    if (headerIsDue) {
      writeHeader(cache);
    }
    super.close();
  }
}
