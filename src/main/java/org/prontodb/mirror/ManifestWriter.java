package org.prontodb.mirror;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.HexFormat;
import org.prontodb.json.JsonWriter;
import org.prontodb.mirror.Manifest.Known;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Instants;
import org.prontodb.model.Namespace;

/** Writes a {@link Manifest}, whose namespaces and keys come in their order. */
final class ManifestWriter {
  private final FileChannel channel;
  private final OutputStream out;
  private final ByteBuilder line = new ByteBuilder(256);
  private final JsonWriter json = new JsonWriter(line);

  /**
   * @param channel the file, which the caller closes
   */
  ManifestWriter(FileChannel channel) throws IOException {
    this.channel = channel;
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    json.begin().field(Manifest.TITLE, Manifest.VERSION);
    endLine();
  }

  /**
   * @param cache its settings, or null for a plain namespace
   */
  void namespace(Namespace namespace, CacheSettings cache) throws IOException {
    json.begin()
        .field(Manifest.PROJECT, namespace.project())
        .field(Manifest.NAMESPACE, namespace.name())
        .field(Manifest.KIND, cache == null ? "std" : "ttl");
    if (cache != null) {
      json.field(Manifest.TIMEOUT, cache.timeoutSeconds())
          .field(Manifest.MAX_ITEMS, cache.maxItems())
          .field(Manifest.EVICT_ON_READ, cache.evictOnRead());
    }
    endLine();
  }

  void record(byte[] key, Known known) throws IOException {
    json.begin()
        .text(Manifest.KEY, key)
        .field(Manifest.SHA256, HexFormat.of().formatHex(known.sha256()));
    if (known.expiresAt() != null) {
      json.field(Manifest.EXPIRES, Instants.format(known.expiresAt()));
    }
    endLine();
  }

  private void endLine() throws IOException {
    json.endLine();
    line.drainTo(out);
  }

  /** Hands on what was written so far, so that it outlives this process. */
  void flush() throws IOException {
    out.flush();
  }

  /** Hands all of it on, so that it outlives this machine's power supply, too. */
  void finish() throws IOException {
    out.flush();
    channel.force(true);
  }
}
