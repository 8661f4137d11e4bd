package org.prontodb.mirror;

import org.prontodb.model.Problem;

/** Is told what happens in an export or import of a tree while it happens. */
public interface MirrorListener {
  /** A file and its record have both changed. Nothing has been done about it. */
  void conflict(Problem problem);

  /** Called now and then with the number of files that have been dealt with. */
  void progress(long files);
}
