package org.prontodb.dialect.stream;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.prontodb.batch.BatchCommand.Credential;
import org.prontodb.model.SourceLine;
import org.prontodb.model.Text;

/**
 * Decides what of the input may be shown. Blanked is
 *
 * <ul>
 *   <li>every statement whose name begins with {@code meta:s}, whole or broken;
 *   <li>behind one that did not complete a preamble, everything up to the next statement that is
 *       recognised as a record or as another directive: what is broken there may be a password;
 *   <li>up to the end of a whole preamble, or of the first other statement that is recognised, text
 *       with words that go with passwords, because it may be a preamble, misspelt.
 * </ul>
 *
 * <p>Places are offsets in the input.
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
  private static final long NONE = Long.MAX_VALUE;

  private final ByteWindow window;

  /** From the first statement with a secret to the end of the last one. */
  private long secretFrom = NONE;

  private long secretTo;

  /** Whether a preamble was begun, and neither completed nor followed by another statement. */
  private boolean preambleOpen;

  private boolean passwordSeen;

  /** Where a preamble is complete, or the first statement ends that is none of a preamble. */
  private long trustedFrom = NONE;

  Secrets(ByteWindow window) {
    this.window = window;
  }

  /** A statement ends here that holds a secret, whole or broken. */
  void secretStatement() {
    // What comes before it in a preamble may be a part of that, misspelt.
    secretFrom = Math.min(secretFrom, trustedFrom == NONE ? 0 : window.offset(0));
    secretTo = window.offset(window.index());
    preambleOpen = true;
  }

  /** The statement that {@link #secretStatement} was told of was read as this. */
  void credential(Credential credential) {
    switch (credential) {
      case PASSWORD -> passwordSeen = true;
      case USER -> {
        if (passwordSeen) {
          close();
        }
      }
      case API_KEY, SESSION -> close();
    }
  }

  /**
   * A statement ends here that can not be read; behind half a preamble it may be the other half.
   */
  void faultyStatement() {
    if (preambleOpen) {
      secretTo = window.offset(window.index());
    }
  }

  /** A record ends here. Behind half a preamble it may be the rest of a password with a ';'. */
  void record() {
    faultyStatement();
    close();
  }

  /** A directive that is known, and no part of a preamble, ends here. */
  void otherDirective() {
    close();
  }

  private void close() {
    preambleOpen = false;
    if (trustedFrom == NONE) {
      trustedFrom = window.offset(window.index());
    }
  }

  /** The line around {@code index}, as far as it may be shown. */
  SourceLine line(int index) {
    window.peekLine(index);
    byte[] bytes = window.bytes();
    int at = window.at(index);
    int from = lineBegin(bytes, at);
    int to = lineEnd(bytes, at);
    Range settled = settled(from, to);
    Range open = open(settled.isEmpty() ? from : settled.to, to);
    if (settled.isEmpty() && open.isEmpty()) {
      return SourceLine.around(bytes, from, to, at);
    }
    StringBuilder shown = new StringBuilder();
    show(shown, from, at, settled, open);
    int caret = shown.length();
    if (settled.holds(at) || open.holds(at)) {
      if (text(at, to).startsWith(Directive.PREFIX)) {
        separate(shown);
        caret = shown.length();
      } else if (endsWith(shown, BLANK)) {
        // There is no place within what is blanked: the caret stands where that begins.
        caret -= BLANK.length();
      }
    }
    show(shown, at, to, settled, open);
    return cut(shown.toString(), caret);
  }

  /** Whether a message about what stands at {@code index} must not quote the input. */
  boolean hides(int index) {
    byte[] bytes = window.bytes();
    int at = window.at(index);
    int begin = window.at(0);
    int from = Math.min(begin, lineBegin(bytes, at));
    int to = Math.max(lineEnd(bytes, at), Math.min(window.limit(), at + 1));
    Range settled = settled(from, to);
    Range open = open(settled.isEmpty() ? from : settled.to, to);
    int beyond = Math.min(window.limit(), at + Directive.SECRET_PREFIX.length());
    return settled.meets(begin, beyond) || open.meets(begin, beyond);
  }

  /** {@code message} without what it quotes. */
  static String blank(String message) {
    return message
        .replaceAll("(?s)\".*\"", "\"" + BLANK + "\"")
        .replaceAll("'meta:.*'", "'meta:" + BLANK + "'");
  }

  /** A part of the window; empty where {@code to} is not above {@code from}. */
  private record Range(int from, int to) {
    boolean isEmpty() {
      return to <= from;
    }

    boolean holds(int at) {
      return from <= at && at < to;
    }

    boolean meets(int begin, int end) {
      return !isEmpty() && from < end && begin < to;
    }
  }

  /** What of {@code [from, to)} is known to be or to lie between secrets. */
  private Range settled(int from, int to) {
    return secretFrom == NONE
        ? new Range(from, from)
        : new Range(Math.max(from, at(secretFrom)), Math.min(to, at(secretTo)));
  }

  /** What of {@code [from, to)}, which is not yet known to be secret, may be. */
  private Range open(int from, int to) {
    int suspectTo = Math.min(to, at(trustedFrom));
    if (from < suspectTo && isSuspect(text(from, suspectTo))) {
      preambleOpen |= trustedFrom == NONE;
      return new Range(from, suspectTo);
    }
    if (preambleOpen) {
      return new Range(from, to);
    }
    int secret = secretIn(from, to);
    return secret < 0 ? new Range(to, to) : new Range(secret, to);
  }

  /** Where in the window the byte at {@code offset} is, would be, or was. */
  private int at(long offset) {
    long at = offset - window.offset(0) + window.at(0);
    return Math.clamp(at, 0, window.limit());
  }

  private static boolean isSuspect(String text) {
    String letters = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return SUSPECT.matcher(letters).find();
  }

  /** Where in {@code [from, to)} of the window the name of a secret begins, or -1. */
  private int secretIn(int from, int to) {
    if (to <= from) {
      return -1;
    }
    Matcher matcher =
        SECRET_NAME.matcher(
            new String(window.bytes(), from, to - from, StandardCharsets.ISO_8859_1));
    return matcher.find() ? from + matcher.start() : -1;
  }

  /** Appends {@code [from, to)} with what lies in the two ranges blanked. */
  private void show(StringBuilder shown, int from, int to, Range settled, Range open) {
    int at = from;
    for (Range hidden : new Range[] {settled, open}) {
      if (hidden.meets(at, to)) {
        shown.append(text(at, Math.max(at, hidden.from)));
        int end = Math.min(to, hidden.to);
        blank(shown, text(Math.max(at, hidden.from), end), window.bytes()[end - 1] == ';');
        at = end;
      }
    }
    shown.append(text(at, to));
  }

  /** Appends {@code text} with the known names in it left as they are, and all else blanked. */
  private static void blank(StringBuilder shown, String text, boolean ended) {
    Matcher name = KNOWN_NAME.matcher(text);
    int end = 0;
    while (name.find()) {
      hide(shown, text, end, name.start());
      separate(shown);
      shown.append(name.group());
      end = name.end();
    }
    hide(shown, text, end, text.length());
    if (ended) {
      shown.append(';');
    }
  }

  private static void separate(StringBuilder shown) {
    if (endsWith(shown, BLANK)) {
      shown.append(';');
    }
    if (endsWith(shown, ";")) {
      shown.append(' ');
    }
  }

  private static void hide(StringBuilder shown, String text, int from, int to) {
    if (!text.substring(from, to).isBlank()) {
      shown.append(text.charAt(from) == '=' ? "=" : "");
      if (!endsWith(shown, BLANK)) {
        shown.append(BLANK);
      }
    }
  }

  private static boolean endsWith(StringBuilder text, String end) {
    return text.length() >= end.length()
        && text.substring(text.length() - end.length()).equals(end);
  }

  private static SourceLine cut(String shown, int caret) {
    byte[] bytes = shown.getBytes(StandardCharsets.UTF_8);
    int at = shown.substring(0, caret).getBytes(StandardCharsets.UTF_8).length;
    return SourceLine.around(bytes, 0, bytes.length, at);
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
