package org.prontodb.dialect.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.prontodb.dialect.TableOptions.Fields;
import org.prontodb.dialect.lines.LineFault;
import org.prontodb.json.Json;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Text;

/** A value that is a canonical JSON object of columns: {@code --value :json} for one. */
final class ColumnObject {
  private final String[] names;

  /** The columns by the names of their fields, as canonical JSON wants them. */
  private final int[] order;

  private final boolean typed;

  ColumnObject(List<String> header, int[] columns, Fields fields) {
    this.typed = fields.typed();
    this.names = new String[header.size()];
    for (int column : columns) {
      if (column >= header.size()) {
        throw Problem.of(
                Kind.CONTENT,
                "there is no column " + (column + 1),
                "the header line names " + header.size())
            .asException();
      }
      names[column] = fields.name(header.get(column));
    }
    refuseUnknown(fields.renamed(), header, columns);
    this.order =
        IntStream.of(columns)
            .boxed()
            .sorted((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)))
            .mapToInt(i -> i)
            .toArray();
    for (int i = 1; i < order.length; i++) {
      String name = names[order[i]];
      if (name.equals(names[order[i - 1]])) {
        throw Problem.of(
                Kind.CONTENT,
                "two columns are named \"" + Text.visible(name) + "\"",
                "an object can have a name but once: rename one of them")
            .asException();
      }
    }
  }

  private static void refuseUnknown(
      Map<String, String> renamed, List<String> header, int[] columns) {
    for (String name : renamed.keySet()) {
      if (IntStream.of(columns).noneMatch(column -> header.get(column).equals(name))) {
        throw Problem.of(
                Kind.CONTENT,
                "there is no column \"" + Text.visible(name) + "\" to be renamed",
                "the columns of the value are "
                    + Text.visible(
                        String.join(", ", IntStream.of(columns).mapToObj(header::get).toList())))
            .asException();
      }
    }
  }

  private byte[] utf8(int column) {
    return names[column].getBytes(StandardCharsets.UTF_8);
  }

  /** The object of the row that {@code reader} stands at. */
  byte[] of(TableReader reader) throws LineFault {
    ByteBuilder out = new ByteBuilder(32 * order.length + 2);
    JsonWriter json = new JsonWriter(out).begin();
    for (int column : order) {
      if (!reader.isNull(column)) {
        append(json, names[column], reader.utf8(column));
      }
    }
    json.end();
    return out.toBytes();
  }

  private void append(JsonWriter json, String name, byte[] text) {
    if (!typed) {
      json.text(name, text);
    } else if (text.length == 0) {
      json.field(name, null);
    } else if (Json.isScalar(text)) {
      json.verbatim(name, text);
    } else {
      json.text(name, text);
    }
  }
}
