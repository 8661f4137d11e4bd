package org.prontodb.store.sqlite;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The rows of a scan, for two connections in one state of the database to read part by part. */
final class ScanParts {
  /**
   * Rows of the largest part. Finding where a part ends takes a tenth of the time of reading it,
   * and handing it over as long for few rows as for many; but what was read ahead takes memory.
   */
  private static final int ROWS = 3072;

  /** Rows of the first part: its first row is soon to be seen, and may be all that is wanted. */
  private static final int FIRST_ROWS = 384;

  /** Of a block of a part that is all: with fewer, threads would only wake each other. */
  private static final int UNDIVIDED_ROWS = 1024;

  private final Queue<ScanPart> taken = new ConcurrentLinkedQueue<>();

  /** What nobody has taken; null when nothing is left. */
  private TableScan rest;

  private final boolean divided;
  private int size = FIRST_ROWS;

  /**
   * @param divided whether there are two to read them; otherwise one part is all
   */
  ScanParts(TableScan scan, boolean divided) {
    this.rest = scan;
    this.divided = divided;
  }

  /**
   * Takes the next part, to be read on {@code database}; null if all are taken.
   *
   * @param ahead whether the reader ahead takes it
   */
  synchronized ScanPart take(Database database, boolean ahead) {
    if (rest == null) {
      return null;
    }
    ScanPart part;
    byte[] end = divided ? rest.keyBehind(database, size) : null;
    if (end == null) {
      part = new ScanPart(rest, database, ahead, UNDIVIDED_ROWS);
      rest = null;
    } else {
      part = new ScanPart(rest.before(end, size), database, ahead, size);
      rest = rest.from(end);
      size = Math.min(2 * size, ROWS);
    }
    taken.add(part);
    return part;
  }

  /** The parts that were taken, one after the other, in the order of their keys. */
  ScanPart next() {
    return taken.poll();
  }
}
