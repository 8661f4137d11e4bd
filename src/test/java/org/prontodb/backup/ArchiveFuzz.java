package org.prontodb.backup;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.prontodb.compression.Compression;
import org.prontodb.fuzz.FuzzTarget;
import org.prontodb.fuzz.Messages;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;

/** The archive of a backup: what is taken is written to the same archive's content again. */
public final class ArchiveFuzz implements FuzzTarget {
  private static final int ROOM = 1 << 20;

  @Override
  public void run(byte[] input) throws IOException {
    ByteArrayOutputStream database = new ByteArrayOutputStream();
    try {
      byte[] configuration = read(input, database);
      ByteArrayOutputStream again = new ByteArrayOutputStream();
      ArchiveWriter writer = new ArchiveWriter(again, 0);
      byte[] content = database.toByteArray();
      writer.file(Archive.DATABASE, content.length, new ByteArrayInputStream(content));
      if (configuration != null) {
        writer.file(Archive.CONFIGURATION, configuration);
      }
      writer.manifest("0", 1, 0, "now");
      writer.finish();
      database.reset();
      if (!Arrays.equals(configuration, read(again.toByteArray(), database))
          || !Arrays.equals(content, database.toByteArray())) {
        throw new AssertionError("another content when written and read again");
      }
    } catch (ProntoException e) {
      Messages.check(e.problem());
    }
  }

  private static byte[] read(byte[] archive, ByteArrayOutputStream database) throws IOException {
    InputStream plain = Compression.undo(new ByteArrayInputStream(archive), "input");
    return new ArchiveReader(plain).read(size -> target(size, database));
  }

  private static OutputStream target(long size, OutputStream database) {
    if (size > ROOM) {
      throw Problem.of(Kind.FAILED, "no room").asException();
    }
    return database;
  }
}
