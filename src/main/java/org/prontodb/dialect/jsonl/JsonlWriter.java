package org.prontodb.dialect.jsonl;

import java.io.IOException;
import java.io.OutputStream;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.TableOptions.Form;
import org.prontodb.dialect.lines.LineWriter;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Expiry;
import org.prontodb.model.Instants;
import org.prontodb.model.Namespace;

/** Writes an object a line, or an array of them. */
final class JsonlWriter extends LineWriter {
  private final JsonWriter json = new JsonWriter(buffer);
  private final DialectOptions options;
  private final boolean base64;
  private final boolean array;
  private boolean empty = true;
  private String path;

  /**
   * @param array whether an array stands around the objects
   */
  JsonlWriter(OutputStream out, DialectOptions options, boolean array) {
    super(out, array ? "json" : "jsonl");
    this.array = array;
    this.options = options;
    this.base64 = options.table().form() == Form.BASE64;
  }

  @Override
  public void namespace(Namespace namespace, CacheSettings cache) {
    if (!options.table().namespaces()) {
      return;
    }
    if (!namespace.isExpressibleWith(options.delimiter())) {
      throw cannotSay("a namespace whose name holds the delimiter '" + options.delimiter() + "'");
    }
    path = namespace.path(options.delimiter());
  }

  @Override
  public void put(byte[] key, byte[] value, Expiry expiry) throws IOException {
    if (array) {
      buffer.append(empty ? "[\n" : ",\n");
    }
    empty = false;
    json.begin().text("k", key);
    if (base64) {
      json.base64(value);
    } else {
      json.value(value);
    }
    if (path != null) {
      json.field("ns", path);
    }
    switch (expiry) {
      case null -> {}
      case Expiry.Default usual -> {}
      case Expiry.After after -> json.field("ttl", after.seconds());
      case Expiry.At at -> json.field("expires", Instants.format(at.instant()));
    }
    json.endLine();
    if (array) {
      // The comma or bracket that follows brings the line's end.
      buffer.setLength(buffer.length() - 1);
    }
    drainIfFull();
  }

  @Override
  public void close() throws IOException {
    if (array) {
      buffer.append(empty ? "[]\n" : "\n]\n");
    }
    super.close();
  }
}
