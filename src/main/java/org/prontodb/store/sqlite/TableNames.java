package org.prontodb.store.sqlite;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.prontodb.model.Namespace;

/**
 * Names the table of a namespace: {@code ns_project_name}, and {@code __ttl} behind it for a cache.
 *
 * <p>Lower case letters and digits stand for themselves, any other byte is written {@code $hh}. So
 * an underscore is always one of ours, {@code a_b}/{@code c} and {@code a}/{@code b_c} stay apart,
 * and so do {@code a} and {@code A}, which SQLite takes for the same name.
 */
final class TableNames {
  private static final HexFormat HEX = HexFormat.of();

  private TableNames() {}

  static String of(Namespace namespace, boolean cache) {
    StringBuilder name = new StringBuilder("ns_");
    append(name, namespace.project());
    name.append('_');
    append(name, namespace.name());
    return cache ? name.append("__ttl").toString() : name.toString();
  }

  private static void append(StringBuilder name, String word) {
    for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
      if ((b >= 'a' && b <= 'z') || (b >= '0' && b <= '9')) {
        name.append((char) b);
      } else {
        HEX.toHexDigits(name.append('$'), b);
      }
    }
  }
}
