package org.prontodb.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Ends connections on which the head of a request has been on its way for too long. The library
 * ends those on which nothing comes; who sends a byte now and then would keep one for ever.
 */
final class SlowHeaders extends AbstractLifeCycle implements Connection.Listener {
  private static final long LOOK_EVERY_SECONDS = 2;
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private final Scheduler scheduler;
  private final Map<Connection, Progress> connections = new ConcurrentHashMap<>();
  private volatile Scheduler.Task next;

  /** How far a connection had come when something was done on it last. */
  private static final class Progress {
    private long messages;
    private long bytes;
    private long since = System.nanoTime();
  }

  SlowHeaders(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public void onOpened(Connection connection) {
    connections.put(connection, new Progress());
  }

  @Override
  public void onClosed(Connection connection) {
    connections.remove(connection);
  }

  @Override
  protected void doStart() {
    next = scheduler.schedule(this::look, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  protected void doStop() {
    next.cancel();
  }

  private void look() {
    connections.forEach(
        (connection, progress) -> {
          if (isTooSlow(connection, progress)) {
            connection.getEndPoint().close();
          }
        });
    if (isRunning()) {
      doStart();
    }
  }

  private static boolean isTooSlow(Connection connection, Progress progress) {
    long begun = connection.getMessagesIn();
    boolean atWork = begun != connection.getMessagesOut();
    long bytes = connection.getBytesIn();
    if (atWork || begun != progress.messages || bytes <= progress.bytes) {
      progress.messages = begun;
      progress.bytes = bytes;
      progress.since = System.nanoTime();
      return false;
    }
    return System.nanoTime() - progress.since > PATIENCE_NANOS;
  }
}
