package org.prontodb.files;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * What has to be undone if a signal ends the process: files that are not finished, a terminal that
 * does not show what is typed. A command that ends by itself does it by itself and takes the step
 * out again. May be used by many threads.
 */
public final class Cleanup {
  private static final Set<Runnable> STEPS = ConcurrentHashMap.newKeySet();

  private static volatile boolean ending;

  private Cleanup() {}

  /**
   * Has {@code step} run when a signal comes. It must not throw, and may run beside the command.
   */
  public static void add(Runnable step) {
    STEPS.add(step);
  }

  /** Takes a step out; without effect if it is not there. */
  public static void remove(Runnable step) {
    STEPS.remove(step);
  }

  /** A signal has come, which will end the process. */
  public static void begin() {
    ending = true;
  }

  /**
   * Never comes back once a signal has come. To be called before what must not happen then: an
   * input may have ended because the same signal has ended the program that makes it.
   */
  public static void waitIfEnding() {
    while (ending) {
      LockSupport.park(Cleanup.class);
    }
  }

  /** Runs all steps, each once. */
  public static void run() {
    for (Runnable step : STEPS) {
      if (STEPS.remove(step)) {
        step.run();
      }
    }
  }
}
