package org.prontodb.batch;

import java.io.IOException;

/** One file of a load, opened when its turn comes. */
public interface LoadInput {
  /** What messages call it. */
  String name();

  /** Whether reading it never has to wait for somebody. */
  boolean isRegularFile();

  CommandReader open() throws IOException;
}
