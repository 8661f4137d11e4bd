package org.prontodb.batch;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Walks over one sorted run of staged records, in memory or in a file. */
abstract sealed class RunCursor {
  /** Where the current record's header and key stand. */
  byte[] buffer;

  int start;

  /** The number of the run: a later one holds later writes. */
  final int run;

  private RunCursor(int run) {
    this.run = run;
  }

  abstract boolean next() throws IOException;

  abstract byte[] value() throws IOException;

  /** Something that {@link #back} understands, good for the current record. */
  abstract long place();

  abstract void back(long place) throws IOException;

  int namespace() {
    return (int) RunBuffer.INT.get(buffer, start + RunBuffer.NAMESPACE);
  }

  long sequence() {
    return (long) RunBuffer.LONG.get(buffer, start + RunBuffer.SEQUENCE);
  }

  byte kind() {
    return buffer[start + RunBuffer.KIND];
  }

  long argument() {
    return (long) RunBuffer.LONG.get(buffer, start + RunBuffer.ARGUMENT);
  }

  byte[] key() {
    int from = start + RunBuffer.HEADER;
    return Arrays.copyOfRange(buffer, from, from + keyLength());
  }

  int keyLength() {
    return (short) RunBuffer.SHORT.get(buffer, start + RunBuffer.KEY_LENGTH);
  }

  int valueLength() {
    return (int) RunBuffer.INT.get(buffer, start + RunBuffer.VALUE_LENGTH);
  }

  /** By namespace, then key. */
  static int compareKeys(RunCursor a, RunCursor b) {
    int order = Integer.compare(a.namespace(), b.namespace());
    int keyA = a.start + RunBuffer.HEADER;
    int keyB = b.start + RunBuffer.HEADER;
    return order != 0
        ? order
        : Arrays.compareUnsigned(
            a.buffer, keyA, keyA + a.keyLength(), b.buffer, keyB, keyB + b.keyLength());
  }

  /** Over the buffer that still is in memory. */
  static final class InMemory extends RunCursor {
    private final RunBuffer records;
    private int index = -1;

    InMemory(int run, RunBuffer records) {
      super(run);
      this.records = records;
      this.buffer = records.data();
    }

    @Override
    boolean next() {
      if (index + 1 >= records.count()) {
        return false;
      }
      start = records.start(++index);
      return true;
    }

    @Override
    byte[] value() {
      int from = start + RunBuffer.HEADER + keyLength();
      return Arrays.copyOfRange(buffer, from, from + valueLength());
    }

    @Override
    long place() {
      return index;
    }

    @Override
    void back(long place) {
      index = (int) place;
      start = records.start(index);
    }
  }

  /** Over a stretch of the staging file. */
  static final class InFile extends RunCursor {
    /** A header and the longest key must fit. */
    static final int LEAST_BUFFER = 2048;

    private final FileChannel file;
    private final long end;
    private long bufferAt;
    private int buffered;
    private long next;
    private long current;

    InFile(int run, FileChannel file, long from, long end, int bufferSize) {
      super(run);
      this.file = file;
      this.end = end;
      this.next = from;
      this.buffer = new byte[Math.max(bufferSize, LEAST_BUFFER)];
    }

    @Override
    boolean next() throws IOException {
      if (next >= end) {
        return false;
      }
      moveTo(next);
      return true;
    }

    private void moveTo(long position) throws IOException {
      current = position;
      makeVisible(position, RunBuffer.HEADER);
      makeVisible(position, RunBuffer.HEADER + keyLength());
      next = position + RunBuffer.HEADER + keyLength() + valueLength();
    }

    private void makeVisible(long position, int length) throws IOException {
      if (position < bufferAt || position + length > bufferAt + buffered) {
        buffered = (int) Math.min(buffer.length, end - position);
        read(file, position, buffer, 0, buffered);
        bufferAt = position;
      }
      start = (int) (position - bufferAt);
    }

    @Override
    byte[] value() throws IOException {
      int from = start + RunBuffer.HEADER + keyLength();
      int length = valueLength();
      if (from + length <= buffered) {
        return Arrays.copyOfRange(buffer, from, from + length);
      }
      LargeGarbage.expect(length);
      byte[] value = new byte[length];
      int visible = Math.max(0, buffered - from);
      System.arraycopy(buffer, Math.min(from, buffered), value, 0, visible);
      read(file, bufferAt + from + visible, value, visible, length - visible);
      return value;
    }

    @Override
    long place() {
      return current;
    }

    @Override
    void back(long place) throws IOException {
      moveTo(place);
    }

    private static void read(FileChannel file, long position, byte[] to, int offset, int length)
        throws IOException {
      ByteBuffer target = ByteBuffer.wrap(to);
      int end = offset + length;
      target.position(offset);
      long at = position;
      while (target.position() < end) {
        target.limit(Math.min(end, target.position() + RunBuffer.STEP));
        int step = file.read(target, at);
        if (step < 0) {
          throw new EOFException("the staging file has become shorter");
        }
        at += step;
      }
    }
  }
}
