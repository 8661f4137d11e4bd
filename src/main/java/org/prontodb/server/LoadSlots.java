package org.prontodb.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.prontodb.model.Problem.Kind;

/**
 * Limits how many loads are read or applied at the same time, of all users and of each, so that one
 * user can not keep the others out.
 */
final class LoadSlots {
  /** Each load may take some 16 MB. */
  static final int AT_ONCE = 16;

  static final int OF_A_USER = AT_ONCE / 2;
  private static final long PATIENCE_SECONDS = 30;

  private final Semaphore all = new Semaphore(AT_ONCE, true);

  /** As many as there are users who have sent a load. */
  private final Map<String, Semaphore> users = new ConcurrentHashMap<>();

  /** A load's slot, until it is closed. */
  interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits for a slot, for half a minute at the most. */
  Slot take(String user) {
    Semaphore own = users.computeIfAbsent(user, _ -> new Semaphore(OF_A_USER, true));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    await(own, end, OF_A_USER + " loads of this user are running already");
    try {
      await(all, end, AT_ONCE + " loads are running already");
    } catch (HttpRefusal e) {
      own.release();
      throw e;
    }
    return () -> {
      all.release();
      own.release();
    };
  }

  private static void await(Semaphore slots, long end, String refusal) {
    try {
      if (!slots.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw HttpRefusal.later(503, Kind.BUSY, refusal, 5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw HttpRefusal.later(503, Kind.BUSY, "the server is stopping", 5);
    }
  }
}
