package org.prontodb.dialect.jsonl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.prontodb.dialect.Column;
import org.prontodb.dialect.TableOptions;
import org.prontodb.dialect.TableOptions.Fields;
import org.prontodb.json.Json;
import org.prontodb.json.JsonPointer;
import org.prontodb.json.JsonReader;
import org.prontodb.json.JsonReader.Token;
import org.prontodb.json.JsonSyntaxException;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Text;

/** Where key and value stand in JSON of any shape, as {@code --key} and {@code --value} say. */
final class Shape {
  private static final int NAMES_SHOWN = 8;

  private final List<JsonPointer> key;

  /** What a value is made of; null for all of the text, or all but the key. */
  private final List<JsonPointer> value;

  /** Members that do not get into a value which is all of the text. */
  private final Set<String> leftOut = new HashSet<>();

  private final boolean object;
  private final Fields fields;
  private final JsonReader reader = new JsonReader(JsonReader.MAX_DEPTH);

  /** A fault of a text: what it lacks. */
  static final class Mismatch extends Exception {
    private static final long serialVersionUID = 1L;
    final transient Problem problem;

    Mismatch(String message, String hint) {
      super(message, null, false, false);
      this.problem = Problem.of(Kind.CONTENT, message, hint);
    }
  }

  private Shape(Column key, Column value, Fields fields) {
    this.key = pointers(key);
    this.fields = fields;
    this.object = value == null || value.isObject();
    this.value = value == null || value.isWhole() ? null : pointers(value);
    if (value instanceof Column.Rest) {
      this.key.stream().filter(p -> p.steps().size() == 1).forEach(p -> leftOut.add(p.name()));
    }
  }

  /** The shape that the options say; null for our own. */
  static Shape of(TableOptions table) {
    if (table.key() == null && table.value() != null) {
      throw Problem.of(
              Kind.USAGE,
              "--value " + Text.visible(table.value().text()) + " says nothing of the key",
              "add --key POINTER, such as --key /id")
          .asException();
    }
    return table.key() == null ? null : new Shape(table.key(), table.value(), table.fields());
  }

  private static List<JsonPointer> pointers(Column column) {
    return column instanceof Column.Several several
        ? several.columns().stream().map(c -> JsonPointer.parse(c.text())).toList()
        : List.of(JsonPointer.parse(column.text()));
  }

  /** The key of a text in its canonical spelling. */
  byte[] key(byte[] text) throws Mismatch, JsonSyntaxException {
    ByteBuilder out = new ByteBuilder(32);
    for (int i = 0; i < key.size(); i++) {
      if (i > 0) {
        out.append(fields.join());
      }
      Token token = find(text, key.get(i));
      switch (token) {
        case STRING -> out.append(reader.string());
        case NUMBER, TRUE, FALSE -> Json.copyCanonical(reader, token, out);
        default ->
            throw new Mismatch(
                "the key at " + shown(key.get(i)) + " is " + described(token),
                "a key is made of texts, numbers, true and false");
      }
    }
    return out.toBytes();
  }

  /** The value of a text in its canonical spelling; null if it is a JSON null. */
  byte[] value(byte[] text) throws Mismatch, JsonSyntaxException {
    if (value == null) {
      return leftOut.isEmpty() && fields.renamed().isEmpty() ? text : members(text);
    }
    if (object) {
      return fields(text);
    }
    Token token = find(text, value.getFirst());
    return token == Token.NULL ? null : token == Token.STRING ? reader.string() : copy(token);
  }

  private Token find(byte[] text, JsonPointer pointer) throws Mismatch, JsonSyntaxException {
    reader.begin(text, 0, text.length);
    Token token = pointer.find(reader);
    if (token == null) {
      throw new Mismatch("there is no " + shown(pointer), names(text));
    }
    return token;
  }

  private static String shown(JsonPointer pointer) {
    return pointer.isWhole() ? "\"\"" : Text.visible(pointer.toString());
  }

  private static String described(Token token) {
    return switch (token) {
      case NULL -> "null";
      case BEGIN_ARRAY -> "an array";
      default -> "an object";
    };
  }

  /** What there is instead. */
  private String names(byte[] text) throws JsonSyntaxException {
    reader.begin(text, 0, text.length);
    if (reader.next() != Token.BEGIN_OBJECT) {
      return "the text is no object; \"\" points to all of it, /0 to an array's first element";
    }
    List<String> names = new ArrayList<>();
    while (reader.next() == Token.NAME) {
      if (names.size() == NAMES_SHOWN) {
        names.add("…");
        break;
      }
      names.add("/" + new String(reader.string(), StandardCharsets.UTF_8));
      JsonPointer.skip(reader, reader.next());
    }
    return names.isEmpty()
        ? "the object is empty"
        : "there are " + Text.visible(String.join(", ", names));
  }

  private byte[] copy(Token token) throws JsonSyntaxException {
    ByteBuilder out = new ByteBuilder(64);
    Json.copyCanonical(reader, token, out);
    return out.toBytes();
  }

  /** A member of a value that is put together. */
  private record Member(String name, byte[] json) {
    byte[] utf8() {
      return name.getBytes(StandardCharsets.UTF_8);
    }
  }

  private byte[] members(byte[] text) throws Mismatch, JsonSyntaxException {
    reader.begin(text, 0, text.length);
    if (reader.next() != Token.BEGIN_OBJECT) {
      return text;
    }
    List<Member> members = new ArrayList<>();
    while (reader.next() == Token.NAME) {
      String name = new String(reader.string(), StandardCharsets.UTF_8);
      byte[] json = copy(reader.next());
      if (!leftOut.contains(name)) {
        members.add(new Member(fields.name(name), json));
      }
    }
    return object(members);
  }

  private byte[] fields(byte[] text) throws Mismatch, JsonSyntaxException {
    List<Member> members = new ArrayList<>();
    for (JsonPointer pointer : value) {
      reader.begin(text, 0, text.length);
      Token token = pointer.find(reader);
      if (token != null) {
        members.add(new Member(fields.name(pointer.name()), copy(token)));
      }
    }
    return object(members);
  }

  private static byte[] object(List<Member> members) throws Mismatch {
    members.sort((a, b) -> Arrays.compareUnsigned(a.utf8(), b.utf8()));
    ByteBuilder out = new ByteBuilder(256);
    JsonWriter json = new JsonWriter(out).begin();
    String before = null;
    for (Member member : members) {
      if (member.name().equals(before)) {
        throw new Mismatch(
            "two fields are named \"" + Text.visible(before) + "\"",
            "give one of them another name with --rename OLD=NEW");
      }
      before = member.name();
      json.verbatim(before, member.json());
    }
    json.end();
    return out.toBytes();
  }
}
