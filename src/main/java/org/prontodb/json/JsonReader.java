package org.prontodb.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Text;
import org.prontodb.model.Utf8;

/**
 * Reads one JSON text (RFC 8259) token by token and refuses whatever is not one, but for duplicate
 * names, which are its callers' to see. It keeps its own stack, so that no depth of nesting can
 * overflow the thread's.
 */
public final class JsonReader {
  /** How deeply arrays and objects may be nested. */
  public static final int MAX_DEPTH = 1000;

  /** What {@link #next} found. */
  public enum Token {
    BEGIN_OBJECT,
    END_OBJECT,
    BEGIN_ARRAY,
    END_ARRAY,
    /** The name of an object's member; its value is next. */
    NAME,
    STRING,
    NUMBER,
    TRUE,
    FALSE,
    NULL,
    /** Nothing but white space is left. */
    END
  }

  private enum State {
    VALUE,
    FIRST_ELEMENT,
    FIRST_NAME,
    NAME,
    AFTER_VALUE
  }

  private byte[] text;
  private int to;
  private int firstInvalid;
  private boolean[] inObject = new boolean[16];
  private int depth;
  private final int deepest;
  private State state = State.VALUE;
  private int at;
  private int start;
  private int closingQuote;
  private boolean escaped;

  public JsonReader(byte[] text) {
    this(MAX_DEPTH);
    begin(text, 0, text.length);
  }

  /** A reader of nothing yet, whose values may be nested {@code deepest} deep. */
  public JsonReader(int deepest) {
    this.deepest = deepest;
    begin(new byte[0], 0, 0);
  }

  /** Begins anew with the text {@code bytes[from, to)}. */
  public void begin(byte[] bytes, int from, int to) {
    this.text = bytes;
    this.to = to;
    this.at = from;
    this.depth = 0;
    this.state = State.VALUE;
    int invalid = Utf8.firstInvalid(bytes, from, to);
    this.firstInvalid = invalid < 0 ? Integer.MAX_VALUE : invalid;
  }

  /** The index of the first byte of the token that {@link #next} last returned. */
  public int start() {
    return start;
  }

  /** The index behind the last byte of the token that {@link #next} last returned. */
  public int end() {
    return at;
  }

  /** The UTF-8 of the string or name that {@link #next} last returned, its escapes resolved. */
  public byte[] string() {
    if (!escaped) {
      return Arrays.copyOfRange(text, start + 1, closingQuote);
    }
    ByteBuilder resolved = new ByteBuilder(closingQuote - start);
    JsonStrings.resolve(text, start + 1, closingQuote, resolved);
    return resolved.toBytes();
  }

  /** Appends the string or name that {@link #next} last returned in its canonical spelling. */
  void appendCanonicalString(ByteBuilder out) {
    if (escaped) {
      JsonStrings.quote(string(), out);
    } else {
      out.append(text, start, closingQuote + 1);
    }
  }

  /** Appends the token that {@link #next} last returned as it is written. */
  void appendVerbatim(ByteBuilder out) {
    out.append(text, start, at);
  }

  public Token next() throws JsonSyntaxException {
    skipWhiteSpace();
    start = at;
    return switch (state) {
      case VALUE -> value("a value");
      case FIRST_ELEMENT -> peek() == ']' ? end(Token.END_ARRAY) : value("a value or ']'");
      case FIRST_NAME -> peek() == '}' ? end(Token.END_OBJECT) : name("a name or '}'");
      case NAME -> name("a name");
      case AFTER_VALUE -> afterValue();
    };
  }

  private Token afterValue() throws JsonSyntaxException {
    if (depth == 0) {
      if (at < to) {
        throw unexpected("nothing more after the value");
      }
      return Token.END;
    }
    boolean object = inObject[depth - 1];
    int c = peek();
    if (c == ',') {
      at++;
      skipWhiteSpace();
      start = at;
      return object ? name("a name") : value("a value");
    }
    if (c == (object ? '}' : ']')) {
      return end(object ? Token.END_OBJECT : Token.END_ARRAY);
    }
    throw unexpected(object ? "',' or '}'" : "',' or ']'");
  }

  private Token value(String expected) throws JsonSyntaxException {
    state = State.AFTER_VALUE;
    return switch (peek()) {
      case '{' -> begin(Token.BEGIN_OBJECT);
      case '[' -> begin(Token.BEGIN_ARRAY);
      case '"' -> {
        scanString();
        yield Token.STRING;
      }
      case 't' -> word("true", Token.TRUE, expected);
      case 'f' -> word("false", Token.FALSE, expected);
      case 'n' -> word("null", Token.NULL, expected);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw unexpected(expected);
    };
  }

