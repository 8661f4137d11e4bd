package org.prontodb.dialect.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.prontodb.dialect.lines.LineFault;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Text;

/** {@code --value :json}: a canonical JSON object of all columns but the key's. */
final class RestObject {
  private final List<String> names;

  /** The columns by name, as canonical JSON wants them. */
  private final int[] order;

  RestObject(List<String> names, int keyColumn) {
    this.names = names;
    Comparator<Integer> byUtf8 = (a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b));
    this.order =
        IntStream.range(0, names.size())
            .filter(i -> i != keyColumn)
            .boxed()
            .sorted(byUtf8)
            .mapToInt(i -> i)
            .toArray();
    for (int i = 1; i < order.length; i++) {
      String name = names.get(order[i]);
      if (name.equals(names.get(order[i - 1]))) {
        throw Problem.of(
                Kind.CONTENT,
                "two columns are named \"" + Text.visible(name) + "\"",
                "an object can have a name but once: rename one of them")
            .asException();
      }
    }
  }

  private byte[] utf8(int column) {
    return names.get(column).getBytes(StandardCharsets.UTF_8);
  }

  /** The object of the row that {@code reader} stands at, its columns strings. */
  byte[] of(TableReader reader, int columns) throws LineFault {
    ByteBuilder out = new ByteBuilder(32 * columns);
    JsonWriter json = new JsonWriter(out).begin();
    for (int column : order) {
      if (!reader.isNull(column)) {
        json.text(names.get(column), reader.utf8(column));
      }
    }
    json.end();
    return out.toBytes();
  }
}
