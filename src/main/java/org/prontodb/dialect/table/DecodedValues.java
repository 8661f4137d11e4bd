package org.prontodb.dialect.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.prontodb.model.Text;
import org.prontodb.model.Utf8;

/**
 * Tells whether values that were decoded because a table's values usually are base64 look as if
 * they were text all along: words of four letters decode to bytes that mean nothing.
 */
final class DecodedValues {
  private static final int SHOWN = 40;
  private static final int SHOWN_BYTES = 12;

  private long count;
  private long notText;
  private String read;
  private byte[] example;

  /** Takes note of the value {@code text[from, to)} and what it was decoded to. */
  void add(byte[] text, int from, int to, byte[] decoded) {
    if (from == to) {
      return;
    }
    count++;
    if (isText(decoded)) {
      return;
    }
    notText++;
    if (example == null) {
      int shown = Math.min(to, from + SHOWN);
      read = new String(text, from, shown - from, StandardCharsets.US_ASCII);
      read = shown < to ? read + "…" : read;
      example = Arrays.copyOf(decoded, Math.min(decoded.length, SHOWN_BYTES + 1));
    }
  }

  private static boolean isText(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return Utf8.isValid(bytes);
      }
      if (b < ' ' && b != '\t' && b != '\n' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  /** What the user should know, if most values do not decode to text. */
  List<String> warnings() {
    if (notText * 2 <= count) {
      return List.of();
    }
    String bytes =
        HexFormat.ofDelimiter(" ").formatHex(example, 0, Math.min(example.length, SHOWN_BYTES));
    return List.of(
        notText
            + " of "
            + count
            + (count == 1 ? " value does" : " values do")
            + " not decode from base64 to text: \""
            + Text.visible(read)
            + "\" was read as the bytes "
            + bytes
            + (example.length > SHOWN_BYTES ? " …" : "")
            + "; if the values are text, load them again with --plain, if they are base64, say so"
            + " with --base64");
  }
}
