package org.prontodb.batch;

import java.io.IOException;

/** One file of a load, opened when its turn comes. */
public interface LoadInput {
  /** What messages call it. */
  String name();

  /** Whether reading it never waits for another process. */
  boolean isRegularFile();

  /** How many bytes it has as it lies there, compressed or not; -1 if that is not known. */
  default long size() {
    return -1;
  }

  /** How many of {@link #size} bytes have been read. */
  default long consumed() {
    return 0;
  }

  CommandReader open() throws IOException;
}
