package org.prontodb.store.sqlite;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.prontodb.model.Lifetime;
import org.prontodb.store.EntryCursor;

/**
 * Walks over the rows of a query while a thread of its own reads on, block by block. The first
 * block is small and read by the caller: a short list needs no thread.
 */
final class AheadCursor implements EntryCursor {
  private static final int FIRST_ROWS = 64;

  /** With fewer, the two threads would spend their time on waking each other. */
  private static final int ROWS = 1024;

  private final Rows rows;
  private final RecordTable table;
  private final StoredValues values;
  private final BlockingQueue<RowBlock> ahead = new ArrayBlockingQueue<>(2);
  private Thread reader;
  private RuntimeException failure;
  private RowBlock block;
  private int row;

  AheadCursor(Rows rows, RecordTable table, StoredValues values) {
    this.rows = rows;
    this.table = table;
    this.values = values;
  }

  @Override
  public boolean next() {
    if (block != null && ++row < block.size()) {
      return true;
    }
    block = nextBlock();
    row = 0;
    return block.size() > 0;
  }

  private RowBlock nextBlock() {
    if (block == null) {
      return rows.next() ? rows.readInto(new RowBlock(table, FIRST_ROWS)) : noRows();
    }
    if (block.isLast()) {
      return noRows();
    }
    if (reader == null) {
      reader = Thread.ofPlatform().daemon().name("reader ahead").start(this::readAll);
    }
    try {
      RowBlock next = ahead.take();
      if (failure != null) {
        throw failure;
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while records were being read", e);
    }
  }

  private RowBlock noRows() {
    RowBlock none = new RowBlock(table, 0);
    none.setLast();
    return none;
  }

  /** What the reader's thread does. An interruption tells it that nobody wants more. */
  private void readAll() {
    try {
      RowBlock next;
      do {
        next = read();
        ahead.put(next);
      } while (!next.isLast());
    } catch (InterruptedException e) {
      // the cursor is being closed
    }
  }

  private RowBlock read() {
    try {
      return rows.readInto(new RowBlock(table, ROWS));
    } catch (RuntimeException e) {
      failure = e;
    } catch (Error e) {
      failure = new IllegalStateException(e);
    }
    return noRows();
  }

  @Override
  public byte[] key() {
    return block.key(row);
  }

  @Override
  public byte[] value() {
    return values.value(block.stored(row), block.codec(row), block.key(row));
  }

  @Override
  public Lifetime lifetime() {
    return block.lifetime(row);
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.interrupt();
      joinReader();
    }
    rows.close();
  }

  /** SQLite must not lose the statement while it is at work on it. */
  private void joinReader() {
    boolean interrupted = false;
    while (reader.isAlive()) {
      try {
        reader.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
