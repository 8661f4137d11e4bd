package org.prontodb.dialect.jsonl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.BatchCommand.Put;
import org.prontodb.batch.BatchCommand.SelectNamespace;
import org.prontodb.batch.BatchCommand.SelectStart;
import org.prontodb.dialect.Base64Text;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.lines.LineCommandReader;
import org.prontodb.dialect.lines.LineFault;
import org.prontodb.json.Json;
import org.prontodb.json.JsonReader;
import org.prontodb.json.JsonReader.Token;
import org.prontodb.json.JsonSyntaxException;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Expiry;
import org.prontodb.model.Key;
import org.prontodb.model.Namespace;
import org.prontodb.model.Nearest;
import org.prontodb.model.Numbers;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/** An object a line. A line of nothing but white space says nothing. */
final class JsonlReader extends LineCommandReader {
  private static final List<String> FIELDS = List.of("k", "v", "b64", "ns", "ttl", "expires");
  private static final String SHAPE = "{\"k\":\"key\",\"v\":\"value\"}";
  private static final String OTHER_SHAPE = "; for JSON of another shape give --key POINTER";

  /** A line's object stands around its value. */
  private final JsonReader json = new JsonReader(1 + JsonReader.MAX_DEPTH);

  private final JsonTexts texts;

  /** Where key and value stand; null for our own shape. */
  private final Shape shape;

  private final byte[] nullText;
  private final ByteBuilder canonical = new ByteBuilder(1 << 10);
  private final Set<String> seen = new HashSet<>();

  private Key key;
  private byte[] value;
  private Namespace namespace;
  private Expiry after;
  private Expiry at;

  private long rows;
  private long nulls;

  /** What the line before said of its namespace; null if it said nothing. */
  private Namespace current;

