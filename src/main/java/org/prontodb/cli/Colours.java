package org.prontodb.cli;

import java.util.List;

/** Whether messages are coloured, and how. */
enum Colours {
  OFF("", "", "", ""),
  ON("\u001b[1;31m", "\u001b[1;33m", "\u001b[36m", "\u001b[0m");

  /** What {@code --color} takes. */
  static final String WHEN = "auto|always|never";

  private final String error;
  private final String warning;
  private final String hint;
  private final String end;

  Colours(String error, String warning, String hint, String end) {
    this.error = error;
    this.warning = warning;
    this.hint = hint;
    this.end = end;
  }

  /**
   * What a command line asks for.
   *
   * @param when the parameter of {@code --color}, or null; anything else than {@link #WHEN} is for
   *     the caller to refuse
   * @param quiet whether the command line asks for silence
   */
  static Colours wanted(String when, boolean quiet, ProcessContext context) {
    if ("always".equals(when)) {
      return ON;
    }
    boolean plain =
        "never".equals(when)
            || quiet
            || !context.environment().getOrDefault("NO_COLOR", "").isEmpty()
            || "dumb".equals(context.environment().get("TERM"))
            || !context.terminal().is(2);
    return plain ? OFF : ON;
  }

  /** As above, of a command line that could not be read. */
  static Colours wanted(List<String> arguments, ProcessContext context) {
    int at = arguments.indexOf(GlobalOptions.COLOR);
    String when =
        at >= 0 && at + 1 < arguments.size()
            ? arguments.get(at + 1)
            : arguments.stream()
                .filter(word -> word.startsWith(GlobalOptions.COLOR + "="))
                .map(word -> word.substring(GlobalOptions.COLOR.length() + 1))
                .findFirst()
                .orElse(null);
    return wanted(when, arguments.contains(GlobalOptions.QUIET), context);
  }

  String error(String text) {
    return error + text + end;
  }

  String warning(String text) {
    return warning + text + end;
  }

  String hint(String text) {
    return hint + text + end;
  }
}
