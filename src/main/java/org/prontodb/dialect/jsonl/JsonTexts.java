package org.prontodb.dialect.jsonl;

import java.io.IOException;
import java.util.Arrays;
import org.prontodb.dialect.Source;
import org.prontodb.dialect.lines.LineReader;
import org.prontodb.json.JsonReader;

/**
 * Cuts an input into JSON texts: one a line, over several lines, one behind the other, or the
 * elements of one array around them all. It follows the grammar as far as it takes to know that a
 * text can not go on as it does; such a text ends with its line, so that one missing bracket does
 * not swallow what follows.
 */
final class JsonTexts extends LineReader {
  private enum State {
    /** Before a text: white space, and around elements the signs of their array. */
    BEFORE,
    VALUE,
    FIRST_ELEMENT,
    FIRST_NAME,
    NAME,
    COLON,
    AFTER_VALUE,
    STRING,
    STRING_ESCAPE,
    /** Within a number, true, false or null. */
    WORD,
    DONE,
    /** No JSON any more; up to the end of the line. */
    BROKEN
  }

  /** What the signs of an array around the texts allow next. */
  private enum Array {
    UNKNOWN,
    NONE,
    FIRST,
    COMMA_OR_END,
    ELEMENT,
    /** Behind a broken element: whatever comes. */
    ANYTHING,
    CLOSED
  }

  private State state = State.BEFORE;
  private Array array = Array.UNKNOWN;
  private boolean[] inObject = new boolean[16];
  private int depth;

  /** Whether the string that is read is a member's name. */
  private boolean name;

  /** Where the text begins, counted from the line's beginning; -1 if there is none. */
  private int textAt = -1;

  /**
   * The last line break, counted from the line's beginning, if only white space follows; else -1.
   */
  private int lineBreakAt = -1;

  /** Whether a sign stands where the array allows none. */
  private boolean misplaced;

  JsonTexts(Source source) {
    super(source);
  }

  @Override
  public boolean next() throws IOException {
    state = State.BEFORE;
    depth = 0;
    textAt = -1;
    misplaced = false;
    lineBreakAt = -1;
    boolean more = super.next();
    if (more && textAt > 0) {
      startAt(super.start() + textAt);
    }
    return more;
  }

  /** Whether there is a text, rather than white space and the signs around elements. */
  boolean hasText() {
    return textAt >= 0;
  }

  /** Whether the text is an element of an array around them all. */
  boolean isElement() {
    return array != Array.NONE && array != Array.UNKNOWN;
  }

  /** Whether the text begins where a comma or the end of the array should be. */
  boolean isMisplaced() {
    return misplaced;
  }

  /** Whether the input ended before the array that it began. */
  boolean isCutOff() {
    return isElement() && array != Array.CLOSED;
  }

  @Override
  protected boolean mayHoldLineBreaks() {
    return true;
  }

