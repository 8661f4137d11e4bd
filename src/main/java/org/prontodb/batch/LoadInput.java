package org.prontodb.batch;

import java.io.IOException;

/** One file of a load, opened when its turn comes. */
public interface LoadInput {
  /** What messages call it. */
  String name();

  /** Whether reading it never waits for another process. */
  boolean isRegularFile();

  CommandReader open() throws IOException;
}
