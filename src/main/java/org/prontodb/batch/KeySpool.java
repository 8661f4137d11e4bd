package org.prontodb.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * Ascending keys in a file, to be compared later with others that ascend: in memory that does not
 * grow. Keys are added by one thread, and looked up by one when all have been added.
 */
final class KeySpool implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final SpillFiles spillFiles;
  private ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private FileChannel file;
  private long size;

  /** How many bytes of the file have been read into the buffer; -1 before the first look-up. */
  private long read = -1;

  /** The key that the next look-up is compared with; null behind the last. */
  private byte[] current;

  KeySpool(SpillFiles spillFiles) {
    this.spillFiles = spillFiles;
  }

  /** Adds {@code bytes[from, to)}, a key that is greater than all before. */
  void add(byte[] bytes, int from, int to) {
    if (buffer.remaining() < Short.BYTES + to - from) {
      drain();
    }
    buffer.putShort((short) (to - from)).put(bytes, from, to - from);
  }

  private void drain() {
    try {
      if (file == null) {
        file = spillFiles.create();
      }
      buffer.flip();
      while (buffer.hasRemaining()) {
        size += file.write(buffer, size);
      }
      buffer.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the key was added; to be asked for ascending keys. */
  boolean contains(byte[] key) {
    if (read < 0) {
      if (file != null) {
        drain();
      }
      read = 0;
      buffer = file == null ? buffer.flip() : buffer.limit(0);
      current = next();
    }
    int order = -1;
    while (current != null && (order = Arrays.compareUnsigned(current, key)) < 0) {
      current = next();
    }
    return current != null && order == 0;
  }

  private byte[] next() {
    if (!has(Short.BYTES)) {
      return null;
    }
    byte[] key = new byte[buffer.getShort(buffer.position())];
    has(Short.BYTES + key.length);
    buffer.getShort();
    buffer.get(key);
    return key;
  }

  private boolean has(int count) {
    try {
      while (buffer.remaining() < count && read < size) {
        buffer.compact();
        int step = file.read(buffer, read);
        read += Math.max(0, step);
        buffer.flip();
      }
      return buffer.remaining() >= count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        // What it held is not needed any more.
        return;
      }
    }
  }
}
