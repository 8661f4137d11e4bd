package org.prontodb.json;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Utf8;

/**
 * Writes objects, a line each, as reports and listings are made of. The names are our own, in the
 * order in which they are given; no white space.
 *
 * <pre>{@code
 * json.begin().field("event", "receipt").field("ok", true).endLine();
 * }</pre>
 */
public final class JsonWriter {
  private final ByteBuilder out;
  private boolean first = true;

  public JsonWriter(ByteBuilder out) {
    this.out = out;
  }

  /** Begins an object: a line of its own, a member's value, or an array's element. */
  public JsonWriter begin() {
    separate();
    out.append('{');
    first = true;
    return this;
  }

  public JsonWriter end() {
    out.append('}');
    first = false;
    return this;
  }

  /** Ends the object that is a line. */
  public void endLine() {
    out.append('}').append('\n');
    first = true;
  }

  public JsonWriter beginArray(String name) {
    name(name);
    out.append('[');
    first = true;
    return this;
  }

  public JsonWriter endArray() {
    out.append(']');
    first = false;
    return this;
  }

  /** A string of the array that was begun. */
  public JsonWriter element(String value) {
    separate();
    JsonStrings.quote(value.getBytes(StandardCharsets.UTF_8), out);
    first = false;
    return this;
  }

  /** The name of a member whose value is an object that {@link #begin} opens next. */
  public JsonWriter name(String name) {
    separate();
    JsonStrings.quote(name.getBytes(StandardCharsets.UTF_8), out);
    out.append(':');
    first = true;
    return this;
  }

  /** A member; {@code null} where the value is null. */
  public JsonWriter field(String name, String value) {
    name(name);
    if (value == null) {
      out.append("null");
    } else {
      JsonStrings.quote(value.getBytes(StandardCharsets.UTF_8), out);
    }
    first = false;
    return this;
  }

  public JsonWriter field(String name, long value) {
    return verbatim(name, Long.toString(value));
  }

  public JsonWriter field(String name, boolean value) {
    return verbatim(name, Boolean.toString(value));
  }

  /** A number from 0 on with three decimals, as times are given. */
  public JsonWriter seconds(String name, double value) {
    // A formatter would take as long as all the rest of a line of a log.
    long thousandths = Math.round(value * 1000);
    String fraction = Long.toString(1000 + thousandths % 1000).substring(1);
    return verbatim(name, thousandths / 1000 + "." + fraction);
  }

  /** A string member from its UTF-8. */
  public JsonWriter text(String name, byte[] utf8) {
    name(name);
    JsonStrings.quote(utf8, out);
    first = false;
    return this;
  }

  /** A stored value: {@code "v"} with its text, or {@code "b64"} where it is not UTF-8. */
  public JsonWriter value(byte[] value) {
    return Utf8.isValid(value) ? text("v", value) : base64(value);
  }

  /** A stored value as {@code "b64"}. */
  public JsonWriter base64(byte[] value) {
    name("b64");
    out.append('"').append(Base64.getEncoder().encode(value)).append('"');
    first = false;
    return this;
  }

  /** A member whose value is JSON already. */
  public JsonWriter verbatim(String name, byte[] value) {
    name(name);
    out.append(value);
    first = false;
    return this;
  }

  private JsonWriter verbatim(String name, String value) {
    name(name);
    out.append(value);
    first = false;
    return this;
  }

  private void separate() {
    if (!first) {
      out.append(',');
    }
  }
}
