package org.prontodb.batch;

import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.records.RecordWriter;
import org.prontodb.store.Transaction;

/**
 * Writes the first namespace's records into its transaction while the rest of the load is still
 * being read, on its own thread. None of them can be seen, and none is kept, unless the whole load
 * turns out to be valid and commits. Only for loads that never wait for input with the lock held:
 * those whose inputs are all regular files, and those into a store that is not there yet.
 *
 * <p>It takes plain records as long as their keys ascend from one buffer to the next. After that
 * everything is staged, since scattered writes are cheaper once they are sorted.
 */
final class DirectWriter implements AutoCloseable {
  private static final int CHUNK = 1 << 20;
  private static final RunBuffer END = new RunBuffer(0);

  private final LoadTarget target;
  private final BlockingQueue<RunBuffer> full = new ArrayBlockingQueue<>(2);
  private final BlockingQueue<RunBuffer> free = new ArrayBlockingQueue<>(4);

  // Of the thread that reads.
  private NamespaceTask first;
  private byte[] lastKey = {};

  /** The keys handed over, by which those that come again are counted. */
  private final KeySpool keys;

  private Thread thread;

  // Of the thread that writes, until it has ended; then of the thread that applies.
  private Transaction transaction;
  private RecordWriter writer;

  private volatile RuntimeException failure;

  /** The end of a load because of what happened on the writing thread. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failure(RuntimeException cause) {
      super(cause);
    }

    @Override
    public synchronized RuntimeException getCause() {
      return (RuntimeException) super.getCause();
    }
  }

  DirectWriter(LoadTarget target) {
    this.target = target;
    this.keys = new KeySpool(target.spillFiles());
  }

  /** Says which namespace is the first of the load; to be called before any of its records. */
  void first(NamespaceTask task) {
    first = task;
  }

  /** Whether records of this namespace have been written, so that its transaction is open. */
  boolean hasBegun(NamespaceTask task) {
    return thread != null && task == first;
  }

  /**
   * Takes a sorted buffer of staged records off the caller.
   *
   * @return an empty one in its place, or null if these records and all that follow must be staged
   */
  RunBuffer exchange(RunBuffer records) {
    if (first.isCache || first.replaces() || !takes(records)) {
      return null;
    }
    lastKey = records.key(records.count() - 1);
    records.addKeysTo(keys);
    if (thread == null) {
      thread = Thread.ofPlatform().daemon().name("direct writer").start(this::writeAll);
    }
    put(full, records);
    rethrow();
    RunBuffer next = free.poll();
    return next != null ? next : new RunBuffer(CHUNK);
  }

  private boolean takes(RunBuffer records) {
    return records.holdsPlainRecordsOfFirstNamespaceOnly()
        && Arrays.compareUnsigned(lastKey, records.key(0)) < 0;
  }

  /** The transaction with all records handed over written to it; the caller commits it. */
  Transaction finish() {
    end();
    rethrow();
    return transaction;
  }

  /** The keys of the records handed over. */
  KeySpool keys() {
    return keys;
  }

  /** What has written the records handed over; it writes the rest of their namespace. */
  RecordWriter writer() {
    return writer;
  }

  private void writeAll() {
    try {
      transaction = target.store().writeBulk(first.namespace);
      long now = target.clock().getAsLong();
      writer = new RecordWriter(transaction, first.namespace, target.rules(), now);
      prepare();
      for (RunBuffer next = take(); next != END; next = take()) {
        write(next);
        next.clear();
        free.offer(next);
      }
    } catch (RuntimeException | Error e) {
      failure = e instanceof RuntimeException known ? known : new IllegalStateException(e);
      // The reading thread must not wait for this one, which has ended, to take its next buffer.
      for (RunBuffer next = take(); next != END; next = take()) {}
    }
  }

  private void prepare() {
    if (!writer.exists()) {
      NamespaceChange.create(writer, first);
    }
    if (writer.isCache()) {
      throw Problem.of(
              Kind.CONFLICT,
              first.namespace + " has become a cache while this was being read",
              "load it again")
          .asException();
    }
  }

  private void write(RunBuffer records) {
    for (int i = 0; i < records.count(); i++) {
      writer.put(records.key(i), records.value(i), null, 0);
    }
  }

  private void rethrow() {
    if (failure != null) {
      throw new Failure(failure);
    }
  }

  private void end() {
    if (thread != null && thread.isAlive()) {
      put(full, END);
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while the load was being written", e);
      }
    }
  }

  private RunBuffer take() {
    try {
      return full.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return END;
    }
  }

  private static void put(BlockingQueue<RunBuffer> queue, RunBuffer buffer) {
    try {
      queue.put(buffer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the load was being written", e);
    }
  }

  /** Undoes what has not been committed. */
  @Override
  public void close() {
    keys.close();
    end();
    if (transaction != null) {
      transaction.close();
    }
  }
}