  JsonlReader(JsonTexts lines, DialectOptions options) {
    super(lines, options.delimiter());
    this.texts = lines;
    this.shape = Shape.of(options.table());
    String text = options.table().nullText();
    this.nullText = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected BatchCommand read() throws LineFault {
    if (!texts.hasText()) {
      return null;
    }
    rows++;
    if (texts.isMisplaced()) {
      throw new LineFault(
          lines.start(),
          "a comma or the end of the array should stand here",
          "write [ element, element ], or a text a line without an array around them");
    }
    try {
      if (shape == null) {
        readObject();
      } else if (!readShape()) {
        nulls++;
        return null;
      }
    } catch (JsonSyntaxException e) {
      throw fault(e);
    }
    if (nullText != null && Arrays.equals(value, nullText)) {
      nulls++;
      return null;
    }
    Put put = new Put(key, value, at != null ? at : after);
    if (Objects.equals(namespace, current)) {
      return put;
    }
    current = namespace;
    follow(put);
    return namespace == null ? new SelectStart() : new SelectNamespace(namespace);
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public long nulls() {
    return nulls;
  }

  @Override
  protected void atEnd() {
    if (texts.isCutOff()) {
      throw Problem.of(
              Kind.CONTENT,
              "the input ends before the array that it began",
              "see that the program that wrote it came to its end")
          .at(lines.position(lines.start()), null)
          .asException();
    }
  }

  private static LineFault fault(JsonSyntaxException e) {
    Problem problem = e.problem();
    return problem.message().startsWith("not UTF-8")
        ? new LineFault(
            e.offset(),
            problem.message(),
            "JSON is UTF-8; add --encoding windows-1252, iso-8859-1 or whatever it is; other bytes"
                + " go in as base64")
        : new LineFault(e.offset(), problem);
  }

  /** Reads a text of another shape; false if its value is null. */
  private boolean readShape() throws LineFault, JsonSyntaxException {
    json.begin(lines.window(), lines.start(), lines.end());
    canonical.setLength(0);
    Json.copyCanonical(json, json.next(), canonical);
    json.next();
    byte[] text = canonical.toBytes();
    int from = lines.start();
    try {
      byte[] utf8 = shape.key(text);
      key = Key.ofUtf8(utf8);
      value = shape.value(text);
    } catch (Shape.Mismatch e) {
      throw new LineFault(from, e.problem);
    } catch (ProntoException e) {
      throw new LineFault(from, e.problem());
    }
    namespace = null;
    at = null;
    after = null;
    if (value != null) {
      valueAt(from);
      checkedValue(value, from);
    }
    return value != null;
  }

  private void readObject() throws LineFault, JsonSyntaxException {
    json.begin(lines.window(), lines.start(), lines.end());
    key = null;
    value = null;
    namespace = null;
    after = null;
    at = null;
    seen.clear();
    if (json.next() != Token.BEGIN_OBJECT) {
      throw new LineFault(
          json.start(),
          texts.isElement() ? "an element is a JSON object" : "a line is one JSON object",
          "write " + SHAPE + OTHER_SHAPE);
    }
    int end;
    while (json.next() == Token.NAME) {
      readField();
    }
    end = json.start();
    json.next();
    if (key == null) {
      throw new LineFault(end, "the object has no \"k\"", "write " + SHAPE + OTHER_SHAPE);
    }
    if (value == null) {
      throw new LineFault(end, "the object has neither \"v\" nor \"b64\"", "write " + SHAPE);
    }
  }

  private void readField() throws LineFault, JsonSyntaxException {
    int nameAt = json.start();
    String name = new String(json.string(), StandardCharsets.UTF_8);
    if (!FIELDS.contains(name)) {
      throw new LineFault(
          nameAt,
          "unknown field \"" + Text.visible(name) + "\"",
          meant(name)
              .map(field -> "did you mean \"" + field + "\"?")
              .orElse("the fields are " + String.join(", ", FIELDS) + OTHER_SHAPE));
    }
    if (!seen.add(name)) {
      throw new LineFault(
          nameAt, "the name \"" + name + "\" stands twice in one object", "keep one of them");
    }
    Token token = json.next();
    int from = json.start();
    switch (name) {
      case "k" -> key = key(string(name, token), from, json.end());
      case "v" -> setValue(nameAt, from, anyValue(token));
      case "b64" -> setValue(nameAt, from, base64(string(name, token)));
      case "ns" -> namespace = namespace(text(name, token), from);
      case "ttl" -> after = ttl(token, from);
      default -> at = expiry(text(name, token), from, "write it like 2026-01-31T12:00:00Z");
    }
  }

  /** A slip of the keyboard, or a name in full: "key" for "k". */
  private static Optional<String> meant(String name) {
    return Nearest.to(name, FIELDS).or(() -> FIELDS.stream().filter(name::startsWith).findFirst());
  }

  private void setValue(int nameAt, int from, byte[] bytes) throws LineFault {
    if (value != null) {
      throw new LineFault(nameAt, "a record has \"v\" or \"b64\", not both", "keep one of them");
    }
    valueAt(from);
    value = checkedValue(bytes, from);
  }

  private byte[] anyValue(Token token) throws JsonSyntaxException {
    if (token == Token.STRING) {
      return json.string();
    }
    ByteBuilder canonical = new ByteBuilder(64);
    Json.copyCanonical(json, token, canonical);
    return canonical.toBytes();
  }

  private byte[] base64(byte[] text) throws LineFault {
    byte[] bytes = Base64Text.decode(text, 0, text.length);
    if (bytes == null) {
      int at = Base64Text.firstInvalid(text, 0, text.length);
      throw new LineFault(
          Math.min(json.start() + 1 + at, json.end() - 1),
          at < text.length ? "the value is not base64" : "the base64 value is cut short",
          "text goes into \"v\"");
    }
    return bytes;
  }

  private Namespace namespace(String path, int from) throws LineFault {
    try {
      return Namespace.parse(path, delimiter);
    } catch (ProntoException e) {
      throw new LineFault(from, e.problem());
    }
  }

  private Expiry ttl(Token token, int from) throws LineFault {
    String text = new String(lines.window(), from, json.end() - from, StandardCharsets.UTF_8);
    long seconds = token == Token.NUMBER ? Numbers.parse(text) : -1;
    if (seconds > 0 && seconds <= Expiry.MAX_SECONDS) {
      return new Expiry.After(seconds);
    }
    throw new LineFault(
        from, "\"ttl\" is a number of whole seconds from 1 to " + Expiry.MAX_SECONDS, null);
  }

  private byte[] string(String name, Token token) throws LineFault {
    if (token != Token.STRING) {
      throw new LineFault(json.start(), "\"" + name + "\" is a string", "write it in quotes");
    }
    return json.string();
  }

  private String text(String name, Token token) throws LineFault {
    return new String(string(name, token), StandardCharsets.UTF_8);
  }
}
