package org.prontodb.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.prontodb.model.Expiry;

/**
 * Walks over everything staged, by namespace in the order of first appearance and then by key, with
 * the last write of each key only: a merge of the sorted runs.
 */
final class StagedCursor {
  private RunCursor[] heap;
  private int size;
  private boolean started;
  private Mark mark;

  /** Where every run stood. */
  private record Mark(RunCursor[] heap, int size, long[] places) {}

  StagedCursor(List<RunCursor> runs) throws IOException {
    heap = new RunCursor[runs.size()];
    for (RunCursor run : runs) {
      if (run.next()) {
        heap[size++] = run;
      }
    }
    for (int i = size / 2 - 1; i >= 0; i--) {
      siftDown(i);
    }
  }

  /** Moves to the next key; false behind the last. */
  boolean next() {
    try {
      if (!started) {
        started = true;
      } else if (size > 0) {
        skipEarlierWrites();
        advance(0);
      }
      return size > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the cursor stands on a record of this namespace. */
  boolean isIn(int namespace) {
    return started && size > 0 && heap[0].namespace() == namespace;
  }

  /** Remembers the current place, for one {@link #reset} or several. */
  void mark() {
    long[] places = new long[size];
    for (int i = 0; i < size; i++) {
      places[i] = heap[i].place();
    }
    mark = new Mark(heap.clone(), size, places);
  }

  void reset() {
    try {
      heap = mark.heap().clone();
      size = mark.size();
      for (int i = 0; i < size; i++) {
        heap[i].back(mark.places()[i]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int namespace() {
    return heap[0].namespace();
  }

  byte[] key() {
    return heap[0].key();
  }

  byte[] value() {
    try {
      return heap[0].value();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isDelete() {
    return heap[0].kind() == Staging.DELETE;
  }

  /** The number of this write in the order of arrival, from 1. */
  long sequence() {
    return heap[0].sequence();
  }

  Expiry expiry() {
    return Staging.expiry(heap[0].kind(), heap[0].argument());
  }

  /** Later runs come first among equal keys, so what else has this key is older. */
  private void skipEarlierWrites() throws IOException {
    while (size > 1) {
      int second = size > 2 && isBefore(heap[2], heap[1]) ? 2 : 1;
      if (RunCursor.compareKeys(heap[0], heap[second]) != 0) {
        return;
      }
      advance(second);
    }
  }

  private void advance(int at) throws IOException {
    if (!heap[at].next()) {
      heap[at] = heap[--size];
    }
    siftDown(at);
  }

  private void siftDown(int from) {
    int at = from;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], heap[at])) {
        return;
      }
      RunCursor moving = heap[at];
      heap[at] = heap[child];
      heap[child] = moving;
      at = child;
    }
  }

  private static boolean isBefore(RunCursor a, RunCursor b) {
    int order = RunCursor.compareKeys(a, b);
    return order != 0 ? order < 0 : a.run > b.run;
  }
}
