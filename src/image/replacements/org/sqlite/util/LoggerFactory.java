package org.sqlite.util;

import java.util.function.Supplier;

/** Gives a logger that is silent: what fails is thrown, and told to the user by ProntoDB. */
public final class LoggerFactory {
  private static final Logger SILENT =
      new Logger() {
        @Override
        public void trace(Supplier<String> message) {}

        @Override
        public void info(Supplier<String> message) {}

        @Override
        public void warn(Supplier<String> message) {}

        @Override
        public void error(Supplier<String> message, Throwable cause) {}
      };

  private LoggerFactory() {}

  public static Logger getLogger(Class<?> host) {
    return SILENT;
  }
}
