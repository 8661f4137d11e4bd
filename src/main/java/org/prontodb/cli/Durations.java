package org.prontodb.cli;

import org.prontodb.model.Expiry;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Span;
import org.prontodb.model.Text;

/**
 * Spans of time on the command line: {@code 90}, {@code 90s}, {@code 15m}, {@code 8h}, {@code 30d}.
 */
final class Durations {
  private Durations() {}

  /**
   * The parameter of {@code option} in seconds.
   *
   * @return {@code absent} if the option is not there
   */
  static long seconds(Invocation call, String option, long absent) {
    String text = call.option(option);
    if (text == null) {
      return absent;
    }
    return seconds(call, option, text, 1, Expiry.MAX_SECONDS);
  }

  /** As above, where 0 is a span, too. */
  static long orZero(Invocation call, String option, long absent) {
    String text = call.option(option);
    return text == null ? absent : seconds(call, option, text, 0, Expiry.MAX_SECONDS);
  }

  private static long seconds(Invocation call, String option, String text, long least, long most) {
    long seconds = Span.seconds(text);
    if (seconds < least || seconds > most) {
      throw refused(call, option, text);
    }
    return seconds;
  }

  private static ProntoException refused(Invocation call, String option, String text) {
    return call.usage(
        option
            + " needs "
            + Span.FORM
            + ", up to a thousand years, not \""
            + Text.visible(text)
            + "\"");
  }
}
