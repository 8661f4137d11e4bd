package org.prontodb.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.prontodb.model.Expiry;

/**
 * Keeps what a load brings until the whole of it has been read, in memory that does not grow: full
 * buffers are sorted and written to a file as runs, which are merged when the load is applied.
 * Input that comes in the order of its keys is noticed and not sorted.
 */
final class Staging implements AutoCloseable {
  static final byte PLAIN = 0;
  static final byte CACHE_DEFAULT = 1;
  static final byte CACHE_AFTER = 2;
  static final byte CACHE_AT = 3;
  static final byte DELETE = 4;

  private static final int BUFFER = 8 << 20;
  private static final int SMALL_BUFFER = 64 << 10;
  private static final int READ_BUFFERS = 8 << 20;
  private static final int LARGEST_READ_BUFFER = 128 << 10;
  private static final byte[] NO_VALUE = {};

  private final SpillFiles spillFiles;
  private final int bufferSize;

  /** Null if everything is staged. */
  private DirectWriter direct;

  /** Whether {@link #direct} may take more. */
  private boolean offering;

  private RunBuffer buffer;
  private FileChannel file;
  private long fileSize;
  private final List<Run> runs = new ArrayList<>();
  private long sequence;

  private record Run(long from, long end) {}

  Staging(SpillFiles spillFiles) {
    this(spillFiles, BUFFER);
  }

  /**
   * @param bufferSize how many bytes stay in memory
   */
  Staging(SpillFiles spillFiles, int bufferSize) {
    this.spillFiles = spillFiles;
    this.bufferSize = bufferSize;
    this.buffer = new RunBuffer(Math.min(bufferSize, SMALL_BUFFER));
  }

  /** Lets the first namespace's records be written into its open transaction, if they may be. */
  void writeDirectly(DirectWriter direct) {
    this.direct = direct;
    this.offering = true;
  }

  /** To be called with each namespace before its records come. */
  void announce(NamespaceTask task) {
    if (direct != null && task.number == 0) {
      direct.first(task);
    }
  }

  /** Nothing more is to be written before the load has been read to its end. */
  void stageEverything() {
    offering = false;
  }

  /** What has written records of this namespace into its transaction; null if nothing has. */
  DirectWriter directWriterOf(NamespaceTask task) {
    return direct != null && direct.hasBegun(task) ? direct : null;
  }

  /**
   * @param expiry null outside caches
   */
  void put(int namespace, byte[] key, byte[] value, Expiry expiry) {
    switch (expiry) {
      case null -> add(namespace, PLAIN, 0, key, value);
      case Expiry.Default d -> add(namespace, CACHE_DEFAULT, 0, key, value);
      case Expiry.After after -> add(namespace, CACHE_AFTER, after.seconds(), key, value);
      case Expiry.At at -> add(namespace, CACHE_AT, at.instant(), key, value);
    }
  }

  void delete(int namespace, byte[] key) {
    add(namespace, DELETE, 0, key, NO_VALUE);
  }

  static Expiry expiry(byte kind, long argument) {
    return switch (kind) {
      case CACHE_DEFAULT -> Expiry.DEFAULT;
      case CACHE_AFTER -> new Expiry.After(argument);
      case CACHE_AT -> new Expiry.At(argument);
      default -> null;
    };
  }

  boolean isEmpty() {
    return sequence == 0;
  }

  /** How many writes and deletions were staged since the last {@link #clear}. */
  long count() {
    return sequence;
  }

  private void add(int namespace, byte kind, long argument, byte[] key, byte[] value) {
    sequence++;
    if (!buffer.hasRoomFor(key, value) && !makeRoomFor(key, value)) {
      spillAlone(namespace, kind, argument, key, value);
      return;
    }
    buffer.append(namespace, sequence, kind, argument, key, value);
  }

  /** A small load never pays for a large buffer; a large one changes to it once. */
  private boolean makeRoomFor(byte[] key, byte[] value) {
    if (!handOver()) {
      if (buffer.data().length < bufferSize) {
        buffer = buffer.grownTo(bufferSize);
      } else {
        spill();
      }
    }
    return buffer.hasRoomFor(key, value);
  }

  private boolean handOver() {
    if (!offering) {
      return false;
    }
    buffer.sort();
    RunBuffer next = direct.exchange(buffer);
    if (next == null) {
      offering = false;
      return false;
    }
    buffer = next;
    return true;
  }

  private void spill() {
    if (buffer.isEmpty()) {
      return;
    }
    try {
      buffer.sort();
      long length = buffer.writeTo(openFile(), fileSize);
      addRun(length);
      buffer.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A record larger than the buffer is a run of its own. */
  private void spillAlone(int namespace, byte kind, long argument, byte[] key, byte[] value) {
    spill();
    LargeGarbage.expect(value.length);
    try {
      ByteBuffer head = ByteBuffer.allocate(RunBuffer.HEADER + key.length);
      RunBuffer.writeHeader(
          head.array(), 0, namespace, sequence, kind, argument, key.length, value.length);
      head.put(RunBuffer.HEADER, key).position(head.capacity());
      long length = RunBuffer.drain(head, openFile(), fileSize);
      ByteBuffer body = ByteBuffer.wrap(value).position(value.length);
      length += RunBuffer.drain(body, file, fileSize + length);
      addRun(length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void addRun(long length) {
    runs.add(new Run(fileSize, fileSize + length));
    fileSize += length;
  }

  private FileChannel openFile() throws IOException {
    if (file == null) {
      file = spillFiles.create();
    }
    return file;
  }

  /** All that was staged, in order. Nothing more can be staged before {@link #clear}. */
  StagedCursor read() {
    try {
      buffer.sort();
      List<RunCursor> cursors = new ArrayList<>();
      int readBuffer = Math.clamp(READ_BUFFERS / (runs.size() + 1), 0, LARGEST_READ_BUFFER);
      for (Run run : runs) {
        cursors.add(new RunCursor.InFile(cursors.size(), file, run.from(), run.end(), readBuffer));
      }
      cursors.add(new RunCursor.InMemory(cursors.size(), buffer));
      return new StagedCursor(cursors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forgets everything and begins anew. */
  void clear() {
    buffer.clear();
    runs.clear();
    fileSize = 0;
    sequence = 0;
  }

  /** Forgets everything, and undoes what was written directly and is not committed. */
  @Override
  public void close() {
    if (direct != null) {
      direct.close();
    }
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        // What was committed is in the store, and nothing else of it is needed.
        return;
      }
    }
  }
}
