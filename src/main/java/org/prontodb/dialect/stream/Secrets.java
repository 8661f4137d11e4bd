package org.prontodb.dialect.stream;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.prontodb.model.Position;
import org.prontodb.model.SourceLine;
import org.prontodb.model.Text;

/**
 * Decides which lines of the input may be shown. Blanked for good is every line that holds part of
 * a statement whose name begins with {@code meta:s}, and, once such a statement has been seen,
 * every line up to the first whole statement that is another one: what is broken there may be a
 * password. What comes before that statement is looked at for words that go with passwords, because
 * there may be a preamble, misspelt.
 */
final class Secrets {
  private static final String BLANK = "***";
  private static final Pattern KNOWN_NAME = Pattern.compile("meta:sec:(pass|user|apikey|session)");
  private static final Pattern SUSPECT = Pattern.compile("pass|apikey|session|secuser|metas");
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          Directive.PREFIX
              + "[ \t]*"
              + Directive.SECRET_PREFIX.substring(Directive.PREFIX.length()),
          Pattern.CASE_INSENSITIVE);

  private final ByteWindow window;
  private boolean preambleSeen;
  private boolean preambleOver;
  private long lastSecretLine;
  private long lastSuspectLine = Long.MAX_VALUE;

  Secrets(ByteWindow window) {
    this.window = window;
  }

  /** A statement ends here that holds a secret, whole or broken. */
  void secretStatement() {
    preambleSeen = true;
    lastSecretLine = lineHere();
  }

  /** A whole statement ends here that is no part of a preamble. */
  void otherStatement() {
    if (!preambleOver) {
      preambleOver = true;
      lastSuspectLine = lineHere();
    }
  }

  private long lineHere() {
    return window.locate("", window.index()).line();
  }

  /** The line around {@code index}, as far as it may be shown. */
  SourceLine line(Position position, int index) {
    window.peekLine(index);
    byte[] bytes = window.bytes();
    int at = window.at(index);
    int from = lineBegin(bytes, at);
    int to = lineEnd(bytes, at);
    if (isHidden(position, from, to)) {
      return blanked(text(from, at), text(at, to));
    }
    int secret = secretIn(from, to);
    if (secret < 0) {
      return SourceLine.around(bytes, from, to, at);
    }
    if (secret < at) {
      return blanked(text(from, at), text(at, to));
    }
    SourceLine shown = SourceLine.around(bytes, from, secret, at);
    return new SourceLine(shown.text() + BLANK, shown.caret());
  }

  /** Whether a message about what stands at {@code index} must not quote the input. */
  boolean hides(Position position, int index) {
    byte[] bytes = window.bytes();
    int at = window.at(index);
    int from = lineBegin(bytes, at);
    int beyond = Math.min(window.limit(), at + Directive.SECRET_PREFIX.length());
    return isHidden(position, from, lineEnd(bytes, at))
        || secretIn(Math.min(from, window.at(0)), beyond) >= 0;
  }

  /** {@code message} without what it quotes. */
  static String blank(String message) {
    return message
        .replaceAll("(?s)\".*\"", "\"" + BLANK + "\"")
        .replaceAll("'meta:.*'", "'meta:" + BLANK + "'");
  }

  private boolean isHidden(Position position, int from, int to) {
    if (position.line() <= lastSuspectLine && isSuspect(text(from, to))) {
      preambleSeen = true;
      return true;
    }
    return (preambleSeen && !preambleOver) || position.line() <= lastSecretLine;
  }

  private static boolean isSuspect(String line) {
    String letters = line.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return SUSPECT.matcher(letters).find();
  }

  /** Where in {@code [from, to)} of the window the name of a secret begins, or -1. */
  private int secretIn(int from, int to) {
    Matcher matcher =
        SECRET_NAME.matcher(
            new String(window.bytes(), from, to - from, StandardCharsets.ISO_8859_1));
    return matcher.find() ? from + matcher.start() : -1;
  }

  private static SourceLine blanked(String before, String after) {
    String start = blanked(before);
    String end = blanked(after);
    if (start.endsWith(BLANK) && end.startsWith(BLANK)) {
      end = end.substring(BLANK.length());
      return new SourceLine(start + end, start.length() - BLANK.length());
    }
    if (start.endsWith(BLANK) && end.startsWith("meta:")) {
      start += "; ";
    }
    return new SourceLine(start + end, start.length());
  }

  /** {@code line} with the known names in it left as they are, and everything else blanked. */
  private static String blanked(String line) {
    StringBuilder shown = new StringBuilder();
    Matcher name = KNOWN_NAME.matcher(line);
    int end = 0;
    while (name.find()) {
      hide(shown, line, end, name.start());
      shown.append(shown.isEmpty() ? "" : "; ").append(name.group());
      end = name.end();
    }
    hide(shown, line, end, line.length());
    return shown.toString();
  }

  private static void hide(StringBuilder shown, String line, int from, int to) {
    if (!line.substring(from, to).isBlank()) {
      shown.append(line.charAt(from) == '=' ? "=" : "").append(BLANK);
    }
  }

  private String text(int from, int to) {
    return Text.visible(new String(window.bytes(), from, to - from, StandardCharsets.UTF_8));
  }

  private int lineBegin(byte[] bytes, int at) {
    int from = at;
    int least = Math.max(window.textBegin(), at - ByteWindow.CONTEXT);
    while (from > least && bytes[from - 1] != '\n') {
      from--;
    }
    return from;
  }

  private int lineEnd(byte[] bytes, int at) {
    int most = Math.min(window.limit(), at + ByteWindow.CONTEXT);
    int to = at;
    while (to < most && bytes[to] != '\n') {
      to++;
    }
    return to > at && bytes[to - 1] == '\r' ? to - 1 : to;
  }
}
