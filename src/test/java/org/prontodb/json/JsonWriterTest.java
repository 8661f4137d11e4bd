package org.prontodb.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.prontodb.model.ByteBuilder;

class JsonWriterTest {
  private final ByteBuilder out = new ByteBuilder(4);
  private final JsonWriter json = new JsonWriter(out);

  @Test
  void objectsAreLines() {
    json.begin().field("event", "receipt").field("ok", true).field("n", 12).endLine();
    json.begin().field("batch", null).seconds("seconds", 0.12345).endLine();
    assertEquals(
        "{\"event\":\"receipt\",\"ok\":true,\"n\":12}\n{\"batch\":null,\"seconds\":0.123}\n",
        out.toString());
  }

  @Test
  void objectsAndArraysNest() {
    json.begin().beginArray("namespaces");
    json.begin().field("namespace", "kb.a").end();
    json.begin().name("plan").begin().field("puts", 1).end().field("x", 2).end();
    json.endArray().field("last", "1").endLine();
    json.begin().beginArray("none").endArray().endLine();
    assertEquals(
        "{\"namespaces\":[{\"namespace\":\"kb.a\"},{\"plan\":{\"puts\":1},\"x\":2}],\"last\":\"1\"}\n"
            + "{\"none\":[]}\n",
        out.toString());
  }

  @Test
  void aValueIsTextWhereItCanBeAndBase64WhereItMust() {
    json.begin().text("k", bytes("né")).value(bytes("a\"\n\u0001")).endLine();
    json.begin().text("k", bytes("b")).value(new byte[] {(byte) 0xff, 0}).endLine();
    assertEquals(
        "{\"k\":\"né\",\"v\":\"a\\\"\\n\\u0001\"}\n{\"k\":\"b\",\"b64\":\"/wA=\"}\n",
        out.toString());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
