package org.prontodb.backup;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.prontodb.compression.Compression;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;
import org.prontodb.store.Restoration;
import org.prontodb.store.Snapshot;

/** A backup as bytes: a tar archive, compressed, and encrypted if so wished. */
public final class BackupFile {
  private static final int BUFFER = 1 << 16;

  /** How files begin that age and openssl have encrypted, and what decrypts them. */
  private static final Map<String, String> ENCRYPTED =
      Map.of(
          "age-encryption.org/", "--age-identity FILE",
          "-----BEGIN AGE ENCRYPTED", "--age-identity FILE",
          "Salted__", "--openssl-pass-env VAR");

  private static final int LONGEST_BEGIN = 24;

  private BackupFile() {}

  /**
   * What a backup tells of itself.
   *
   * @param release of the program that makes it
   * @param created milliseconds since the epoch
   * @param instant the same as text
   */
  public record Origin(String release, long created, String instant) {}

  /**
   * Writes a backup.
   *
   * @param configuration the content of pronto.conf, or null if there is none
   * @param environment for the program that encrypts
   * @param out stays open
   */
  public static void write(
      Snapshot snapshot,
      byte[] configuration,
      Origin origin,
      Compression compression,
      Encryption encryption,
      Map<String, String> environment,
      OutputStream out)
      throws IOException {
    try (FilterProgram program = encryption.encrypt(environment)) {
      OutputStream to = program == null ? new Unclosed(out) : program.write(out);
      try (OutputStream compressed = compression.writer(new BufferedOutputStream(to, BUFFER))) {
        archive(snapshot, configuration, origin, compressed);
      } catch (IOException e) {
        if (program != null) {
          program.finish(); // knows better why nobody reads
        }
        throw e;
      }
      if (program != null) {
        program.finish();
      }
    }
  }

  private static void archive(
      Snapshot snapshot, byte[] configuration, Origin origin, OutputStream out) throws IOException {
    ArchiveWriter archive = new ArchiveWriter(out, origin.created);
    archive.file(Archive.DATABASE, snapshot.size(), snapshot.content());
    if (configuration != null) {
      archive.file(Archive.CONFIGURATION, configuration);
    }
    archive.manifest(
        origin.release, snapshot.schemaVersion(), snapshot.namespaces(), origin.instant);
    archive.finish();
  }

  /**
   * Reads a backup to its end, and leaves its database where {@code restoration} has it wait.
   *
   * @param name what messages call the file
   * @return whether there is a configuration in it
   * @throws ProntoException with kind CONTENT if it is none, damaged, or encrypted in another way
   */
  public static boolean read(
      InputStream in,
      String name,
      Encryption encryption,
      Map<String, String> environment,
      Restoration restoration)
      throws IOException {
    try (FilterProgram program = encryption.decrypt(environment)) {
      InputStream plain = program == null ? refuseEncrypted(in) : program.read(in);
      ArchiveReader archive = new ArchiveReader(Compression.undo(plain, name));
      if (program == null) {
        return archive.read(size -> content(restoration, size)) != null;
      }
      try {
        return archive.read(size -> content(restoration, size)) != null;
      } finally {
        // Whether it was the right key is said last, and explains an archive that makes no sense.
        plain.transferTo(OutputStream.nullOutputStream());
        program.finish();
      }
    }
  }

  private static OutputStream content(Restoration restoration, long size) throws IOException {
    long room = restoration.room();
    if (size > room) {
      throw Problem.of(
              Kind.FAILED,
              "the database in the backup has %d bytes, and only %d are free beside database \"%s\""
                  .formatted(size, room, Text.visible(restoration.target())),
              "free some space; nothing was changed")
          .asException();
    }
    return restoration.content();
  }

  private static InputStream refuseEncrypted(InputStream in) throws IOException {
    byte[] begin = in.readNBytes(LONGEST_BEGIN);
    String text = new String(begin, StandardCharsets.ISO_8859_1);
    for (Map.Entry<String, String> encrypted : ENCRYPTED.entrySet()) {
      if (text.startsWith(encrypted.getKey())) {
        throw Problem.of(Kind.CONTENT, "this backup is encrypted", "give " + encrypted.getValue())
            .asException();
      }
    }
    return new SequenceInputStream(new ByteArrayInputStream(begin), in);
  }

  /** Flushes where it would be closed. */
  private static final class Unclosed extends java.io.FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
