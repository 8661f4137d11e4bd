package org.prontodb.server;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Where the warnings and errors of the HTTP library go: into the server's log. SLF4J finds it by
 * its name and makes it, hence the static way to the log.
 */
public final class JettyLog implements SLF4JServiceProvider {
  private static volatile ServerLog log;

  private final ConcurrentMap<String, Logger> loggers = new ConcurrentHashMap<>();
  private final IMarkerFactory markers = new BasicMarkerFactory();

  /** Has everything of that sort written there, from now on. */
  static void to(ServerLog target) {
    log = target;
    System.setProperty("slf4j.provider", JettyLog.class.getName());
    System.setProperty("slf4j.internal.verbosity", "WARN");
  }

  /** For SLF4J. */
  public JettyLog() {}

  @Override
  public ILoggerFactory getLoggerFactory() {
    return name -> loggers.computeIfAbsent(name, Warnings::new);
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return new NOPMDCAdapter();
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {}

  /** A logger of one class. */
  private static final class Warnings extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    Warnings(String name) {
      this.name = name;
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return false;
    }

    @Override
    public boolean isInfoEnabled() {
      return false;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }

    @Override
    protected String getFullyQualifiedCallerName() {
      return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level, Marker marker, String pattern, Object[] arguments, Throwable cause) {
      ServerLog target = log;
      if (target != null) {
        String message = MessageFormatter.basicArrayFormat(pattern, arguments);
        target.failure(null, name + ": " + message, cause);
      }
    }
  }
}
