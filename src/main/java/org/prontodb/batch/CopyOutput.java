package org.prontodb.batch;

import java.io.OutputStream;

/**
 * An output for the copy of a load that may be cut off: what is written to it from then on is lost
 * without a failure, since the copy takes nothing back of what it is a copy of. A load without an
 * end stops when it sees that.
 */
public abstract class CopyOutput extends OutputStream {
  /** Whether the copy is incomplete. */
  public abstract boolean isCutOff();
}
