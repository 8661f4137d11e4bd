package org.prontodb.batch;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * Staged records in memory, in the order of arrival until {@link #sort}, then in the order of
 * namespace and key with the last write of each key only.
 *
 * <p>A record is, in one array: the namespace's number, the sequence, the kind, the argument of its
 * expiry, the lengths of key and value, the key, the value.
 */
final class RunBuffer {
  static final int NAMESPACE = 0;
  static final int SEQUENCE = 4;
  static final int KIND = 12;
  static final int ARGUMENT = 13;
  static final int KEY_LENGTH = 21;
  static final int VALUE_LENGTH = 23;
  static final int HEADER = 27;

  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  /** What a file is given or asked for at a time: the JDK copies it, outside the heap. */
  static final int STEP = 256 * 1024;

  private final byte[] data;
  private int used;
  private int[] starts = new int[1024];
  private int count;
  private boolean ascending = true;
  private boolean plain = true;

  RunBuffer(int capacity) {
    data = new byte[capacity];
  }

  /** The same records in a larger buffer. */
  RunBuffer grownTo(int capacity) {
    RunBuffer larger = new RunBuffer(capacity);
    System.arraycopy(data, 0, larger.data, 0, used);
    larger.used = used;
    larger.starts = starts;
    larger.count = count;
    larger.ascending = ascending;
    larger.plain = plain;
    return larger;
  }

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  int start(int index) {
    return starts[index];
  }

  byte[] key(int index) {
    int from = starts[index] + HEADER;
    return Arrays.copyOfRange(data, from, from + keyLength(starts[index]));
  }

  byte[] value(int index) {
    int start = starts[index];
    int from = start + HEADER + keyLength(start);
    return Arrays.copyOfRange(data, from, from + (int) INT.get(data, start + VALUE_LENGTH));
  }

  void addKeysTo(KeySpool keys) {
    for (int i = 0; i < count; i++) {
      int from = starts[i] + HEADER;
      keys.add(data, from, from + keyLength(starts[i]));
    }
  }

  boolean holdsPlainRecordsOfFirstNamespaceOnly() {
    return plain && count > 0;
  }

  byte[] data() {
    return data;
  }

  /** Whether a record of this size still fits. */
  boolean hasRoomFor(byte[] key, byte[] value) {
    return used + (long) HEADER + key.length + value.length <= data.length;
  }

  void append(int namespace, long sequence, byte kind, long argument, byte[] key, byte[] value) {
    int at = used;
    writeHeader(data, at, namespace, sequence, kind, argument, key.length, value.length);
    System.arraycopy(key, 0, data, at + HEADER, key.length);
    System.arraycopy(value, 0, data, at + HEADER + key.length, value.length);
    used = at + HEADER + key.length + value.length;
    plain = plain && namespace == 0 && kind == Staging.PLAIN;
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
    }
    ascending = ascending && (count == 0 || compareKeys(starts[count - 1], at) < 0);
    starts[count++] = at;
  }

  static void writeHeader(
      byte[] to,
      int at,
      int namespace,
      long sequence,
      byte kind,
      long argument,
      int keyLength,
      int valueLength) {
    INT.set(to, at + NAMESPACE, namespace);
    LONG.set(to, at + SEQUENCE, sequence);
    to[at + KIND] = kind;
    LONG.set(to, at + ARGUMENT, argument);
    SHORT.set(to, at + KEY_LENGTH, (short) keyLength);
    INT.set(to, at + VALUE_LENGTH, valueLength);
  }

  void clear() {
    used = 0;
    count = 0;
    ascending = true;
    plain = true;
  }

  /** Orders by namespace and key and keeps the last write of each key. */
  void sort() {
    if (ascending) {
      return;
    }
    long[] prefixes = new long[count];
    int shared = sharedPrefix();
    for (int i = 0; i < count; i++) {
      prefixes[i] = prefix(starts[i], shared);
    }
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    mergeSort(order, order.clone(), 0, count, prefixes);
    int[] sorted = new int[Math.max(count, 1024)];
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int start = starts[order[i]];
      // The sort is stable, so of equal keys the last one to arrive comes last.
      if (kept > 0 && compareKeys(sorted[kept - 1], start) == 0) {
        kept--;
      }
      sorted[kept++] = start;
    }
    starts = sorted;
    count = kept;
    ascending = true;
  }

  /** Appends the sorted records to {@code file} at {@code position}; returns how many bytes. */
  long writeTo(FileChannel file, long position) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(STEP);
    long at = position;
    for (int i = 0; i < count; i++) {
      int from = starts[i];
      int left = length(from);
      while (left > 0) {
        if (!chunk.hasRemaining()) {
          at += drain(chunk, file, at);
        }
        int step = Math.min(left, chunk.remaining());
        chunk.put(data, from, step);
        from += step;
        left -= step;
      }
    }
    at += drain(chunk, file, at);
    return at - position;
  }

  static long drain(ByteBuffer chunk, FileChannel file, long position) throws IOException {
    chunk.flip();
    int end = chunk.limit();
    long at = position;
    while (chunk.position() < end) {
      chunk.limit(Math.min(end, chunk.position() + STEP));
      at += file.write(chunk, at);
    }
    chunk.clear();
    return at - position;
  }

  private int length(int start) {
    return HEADER + keyLength(start) + (int) INT.get(data, start + VALUE_LENGTH);
  }

  private int keyLength(int start) {
    return (short) SHORT.get(data, start + KEY_LENGTH);
  }

  private int compareKeys(int a, int b) {
    int order =
        Integer.compare((int) INT.get(data, a + NAMESPACE), (int) INT.get(data, b + NAMESPACE));
    return order != 0
        ? order
        : Arrays.compareUnsigned(
            data,
            a + HEADER,
            a + HEADER + keyLength(a),
            data,
            b + HEADER,
            b + HEADER + keyLength(b));
  }

  /** How many bytes all keys begin with in common: what a comparison need not look at. */
  private int sharedPrefix() {
    int first = starts[0] + HEADER;
    int shared = keyLength(starts[0]);
    for (int i = 1; i < count && shared > 0; i++) {
      int key = starts[i] + HEADER;
      int limit = Math.min(shared, keyLength(starts[i]));
      int mismatch = Arrays.mismatch(data, first, first + limit, data, key, key + limit);
      shared = mismatch < 0 ? limit : mismatch;
    }
    return shared;
  }

  /** The next bytes of a key as a number that compares, unsigned, as they do. */
  private long prefix(int start, int shared) {
    int from = start + HEADER + shared;
    int length = Math.min(Long.BYTES, keyLength(start) - shared);
    if (length == Long.BYTES) {
      return (long) LONG.get(data, from);
    }
    long prefix = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      prefix = prefix << 8 | (i < length ? data[from + i] & 0xff : 0);
    }
    return prefix;
  }

  /** Stable; sorts {@code to[from, end)}, whose content stands in {@code scratch} as well. */
  private void mergeSort(int[] to, int[] scratch, int from, int end, long[] prefixes) {
    if (end - from < 8) {
      for (int i = from + 1; i < end; i++) {
        int moving = to[i];
        int k = i;
        while (k > from && compare(to[k - 1], moving, prefixes) > 0) {
          to[k] = to[k - 1];
          k--;
        }
        to[k] = moving;
      }
      return;
    }
    int middle = (from + end) >>> 1;
    mergeSort(scratch, to, from, middle, prefixes);
    mergeSort(scratch, to, middle, end, prefixes);
    if (compare(scratch[middle - 1], scratch[middle], prefixes) <= 0) {
      System.arraycopy(scratch, from, to, from, end - from);
      return;
    }
    int left = from;
    int right = middle;
    for (int i = from; i < end; i++) {
      boolean takeLeft =
          right >= end || (left < middle && compare(scratch[left], scratch[right], prefixes) <= 0);
      to[i] = takeLeft ? scratch[left++] : scratch[right++];
    }
  }

  private int compare(int a, int b, long[] prefixes) {
    int namespaces =
        Integer.compare(
            (int) INT.get(data, starts[a] + NAMESPACE), (int) INT.get(data, starts[b] + NAMESPACE));
    if (namespaces != 0) {
      return namespaces;
    }
    int order = Long.compareUnsigned(prefixes[a], prefixes[b]);
    return order != 0 ? order : compareKeys(starts[a], starts[b]);
  }
}
