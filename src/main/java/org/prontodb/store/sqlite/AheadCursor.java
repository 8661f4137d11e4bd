package org.prontodb.store.sqlite;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.prontodb.model.Lifetime;
import org.prontodb.store.EntryCursor;

/**
 * Walks over the rows of a scan while a thread of its own reads on, block by block. The first block
 * is small and read by the caller: a short list needs no thread.
 *
 * <p>Reading takes longer than what most callers do with the records. Where there is a {@link
 * Twin}, the thread reads there, and a caller who would have to wait reads the next part of the
 * rows meanwhile, on the transaction's own connection.
 */
final class AheadCursor implements EntryCursor {
  private static final int FIRST_ROWS = 64;

  /**
   * Bytes of key and value up to which calls and not bytes are what reading takes: there, two
   * readers are faster. Above, handing over costs more than they save.
   */
  private static final int SMALL_ROW = 128;

  /** Blocks that wait; up to three more are at work. With large values, each of them is a block. */
  private static final int BLOCKS_AHEAD = 1;

  /** There may be no memory for it when it is needed. */
  private final RowBlock nothing;

  private final StoredValues values;
  private final Database database;
  private final Database twin;
  private final TableScan scan;
  private final BlockingQueue<RowBlock> ahead = new ArrayBlockingQueue<>(BLOCKS_AHEAD);

  /** What has ended the reader. */
  private volatile RuntimeException failure;

  private Thread reader;

  /** Whether there are two to read. */
  private boolean divided;

  /** What comes behind the first block; null while that may be all. */
  private ScanParts parts;

  /** The part to which the block belongs; null for the first block. */
  private ScanPart part;

  private RowBlock block;
  private int row;

  /** A part that the caller has begun to read before its turn, and what was read of it. */
  private ScanPart early;

  private RowBlock earlyBlock;

  /**
   * @param twin a connection that sees the same, or null
   */
  AheadCursor(Database database, Database twin, TableScan scan, StoredValues values) {
    this.database = database;
    this.twin = twin;
    this.scan = scan;
    this.values = values;
    this.nothing = new RowBlock(scan.table(), 0);
  }

  @Override
  public boolean next() {
    if (block == null) {
      block = firstBlock();
    } else {
      row++;
    }
    while (row >= block.size()) {
      RowBlock next = nextBlock();
      if (next == null) {
        return false;
      }
      block = next;
      row = 0;
    }
    return true;
  }

  private RowBlock firstBlock() {
    try (ScanPart first = new ScanPart(scan, database, false, FIRST_ROWS)) {
      RowBlock read = first.read();
      if (!read.isLast()) {
        divided =
            twin != null
                && read.bytes() <= (long) SMALL_ROW * read.size()
                && scan.isDivisible(database);
        TableScan rest = divided ? scan.after(read.key(read.size() - 1)) : scan.behind(read.size());
        parts = new ScanParts(rest, divided);
      }
      return read;
    }
  }

  /** Null if there is none. */
  private RowBlock nextBlock() {
    if (parts == null) {
      return null;
    }
    if (reader == null) {
      startReader();
    }
    if (part == null || block.isLast()) {
      part = nextPart();
    }
    return part == null ? null : part.isAhead() ? nextOfReader() : nextOfOwn();
  }

  private void startReader() {
    ScanPart all = divided ? null : parts.take(database, true);
    reader = Thread.ofPlatform().daemon().name("reader ahead").start(() -> readAhead(all));
  }

  private ScanPart nextPart() {
    ScanPart next = parts.next();
    if (next == null && divided) {
      parts.take(database, false);
      next = parts.next(); // which the reader may have taken just before
    }
    return next;
  }

  private RowBlock nextOfOwn() {
    RowBlock next = part == early ? earlyBlock : part.read();
    if (part == early) {
      early = null;
      earlyBlock = null;
    }
    if (next.isLast()) {
      part.close();
    }
    return next;
  }

  private RowBlock nextOfReader() {
    RowBlock next = ahead.poll();
    if (next == null) {
      if (divided && early == null) {
        readEarly();
      }
      if (failure != null) {
        throw failure;
      }
      next = await();
    }
    if (failure != null) {
      throw failure;
    }
    return next;
  }

  /** Does something useful instead of waiting. */
  private void readEarly() {
    early = parts.take(database, false);
    if (early != null) {
      earlyBlock = early.read();
    }
  }

  private RowBlock await() {
    try {
      return ahead.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while records were being read", e);
    }
  }

  /** What the reader's thread does. An interruption tells it that nobody wants more. */
  private void readAhead(ScanPart all) {
    try {
      for (ScanPart p = all != null ? all : parts.take(twin, true);
          p != null;
          p = parts.take(twin, true)) {
        readAll(p);
      }
    } catch (InterruptedException e) {
      // the cursor is being closed
    } catch (RuntimeException e) {
      fail(e);
    } catch (Throwable e) { // or the caller would wait for ever
      fail(new IllegalStateException(e));
    }
  }

  private void readAll(ScanPart mine) throws InterruptedException {
    try (mine) {
      RowBlock next;
      do {
        next = mine.read();
        ahead.put(next);
      } while (!next.isLast());
    }
  }

  /** Wakes the caller, unless there is something to find first. */
  private void fail(RuntimeException cause) {
    failure = cause;
    ahead.offer(nothing);
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
    if (part != null) {
      part.close();
    }
    if (early != null) {
      early.close();
    }
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