  @Override
  protected int lastOfLine(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      int c = bytes[i];
      if (state == State.STRING) {
        if (c == '"') {
          endOfString();
        } else if (c == '\\') {
          state = State.STRING_ESCAPE;
        } else if (c == '\n') {
          return broken(i);
        }
        continue;
      }
      if (c == '\n') {
        if (endsAtLineBreak()) {
          return state == State.BROKEN || state == State.STRING_ESCAPE ? broken(i) : i;
        }
        lineBreakAt = i - super.start();
        continue;
      }
      if (state == State.WORD && !isOfWord(c)) {
        afterValue();
      }
      if (state == State.DONE && ends(c)) {
        return i - 1;
      }
      step(c, i - super.start());
      if (state == State.BROKEN && lineBreakAt >= 0) {
        // What was missing was missing in the lines before.
        return broken(super.start() + lineBreakAt);
      }
      if (!isSpace(c)) {
        lineBreakAt = -1;
      }
      if (state == State.DONE && isElement() && c != '"' && !isOfWord(c)) {
        return i;
      }
    }
    return -1;
  }

  private int broken(int at) {
    if (isElement()) {
      array = Array.ANYTHING;
    }
    return at;
  }

  private boolean endsAtLineBreak() {
    return switch (state) {
      case BROKEN, STRING_ESCAPE -> true;
      case BEFORE, DONE -> !isElement();
      case WORD -> {
        afterValue();
        yield state == State.DONE && !isElement();
      }
      case VALUE, FIRST_ELEMENT, FIRST_NAME, NAME, COLON, AFTER_VALUE, STRING -> false;
    };
  }

  /** Whether a text that is complete ends before the character. */
  private boolean ends(int c) {
    return isElement() ? !isSpace(c) : c == '{' || c == '[';
  }

  private void step(int c, int at) {
    if (state == State.STRING_ESCAPE) {
      state = State.STRING;
    } else if (!isSpace(c)) {
      switch (state) {
        case BEFORE -> before(c, at);
        case VALUE -> value(c);
        case FIRST_ELEMENT -> close(c, ']', false);
        case FIRST_NAME -> {
          if (c == '"') {
            string(true);
          } else {
            close(c, '}', true);
          }
        }
        case NAME -> {
          if (c == '"') {
            string(true);
          } else {
            state = State.BROKEN;
          }
        }
        case COLON -> state = c == ':' ? State.VALUE : State.BROKEN;
        case AFTER_VALUE -> {
          if (c == ',') {
            state = inObject[depth - 1] ? State.NAME : State.VALUE;
          } else {
            close(c, inObject[depth - 1] ? '}' : ']', true);
          }
        }
        case DONE -> state = State.BROKEN;
        case WORD, BROKEN, STRING, STRING_ESCAPE -> {}
      }
    }
  }

  private void before(int c, int at) {
    switch (array) {
      case UNKNOWN -> {
        if (c == '[') {
          array = Array.FIRST;
          return;
        }
        array = Array.NONE;
      }
      case NONE -> {}
      case FIRST, COMMA_OR_END, ELEMENT, ANYTHING -> {
        if (isSign(c)) {
          return;
        }
        misplaced = c == ',' || c == ']' || array == Array.COMMA_OR_END;
        array = Array.COMMA_OR_END;
      }
      case CLOSED -> misplaced = true;
    }
    textAt = at;
    value(c);
    if (misplaced) {
      state = State.BROKEN;
      lineBreakAt = -1;
    }
  }

  private boolean isSign(int c) {
    boolean behindElement = array == Array.COMMA_OR_END || array == Array.ANYTHING;
    if (c == ',' && behindElement) {
      array = Array.ELEMENT;
      return true;
    }
    if (c == ']' && (behindElement || array == Array.FIRST)) {
      array = Array.CLOSED;
      return true;
    }
    return false;
  }

  private void value(int c) {
    switch (c) {
      case '{' -> open(true);
      case '[' -> open(false);
      case '"' -> string(false);
      default -> state = isOfWord(c) ? State.WORD : State.BROKEN;
    }
  }

  private void open(boolean object) {
    if (depth > JsonReader.MAX_DEPTH) {
      state = State.BROKEN;
      return;
    }
    if (depth == inObject.length) {
      inObject = Arrays.copyOf(inObject, 2 * depth);
    }
    inObject[depth++] = object;
    state = object ? State.FIRST_NAME : State.FIRST_ELEMENT;
  }

  /**
   * @param only whether nothing else may stand here
   */
  private void close(int c, int bracket, boolean only) {
    if (c == bracket) {
      depth--;
      afterValue();
    } else if (only) {
      state = State.BROKEN;
    } else {
      value(c);
    }
  }

  private void string(boolean isName) {
    name = isName;
    state = State.STRING;
  }

  private void endOfString() {
    if (name) {
      state = State.COLON;
    } else {
      afterValue();
    }
  }

  private void afterValue() {
    state = depth == 0 ? State.DONE : State.AFTER_VALUE;
  }

  private static boolean isOfWord(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '+'
        || c == '.';
  }

  private static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\r';
  }
}
