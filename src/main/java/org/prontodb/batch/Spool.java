package org.prontodb.batch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;

/** Holds output back: the first megabyte in memory, the rest in a spill file. */
final class Spool extends OutputStream {
  private static final int IN_MEMORY = 1 << 20;

  private final SpillFiles spillFiles;
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private FileChannel file;
  private long fileSize;

  Spool(SpillFiles spillFiles) {
    this.spillFiles = spillFiles;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (fileSize == 0 && memory.size() + length <= IN_MEMORY) {
      memory.write(bytes, offset, length);
      return;
    }
    if (file == null) {
      file = spillFiles.create();
    }
    ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
    while (rest.hasRemaining()) {
      fileSize += file.write(rest, fileSize);
    }
  }

  /** Writes everything to {@code out} and begins anew. */
  void moveTo(OutputStream out) throws IOException {
    memory.writeTo(out);
    memory.reset();
    if (fileSize > 0) {
      file.position(0);
      Channels.newInputStream(file).transferTo(out);
      file.truncate(0);
      fileSize = 0;
    }
  }

  @Override
  public void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        // What was committed has been moved out of it, and the rest is not wanted.
        return;
      }
    }
  }
}
