package org.prontodb.dialect.csv;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.table.TableWriter;

/** Writes rows as RFC 4180 has them, with quotes only where they are needed. */
final class CsvWriter extends TableWriter {
  private final byte[] nullText;

  CsvWriter(OutputStream out, DialectOptions options) {
    super(out, "csv", ",", "\n", options, options.table().form().binary());
    String nullText = options.table().nullText();
    this.nullText = nullText == null ? null : nullText.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected String nullText() {
    return nullText == null ? null : new String(nullText, StandardCharsets.UTF_8);
  }

  @Override
  protected void appendText(byte[] utf8) {
    if (!needsQuotes(utf8)) {
      buffer.append(utf8);
      return;
    }
    buffer.append('"');
    int copied = 0;
    for (int i = 0; i < utf8.length; i++) {
      if (utf8[i] == '"') {
        buffer.append(utf8, copied, i + 1).append('"');
        copied = i + 1;
      }
    }
    buffer.append(utf8, copied, utf8.length).append('"');
  }

  /** White space at an edge is quoted, too: many a reader would trim it. */
  private boolean needsQuotes(byte[] utf8) {
    if (nullText != null && Arrays.equals(utf8, nullText)) {
      return true;
    }
    if (utf8.length == 0) {
      return false;
    }
    for (byte b : utf8) {
      if (b == ',' || b == '"' || b == '\n' || b == '\r') {
        return true;
      }
    }
    return isBlank(utf8[0]) || isBlank(utf8[utf8.length - 1]);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
