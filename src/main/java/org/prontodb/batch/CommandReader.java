package org.prontodb.batch;

import java.io.IOException;
import java.util.List;
import org.prontodb.model.Position;
import org.prontodb.model.Problem;

/**
 * Pulls commands out of one input, one at a time, in memory that does not grow with the input. Not
 * safe for use by several threads.
 */
public interface CommandReader extends AutoCloseable {

  /**
   * The next command, or null at the end of the input. A statement that can not be read is answered
   * with {@link BatchCommand.Rejected}, and reading can go on.
   *
   * <p>Returns as soon as a statement is complete: it never waits for the byte behind it.
   *
   * @throws IOException if the input itself fails
   */
  BatchCommand next() throws IOException;

  /** Where the statement that {@link #next} last returned begins. Costs nothing until asked. */
  Position position();

  /**
   * {@code problem} placed at the statement that {@link #next} last returned, with the line it
   * stands in: for what only the executor can find wrong. Points at the statement's value if {@code
   * atValue} and there is one, else at its beginning.
   */
  Problem locate(Problem problem, boolean atValue);

  /**
   * The statement that {@link #next} last returned, byte for byte, its end mark included. Not for a
   * statement of the preamble, whose text never leaves the reader.
   */
  byte[] statement();

  /**
   * What has to stand above statements of this input so that they can be read by themselves, byte
   * for byte: the line that names a table's columns; null if there is nothing.
   */
  default byte[] heading() {
    return null;
  }

  /** Whether an input of this dialect can say who sends it. */
  default boolean holdsPreamble() {
    return false;
  }

  /**
   * Whether the statement that {@link #next} last returned was given up because of its length and
   * its end is still to be looked for, which can take as long as the input lasts.
   */
  default boolean isTooLong() {
    return false;
  }

  /**
   * The SHA-256 of what has been read so far, without the statements of a preamble and without a
   * byte order mark. To be asked once, at the end.
   */
  byte[] sha256();

  /**
   * How many rows the input has had so far, its heading left out, those included that were passed
   * over or refused; 0 in a dialect without rows.
   */
  default long rows() {
    return 0;
  }

  /** How many records were passed over so far because there is no value, only a NULL. */
  default long nulls() {
    return 0;
  }

  /**
   * What the user should know of what was read although nothing of it is an error. To be asked
   * once, at the end.
   */
  default List<String> warnings() {
    return List.of();
  }

  /** How many bytes the statements read so far have. */
  long bytesRead();

  @Override
  void close() throws IOException;
}
