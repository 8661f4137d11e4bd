package org.prontodb.fuzz;

import java.io.IOException;

/**
 * Something that reads what others have written. It is given any bytes, and has to refuse them with
 * a {@link org.prontodb.model.ProntoException} that it looks over itself, or to take them and come
 * back to the same state from what it writes. Whatever else it throws is a fault.
 */
@FunctionalInterface
public interface FuzzTarget {
  void run(byte[] input) throws IOException;
}
