package org.prontodb.dialect.foreign;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.prontodb.dialect.BinaryText;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.table.TableWriter;

/**
 * Writes rows as another program reads them: quotes only where they are needed, escapes where the
 * format has no quotes. By hand, because Commons CSV quotes more than Python or PostgreSQL would,
 * and would write a text that spells NULL as NULL.
 */
final class RowWriter extends TableWriter {
  private final TableFormat format;
  private final byte[] separator;
  private final String nullText;

  RowWriter(
      OutputStream out,
      String dialect,
      TableFormat format,
      DialectOptions options,
      BinaryText binary) {
    super(out, dialect, format.separator(), format.lineEnd(), options, binary);
    this.format = format;
    this.separator = format.separatorBytes();
    this.nullText =
        options.table().nullText() != null ? options.table().nullText() : format.nullText();
  }

  @Override
  protected String nullText() {
    return nullText;
  }

  @Override
  protected void appendText(byte[] utf8) {
    if (format.quote() < 0) {
      appendEscaped(utf8);
    } else if (needsQuotes(utf8)) {
      appendQuoted(utf8);
    } else {
      buffer.append(utf8);
    }
  }

  private boolean needsQuotes(byte[] utf8) {
    if (utf8.length == 0) {
      return nullText != null && nullText.isEmpty();
    }
    for (int i = 0; i < utf8.length; i++) {
      int b = utf8[i];
      if (b == '\n'
          || b == '\r'
          || b == format.quote()
          || b == format.escape()
          || (b == format.comment() && i == 0)
          || isSeparator(utf8, i)) {
        return true;
      }
    }
    return isBlank(utf8[0])
        || isBlank(utf8[utf8.length - 1])
        || (nullText != null && nullText.equals(new String(utf8, StandardCharsets.UTF_8)));
  }

  /** White space at an edge would be trimmed by some; what is not ASCII may be white space. */
  private boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || (format.passesBlanks() && b <= ' ');
  }

  private boolean isSeparator(byte[] utf8, int at) {
    if (utf8[at] != separator[0] || at + separator.length > utf8.length) {
      return false;
    }
    for (int i = 1; i < separator.length; i++) {
      if (utf8[at + i] != separator[i]) {
        return false;
      }
    }
    return true;
  }

  private void appendQuoted(byte[] utf8) {
    buffer.append(format.quote());
    for (byte b : utf8) {
      if (b == format.escape()) {
        buffer.append(b);
      } else if (b == format.quote()) {
        buffer.append(format.escape() >= 0 ? format.escape() : b);
      }
      buffer.append(b);
    }
    buffer.append(format.quote());
  }

  private void appendEscaped(byte[] utf8) {
    for (int i = 0; i < utf8.length; i++) {
      int letter = format.hasEscapes() ? letter(utf8[i]) : 0;
      if (letter != 0) {
        buffer.append(format.escape()).append(letter);
      } else if (format.hasEscapes() && (utf8[i] == format.escape() || isSeparator(utf8, i))) {
        buffer.append(format.escape()).append(utf8[i]);
      } else {
        buffer.append(utf8[i]);
      }
    }
  }

  private int letter(byte b) {
    return switch (b) {
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\t' -> format.separator().equals("\t") || format.escapes() != Escapes.GENERAL ? 't' : 0;
      case 0 -> format.escapes() == Escapes.MYSQL ? '0' : 0;
      default -> 0;
    };
  }

  @Override
  protected String faultIfLiteral(byte[] utf8) {
    if (format.quote() >= 0) {
      return null;
    }
    for (int i = 0; i < utf8.length; i++) {
      if (utf8[i] == '\n' || utf8[i] == '\r') {
        return "holds a line break";
      }
      if (isSeparator(utf8, i)) {
        return "holds the separator";
      }
    }
    return null;
  }
}
