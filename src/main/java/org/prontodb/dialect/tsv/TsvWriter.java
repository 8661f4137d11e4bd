package org.prontodb.dialect.tsv;

import java.io.OutputStream;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.table.TableWriter;

/** Writes rows with a tab between two columns. */
final class TsvWriter extends TableWriter {
  private final boolean escapes;
  private final String nullText;

  TsvWriter(OutputStream out, DialectOptions options) {
    super(out, "tsv", "\t", "\n", options, TsvDialect.binary(options.table()));
    this.nullText = options.table().nullText();
    this.escapes = TsvDialect.escapes(options.table());
  }

  @Override
  protected String nullText() {
    return nullText;
  }

  @Override
  protected void appendText(byte[] utf8) {
    if (escapes) {
      TsvEscapes.escape(utf8, buffer);
    } else {
      buffer.append(utf8);
    }
  }

  @Override
  protected String faultIfLiteral(byte[] utf8) {
    for (byte b : utf8) {
      if (b == '\t' || b == '\n' || b == '\r') {
        return b == '\t' ? "holds a tab" : "holds a line break";
      }
    }
    return null;
  }
}
