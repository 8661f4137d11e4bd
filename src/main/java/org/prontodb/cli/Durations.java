package org.prontodb.cli;

import org.prontodb.model.Expiry;
import org.prontodb.model.Numbers;
import org.prontodb.model.ProntoException;
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
    String digits = text.isEmpty() ? "" : text.substring(0, text.length() - 1);
    long unit = text.isEmpty() ? 0 : unit(text.charAt(text.length() - 1));
    if (unit == 0) {
      digits = text;
      unit = 1;
    }
    long number = Numbers.parse(digits);
    long seconds = number > Expiry.MAX_SECONDS ? number : number * unit;
    if (seconds < 1 || seconds > Expiry.MAX_SECONDS) {
      throw refused(call, option, text);
    }
    return seconds;
  }

  private static long unit(char letter) {
    return switch (letter) {
      case 's' -> 1;
      case 'm' -> 60;
      case 'h' -> 3600;
      case 'd' -> 24 * 3600;
      default -> 0;
    };
  }

  private static ProntoException refused(Invocation call, String option, String text) {
    return call.usage(
        option
            + " needs a span of time such as 90, 15m, 8h or 30d, up to a thousand years, not \""
            + Text.visible(text)
            + "\"");
  }
}