  private Token name(String expected) throws JsonSyntaxException {
    if (peek() != '"') {
      throw unexpected(expected);
    }
    scanString();
    skipWhiteSpace();
    if (peek() != ':') {
      throw unexpected("':' after the name");
    }
    at++;
    state = State.VALUE;
    return Token.NAME;
  }

  private Token begin(Token token) throws JsonSyntaxException {
    if (depth == deepest) {
      throw wrong(at, "nested more than " + MAX_DEPTH + " deep", null);
    }
    boolean object = token == Token.BEGIN_OBJECT;
    if (depth == inObject.length) {
      inObject = Arrays.copyOf(inObject, 2 * depth);
    }
    inObject[depth++] = object;
    state = object ? State.FIRST_NAME : State.FIRST_ELEMENT;
    at++;
    return token;
  }

  private Token end(Token token) {
    depth--;
    at++;
    state = State.AFTER_VALUE;
    return token;
  }

  private Token word(String word, Token token, String expected) throws JsonSyntaxException {
    int end = at;
    while (end < to && Character.isLetterOrDigit(text[end])) {
      end++;
    }
    if (!word.equals(ascii(at, end))) {
      throw unexpected(expected);
    }
    at = end;
    return token;
  }

  private Token number() throws JsonSyntaxException {
    if (peek() == '-') {
      at++;
    }
    int first = at;
    digits("'-'");
    if (text[first] == '0' && at > first + 1) {
      throw wrong(first + 1, "a number does not begin with 0", "leave out the leading zero");
    }
    if (peek() == '.') {
      at++;
      digits("'.'");
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits("the exponent's 'e'");
    }
    return Token.NUMBER;
  }

  private void digits(String before) throws JsonSyntaxException {
    int first = at;
    while (at < to && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    if (at == first) {
      throw unexpected("a digit after " + before);
    }
  }

  private void scanString() throws JsonSyntaxException {
    escaped = false;
    at++;
    while (true) {
      if (at >= to) {
        throw wrong(to, "the text ends inside a string", "close it with a double quote");
      }
      if (at == firstInvalid) {
        throw wrong(
            at,
            "not UTF-8: byte 0x%02x".formatted(text[at] & 0xff),
            "JSON is UTF-8; other bytes go in as base64");
      }
      int c = text[at];
      if (c == '"') {
        closingQuote = at++;
        return;
      }
      if (c == '\\') {
        escaped = true;
        at += JsonStrings.escapeLength(text, at, to);
      } else if (c >= 0 && c < 0x20) {
        throw wrong(
            at,
            "a string holds the control character U+%04X".formatted(c),
            "write " + JsonStrings.escape(c));
      } else {
        at++;
      }
    }
  }

  private void skipWhiteSpace() {
    while (at < to) {
      int c = text[at];
      if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
        return;
      }
      at++;
    }
  }

  private int peek() {
    return at < to ? text[at] : -1;
  }

  private JsonSyntaxException unexpected(String expected) {
    if (at >= to) {
      return wrong(to, "the text ends where " + expected + " should be", null);
    }
    String found = shownAt(at);
    return wrong(at, "expected " + expected + ", not " + found, hintFor(at));
  }

  private String shownAt(int index) {
    if (text[index] < 0) {
      return "byte 0x%02x".formatted(text[index] & 0xff);
    }
    int end = index;
    while (end < to && end < index + 20 && Character.isLetterOrDigit(text[end])) {
      end++;
    }
    return "\"" + Text.visible(ascii(index, Math.max(end, index + 1))) + "\"";
  }

  private String hintFor(int index) {
    return switch (text[index]) {
      case '\'' -> "strings and names stand in double quotes";
      case '}', ']' -> state == State.AFTER_VALUE ? null : "leave out the ',' before it";
      case '/', '#' -> "JSON has no comments";
      case (byte) 0xef -> isByteOrderMark(index) ? "leave out the byte order mark" : null;
      case 'N', 'I' -> "JSON has no NaN or Infinity: write null or a string";
      case 'T', 'F' -> "write true and false in lower case";
      default -> null;
    };
  }

  private boolean isByteOrderMark(int index) {
    return index + 2 < to && text[index + 1] == (byte) 0xbb && text[index + 2] == (byte) 0xbf;
  }

  private String ascii(int from, int end) {
    return new String(text, from, end - from, StandardCharsets.ISO_8859_1);
  }

  private static JsonSyntaxException wrong(int offset, String message, String hint) {
    return new JsonSyntaxException(offset, message, hint);
  }
}
