package org.prontodb.dialect.csv;

import java.io.OutputStream;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.TableOptions.Form;
import org.prontodb.dialect.table.TableWriter;

/** Writes rows as RFC 4180 has them, with quotes only where they are needed. */
final class CsvWriter extends TableWriter {
  CsvWriter(OutputStream out, DialectOptions options) {
    super(out, "csv", ',', options, options.table().form() == Form.BASE64);
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
  private static boolean needsQuotes(byte[] utf8) {
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
