package org.prontodb.backup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Sha256;

/** Writes the files of a backup as a tar archive. */
final class ArchiveWriter {
  private static final int OWNER_FILE = 0100600;

  private final TarArchiveOutputStream tar;
  private final long seconds;
  private final Checksums checksums = new Checksums();

  /**
   * @param at when the backup was made, in milliseconds since the epoch
   */
  ArchiveWriter(OutputStream out, long at) {
    this.tar = new TarArchiveOutputStream(out, "UTF-8");
    // Plain ustar, but for the size of a file of 8 GB and more, in the way of GNU tar.
    this.tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
    this.seconds = at / 1000;
  }

  void file(String name, long size, InputStream content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setMode(OWNER_FILE);
    entry.setModTime(seconds * 1000);
    tar.putArchiveEntry(entry);
    MessageDigest digest = Sha256.digest();
    new DigestInputStream(content, digest).transferTo(tar);
    tar.closeArchiveEntry();
    checksums.add(name, digest);
  }

  void file(String name, byte[] content) throws IOException {
    file(name, content.length, new ByteArrayInputStream(content));
  }

  /** Says what is in the backup, and where it is from. */
  void manifest(String release, int schemaVersion, int namespaces, String created)
      throws IOException {
    ByteBuilder json = new ByteBuilder(256);
    new JsonWriter(json)
        .begin()
        .field("format", 1)
        .field("created", created)
        .field("prontodb", release)
        .field("schema", schemaVersion)
        .field("namespaces", namespaces)
        .endLine();
    file(Archive.MANIFEST, json.toBytes());
  }

  /** Writes the checksums and the end of the archive; the stream below stays open. */
  void finish() throws IOException {
    file(Archive.CHECKSUMS, checksums.toBytes());
    tar.finish();
  }
}
