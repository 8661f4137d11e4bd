package org.prontodb.dialect.table;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.prontodb.dialect.TableOptions.Fields;
import org.prontodb.json.Json;
import org.prontodb.json.JsonPointer;
import org.prontodb.json.JsonReader;
import org.prontodb.json.JsonReader.Token;
import org.prontodb.json.JsonSyntaxException;
import org.prontodb.model.ByteBuilder;

/** Brings fields of values that are JSON back as columns: {@code --columns /name,/city}. */
final class FieldColumns {
  /** What stands for the key among the columns. */
  static final String KEY = ":key";

  private final List<String> names = new ArrayList<>();
  private final List<JsonPointer> pointers = new ArrayList<>();

  /** Members of the value itself, which are found in one pass, by name. */
  private final Map<String, Integer> members = new HashMap<>();

  private final int key;
  private final byte[][] texts;
  private final JsonReader reader = new JsonReader(JsonReader.MAX_DEPTH);

  /**
   * @param keyName what a header calls the key's column
   */
  FieldColumns(Fields fields, String keyName) {
    List<String> written = new ArrayList<>(fields.written());
    if (!written.contains(KEY)) {
      written.addFirst(KEY);
    }
    this.key = written.indexOf(KEY);
    for (String column : written) {
      JsonPointer pointer = column.equals(KEY) ? null : JsonPointer.parse(column);
      names.add(pointer == null ? keyName : fields.name(pointer.name()));
      if (pointer != null && pointer.steps().size() == 1) {
        members.putIfAbsent(pointer.name(), pointers.size());
      }
      pointers.add(pointer);
    }
    this.texts = new byte[pointers.size()][];
  }

  List<String> names() {
    return names;
  }

  boolean isKey(int column) {
    return column == key;
  }

  /**
   * Finds the fields of a value.
   *
   * @return their texts by column, reused by the next call: a string as it is, all else as JSON,
   *     null where there is none or it is null; or null if the value is no JSON object
   */
  byte[][] of(byte[] value) {
    Arrays.fill(texts, null);
    try {
      reader.begin(value, 0, value.length);
      if (reader.next() != Token.BEGIN_OBJECT) {
        return null;
      }
      while (reader.next() == Token.NAME) {
        Integer column = members.get(new String(reader.string(), StandardCharsets.UTF_8));
        Token token = reader.next();
        if (column == null) {
          JsonPointer.skip(reader, token);
        } else {
          texts[column] = text(token);
        }
      }
      reader.next();
      for (int i = 0; i < texts.length; i++) {
        findOther(value, i);
      }
      return texts;
    } catch (JsonSyntaxException e) {
      return null;
    }
  }

  private void findOther(byte[] value, int column) throws JsonSyntaxException {
    JsonPointer pointer = pointers.get(column);
    if (pointer == null) {
      return;
    }
    if (pointer.steps().size() == 1) {
      texts[column] = texts[members.get(pointer.name())];
      return;
    }
    reader.begin(value, 0, value.length);
    Token token = pointer.find(reader);
    texts[column] = token == null ? null : text(token);
  }

  private byte[] text(Token token) throws JsonSyntaxException {
    if (token == Token.STRING) {
      return reader.string();
    }
    if (token == Token.NULL) {
      return null;
    }
    ByteBuilder out = new ByteBuilder(32);
    Json.copyCanonical(reader, token, out);
    return out.toBytes();
  }
}
