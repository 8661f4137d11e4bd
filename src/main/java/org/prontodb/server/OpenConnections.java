package org.prontodb.server;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.component.Graceful;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Ends connections on which the head of a request, or what TLS says before it, has been on its way
 * for too long. The library ends those on which nothing comes; who sends a byte now and then would
 * keep one for ever. When the server is to stop, it ends all on which no request is being dealt
 * with, and leaves the others to come to their end.
 */
final class OpenConnections extends AbstractLifeCycle implements Connection.Listener, Graceful {
  private static final long LOOK_EVERY_MILLIS = 2000;

  /** While the server stops, since those who wait for that do not wait long. */
  private static final long LOOK_SOON_MILLIS = 50;

  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private final Scheduler scheduler;
  private final LongSupplier clock;
  private final Map<Connection, Progress> connections = new ConcurrentHashMap<>();
  private volatile Scheduler.Task next;
  private volatile boolean stopping;

  /** How far a connection had come when something was done on it last. */
  private static final class Progress {
    private long messages;
    private long bytes;
    private long since;
  }

  /**
   * @param clock nanoseconds that only grow
   */
  OpenConnections(Scheduler scheduler, LongSupplier clock) {
    this.scheduler = scheduler;
    this.clock = clock;
  }

  @Override
  public void onOpened(Connection connection) {
    Progress progress = new Progress();
    progress.messages = connection.getMessagesIn();
    progress.since = clock.getAsLong();
    connections.put(connection, progress);
  }

  @Override
  public void onClosed(Connection connection) {
    connections.remove(connection);
  }

  @Override
  protected void doStart() {
    lookIn(LOOK_EVERY_MILLIS);
  }

  @Override
  protected void doStop() {
    next.cancel();
  }

  @Override
  public CompletableFuture<Void> shutdown() {
    stopping = true;
    look();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public boolean isShutdown() {
    return stopping;
  }

  private void lookIn(long millis) {
    next = scheduler.schedule(this::look, millis, TimeUnit.MILLISECONDS);
  }

  private void look() {
    endWhatIsToEnd();
    if (stopping) {
      lookIn(LOOK_SOON_MILLIS);
    } else if (isRunning()) {
      lookIn(LOOK_EVERY_MILLIS);
    }
  }

  void endWhatIsToEnd() {
    connections.forEach(
        (connection, progress) -> {
          if (isTooSlow(connection, progress) || (stopping && isIdle(connection))) {
            connection.getEndPoint().close();
          }
        });
  }

  private boolean isTooSlow(Connection connection, Progress progress) {
    long begun = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    if (isAtWork(connection) || begun != progress.messages || bytes <= progress.bytes) {
      progress.messages = begun;
      progress.bytes = bytes;
      progress.since = clock.getAsLong();
      return false;
    }
    return clock.getAsLong() - progress.since > PATIENCE_NANOS;
  }

  /**
   * Whether a request is being dealt with. What TLS carries is a connection of its own, which is
   * here, too; TLS itself is at work once it has handed something on to that.
   */
  private static boolean isAtWork(Connection connection) {
    return connection instanceof SslConnection tls
        ? tls.getSslEndPoint().getConnection().getBytesIn() > 0
        : connection.getMessagesIn() != connection.getMessagesOut();
  }

  /** Of TLS only what it carries is asked, which ends both. */
  private static boolean isIdle(Connection connection) {
    return !(connection instanceof SslConnection) && !isAtWork(connection);
  }
}
