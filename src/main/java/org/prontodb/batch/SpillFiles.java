package org.prontodb.batch;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** Makes files for what does not fit into memory. */
@FunctionalInterface
public interface SpillFiles {

  /**
   * A new file for reading and writing that no other user can read, and that is gone when the
   * channel is closed or the process dies.
   */
  FileChannel create() throws IOException;

  /** Where they stand, for a message. */
  default String place() {
    return "the folder for temporary files";
  }
}
