package org.prontodb.store.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.store.Snapshot;

/**
 * All of a database as it was at one moment, while others go on writing. The copy stands beside the
 * database, for its owner alone, and loses its name as soon as SQLite has opened it: nothing is
 * left of it, whatever becomes of this process.
 */
final class SqliteSnapshot implements Snapshot {
  private final FileChannel content;
  private final int schemaVersion;
  private final int namespaces;

  private SqliteSnapshot(FileChannel content, int schemaVersion, int namespaces) {
    this.content = content;
    this.schemaVersion = schemaVersion;
    this.namespaces = namespaces;
  }

  /**
   * Takes a snapshot of a database, which may be of an older release.
   *
   * @throws ProntoException with kind NOT_FOUND if there is nothing in it yet
   */
  static SqliteSnapshot of(Path database, SqliteOptions options) {
    DatabaseFile.requireFile(database);
    try (Database source = Connections.openForReading(database, options)) {
      source.execute("BEGIN");
      int version = Schema.requireKnown(source);
      int namespaces = new Catalog(source).count();
      TemporaryFile copy = TemporaryFile.beside(roomFor(database), "snapshot");
      FileChannel content = null;
      try {
        content = FileChannel.open(copy.path(), StandardOpenOption.READ);
        source.copyTo(copy.path(), () -> unlink(copy.path()));
        SqliteSnapshot snapshot = new SqliteSnapshot(content, version, namespaces);
        content = null;
        return snapshot;
      } catch (IOException e) {
        throw failed(e);
      } finally {
        copy.remove();
        close(content);
      }
    }
  }

  /** Where the snapshot is to stand; a folder that can only be read has no room for it. */
  private static Path roomFor(Path database) {
    return Files.isWritable(database.toAbsolutePath().getParent())
        ? database
        : Path.of(System.getProperty("java.io.tmpdir")).resolve(database.getFileName());
  }

  private static void unlink(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It is tried again at the end.
      return;
    }
  }

  private static void close(FileChannel content) {
    try {
      if (content != null) {
        content.close();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static ProntoException failed(IOException cause) {
    return new ProntoException(
        Problem.of(Kind.FAILED, "the snapshot can not be read: " + cause.getMessage()), cause);
  }

  @Override
  public long size() {
    try {
      return content.size();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public InputStream content() {
    return Channels.newInputStream(content);
  }

  @Override
  public int schemaVersion() {
    return schemaVersion;
  }

  @Override
  public int namespaces() {
    return namespaces;
  }

  @Override
  public void close() {
    close(content);
  }
}
