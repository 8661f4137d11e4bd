package org.prontodb.batch;

import org.prontodb.model.Position;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.SourceLine;

/**
 * Where a statement stands, for a problem that is found after it was read.
 *
 * @param position null where the input has no positions
 * @param source the line, or null
 */
record InputPlace(Position position, SourceLine source) {
  /** Of what stands in no input. */
  static final InputPlace NONE = new InputPlace(null, null);

  private static final Problem WITHOUT_PLACE = Problem.of(Kind.FAILED, "");

  /** Where the statement that {@code reader} last returned begins, or its value. */
  static InputPlace of(CommandReader reader, boolean atValue) {
    Problem located = reader.locate(WITHOUT_PLACE, atValue);
    return located.position() == null ? NONE : new InputPlace(located.position(), located.source());
  }

  /** The same problem here. */
  Problem of(Problem problem) {
    return position == null ? problem : problem.at(position, source);
  }
}
