package org.prontodb.dialect.table;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.prontodb.dialect.Base64Text;
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
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final char separator;
  private final boolean base64;
  private final boolean literal;
  private boolean headerIsDue;

  /** Whether nothing has been written. */
  private boolean beginning = true;

  private Namespace namespace;
  private boolean cache;

  /**
   * @param base64 whether values are base64
   */
  protected TableWriter(
      OutputStream out, String dialect, char separator, DialectOptions options, boolean base64) {
    super(out, dialect);
    this.separator = separator;
    this.base64 = base64;
    this.literal = options.table().form() == TableOptions.Form.LITERAL;
    this.headerIsDue = options.table().header();
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
    if (beginning) {
      beginning = false;
      keepFromLookingLikeAMark(key);
    }
    if (!base64) {
      checkText(key, value);
    }
    appendText(key);
    buffer.append(separator);
    if (base64) {
      Base64Text.encode(value, buffer);
    } else {
      appendText(value);
    }
    if (instant != null) {
      buffer.append(separator).append(instant);
    }
    endLine();
  }

  /** A key may begin like a byte order mark, which readers pass over: once. */
  private void keepFromLookingLikeAMark(byte[] key) {
    if (key.length >= BYTE_ORDER_MARK.length
        && Arrays.equals(
            key, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)) {
      buffer.append(BYTE_ORDER_MARK);
    }
  }

  private void checkText(byte[] key, byte[] value) {
    if (!Utf8.isValid(value)) {
      throw refused(key, "is not UTF-8", "write values as base64: --b64");
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
    buffer.append("key").append(separator).append("value");
    if (withExpiry) {
      buffer.append(separator).append("expires");
    }
    endLine();
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
