package org.prontodb.mirror;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.prontodb.dialect.Base64Text;
import org.prontodb.json.Json;
import org.prontodb.json.JsonReader;
import org.prontodb.json.JsonReader.Token;
import org.prontodb.json.JsonSyntaxException;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Limits;
import org.prontodb.model.Position;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.SourceLine;
import org.prontodb.model.Text;
import org.prontodb.model.Utf8;

/**
 * What a file says: JSON, and a line feed. A value that is a canonical JSON object or array stands
 * as it is, other text as a string, other bytes as {@code {"$base64":"…"}}. Names of members that
 * begin with {@code $} are ours, so a value that is an object with one is written as a string.
 *
 * @param value the record's value
 * @param label whose the file is, where its name does not say it; else null
 */
record FileContent(byte[] value, Label label) {
  private static final String BASE64 = "$base64";
  private static final String PROJECT = "$project";
  private static final String NAMESPACE = "$namespace";
  private static final String KEY = "$key";
  private static final String VALUE = "$value";
  private static final Set<String> LABELLED = Set.of(PROJECT, NAMESPACE, KEY, VALUE);

  /** The address of a record, written into a file whose name is a hash. */
  record Label(String project, String namespace, byte[] key) {}

  /** The bytes of the file at {@code place}; the same for the same value. */
  static byte[] of(byte[] value, Place place) {
    ByteBuilder out = new ByteBuilder(value.length + 16);
    if (place.path().isHashed()) {
      out.append("{\"" + KEY + "\":").append(Json.quote(place.key()));
      out.append(",\"" + NAMESPACE + "\":").append(quote(place.namespace().name()));
      out.append(",\"" + PROJECT + "\":").append(quote(place.namespace().project()));
      out.append(",\"" + VALUE + "\":");
      append(value, out);
      out.append('}');
    } else {
      append(value, out);
    }
    return out.append('\n').toBytes();
  }

  private static byte[] quote(String text) {
    return Json.quote(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void append(byte[] value, ByteBuilder out) {
    if (standsForItself(value)) {
      out.append(value);
    } else if (Utf8.isValid(value)) {
      out.append(Json.quote(value));
    } else {
      out.append("{\"" + BASE64 + "\":\"");
      Base64Text.encode(value, out);
      out.append("\"}");
    }
  }

  private static boolean standsForItself(byte[] value) {
    if (value.length == 0 || (value[0] != '{' && value[0] != '[')) {
      return false;
    }
    Optional<byte[]> canonical = Json.canonicalIfJson(value);
    return canonical.isPresent() && Arrays.equals(canonical.get(), value) && ours(value).isEmpty();
  }

  /**
   * Reads a file's bytes.
   *
   * @param file what an error calls it
   * @throws ProntoException with kind CONTENT and a position if they are not what a file holds
   */
  static FileContent parse(byte[] bytes, String file) {
    byte[] json = Json.canonical(bytes, file);
    try {
      TreeMap<String, Member> ours = json[0] == '{' ? ours(json) : new TreeMap<>();
      if (ours.keySet().equals(LABELLED)) {
        Label label =
            new Label(ours.get(PROJECT).text(), ours.get(NAMESPACE).text(), ours.get(KEY).string());
        return new FileContent(value(ours.get(VALUE).json()), label);
      }
      return new FileContent(value(json), null);
    } catch (ProntoException e) {
      Position start = new Position(file, 1, 1, 0);
      int line = 0;
      while (line < bytes.length && bytes[line] != '\n') {
        line++;
      }
      throw e.problem().at(start, SourceLine.around(bytes, 0, line, 0)).asException();
    }
  }

  private static byte[] value(byte[] json) {
    byte[] value =
        switch (json[0]) {
          case '"' -> new Member(json).string();
          case '{' -> object(json);
          default -> json;
        };
    Limits.checkValue(value.length);
    return value;
  }

  private static byte[] object(byte[] json) {
    TreeMap<String, Member> ours = ours(json);
    if (ours.isEmpty()) {
      return json;
    }
    if (!ours.keySet().equals(Set.of(BASE64))) {
      String name = ours.keySet().stream().filter(n -> n.startsWith("$")).findFirst().orElseThrow();
      throw refused(
          "the name \"" + Text.visible(name) + "\" begins with $, which is reserved",
          "write the value as a JSON string");
    }
    byte[] text = ours.get(BASE64).string();
    byte[] bytes = Base64Text.decode(text, 0, text.length);
    if (bytes == null) {
      throw refused("the value of \"" + BASE64 + "\" is not base64", "text goes into a string");
    }
    return bytes;
  }

  /**
   * The members of an object that have names of ours; all of them, if there is one at all, so that
   * an object of ours has no others.
   */
  private static TreeMap<String, Member> ours(byte[] json) {
    TreeMap<String, Member> members = new TreeMap<>();
    if (json[0] != '{' || !holdsNameOfOurs(json)) {
      return members;
    }
    boolean any = false;
    try {
      JsonReader reader = new JsonReader(json);
      reader.next();
      while (reader.next() == Token.NAME) {
        String name = new String(reader.string(), StandardCharsets.UTF_8);
        any |= name.startsWith("$");
        int from = reader.end();
        skipValue(reader);
        members.put(name, new Member(Arrays.copyOfRange(json, from, reader.end())));
      }
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException("it has been read before", e);
    }
    return any ? members : new TreeMap<>();
  }

  /** A cheap look that rules most values out: the canonical spelling does not escape a $. */
  private static boolean holdsNameOfOurs(byte[] json) {
    for (int i = 0; i + 1 < json.length; i++) {
      if (json[i] == '"' && json[i + 1] == '$') {
        return true;
      }
    }
    return false;
  }

  private static void skipValue(JsonReader reader) throws JsonSyntaxException {
    int depth = 0;
    do {
      switch (reader.next()) {
        case BEGIN_ARRAY, BEGIN_OBJECT -> depth++;
        case END_ARRAY, END_OBJECT -> depth--;
        default -> {
          // a name or a value within
        }
      }
    } while (depth > 0);
  }

  private static ProntoException refused(String message, String hint) {
    return Problem.of(Kind.CONTENT, message, hint).asException();
  }

  /** The value of a member, canonical. */
  private record Member(byte[] json) {
    byte[] string() {
      try {
        JsonReader reader = new JsonReader(json);
        if (reader.next() == Token.STRING) {
          return reader.string();
        }
      } catch (JsonSyntaxException e) {
        throw new IllegalStateException("it has been read before", e);
      }
      throw refused("a member that begins with $ is a string, but for \"" + VALUE + "\"", null);
    }

    String text() {
      return new String(string(), StandardCharsets.UTF_8);
    }
  }
}
