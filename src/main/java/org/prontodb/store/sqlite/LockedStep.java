package org.prontodb.store.sqlite;

import org.sqlite.core.DB;

/**
 * What is done in a copying into a database when its first part has taken the lock for writing.
 *
 * <p>The driver can not be told to give up. So the source is locked before the work and released
 * after it: whatever goes wrong, the next part finds the source locked, which ends the copying and
 * undoes it.
 */
final class LockedStep implements DB.ProgressObserver {
  private final Database source;
  private final Runnable work;
  private boolean begun;
  private boolean done;
  private RuntimeException failure;

  LockedStep(Database source, Runnable work) {
    this.source = source;
    this.work = work;
  }

  /** Must not throw: the driver's native code would go on with an exception pending. */
  @Override
  public void progress(int remaining, int pageCount) {
    if (begun) {
      return;
    }
    begun = true;
    try {
      source.execute("BEGIN EXCLUSIVE");
      work.run();
      source.execute("COMMIT");
      done = true;
    } catch (RuntimeException e) {
      failure = e;
    } catch (Throwable e) {
      failure = new IllegalStateException(e);
    }
  }

  /** Whether the work was done. */
  boolean isDone() {
    return done;
  }

  /** Throws what the work has thrown. */
  void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }
}
