package org.prontodb.dialect.stream;

import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.prontodb.dialect.stream.grammar.ProntoParser;
import org.prontodb.model.Text;

/**
 * Answers the first word that does not fit with what is wrong about it, in our words. Hints never
 * hold the user's text, and messages hold it in double quotes, so that it can be blanked.
 */
final class SyntaxFaults extends DefaultErrorStrategy {
  private static final int MAX_QUOTED = 40;
  private static final String CUT = "…";
  private static final String RECORD = "a record is key=value;";
  private static final String CUT_OFF = "was it cut off, or is its last ';' missing?";

  private final ByteWindow window;
  private final StatementTokens tokens;

  SyntaxFaults(ByteWindow window, StatementTokens tokens) {
    this.window = window;
    this.tokens = tokens;
  }

  @Override
  public void sync(Parser parser) {
    // The first wrong word ends the statement: there is nothing to synchronise.
  }

  @Override
  public Token recoverInline(Parser parser) {
    throw fault();
  }

  @Override
  public void reportError(Parser parser, RecognitionException e) {
    throw fault();
  }

  private Fault fault() {
    Token wrong = tokens.get(tokens.known() - 1);
    Token before = tokens.known() > 1 ? tokens.get(tokens.known() - 2) : null;
    int index = wrong.getStartIndex();
    if (wrong.getType() == Token.EOF) {
      return cutOff("statement", window.index(), 0);
    }
    if (wrong.getType() == ProntoParser.UNCLOSED) {
      return before == null ? unclosedKey(wrong) : cutOff("quoted value", index, index);
    }
    boolean lineEnds = isLineBreak(index);
    if (before == null) {
      return Fault.broken(index, "key is missing before '='", RECORD);
    }
    return switch (before.getType()) {
      case ProntoParser.KEY -> afterKey(before, wrong, lineEnds);
      case ProntoParser.DIRECTIVE -> afterDirective(before, index, lineEnds);
      case ProntoParser.EQUALS ->
          Fault.broken(
              index,
              "the line ends where a value should follow",
              "an empty value is key=; and a value that spans lines is quoted");
      case ProntoParser.BARE ->
          Fault.broken(
              index,
              "line break in a bare value",
              "is the ';' missing at the end of this line? a value that spans lines is quoted",
              isOpenJson(before) ? Recovery.JSON_STATEMENT : Recovery.STATEMENT);
      default ->
          tokens.known() == 2
              ? afterKey(before, wrong, lineEnds)
              : !lineEnds && spansLines(before)
                  ? misplacedQuote(before, index)
                  : afterQuoted(index, lineEnds);
    };
  }

  /** Whether the lines that follow are most likely the rest of a JSON value. */
  private boolean isOpenJson(Token value) {
    int from = value.getStartIndex();
    return JsonLike.begins(window.byteAt(from))
        && JsonLike.openAt(window.bytes(), window.at(from), window.at(value.getStopIndex() + 1))
            != JsonLike.Open.NOTHING;
  }

  private Fault afterKey(Token key, Token wrong, boolean lineEnds) {
    int index = wrong.getStartIndex();
    if (wrong.getType() == ProntoParser.END || lineEnds) {
      String message = "'=' is missing after key " + shown(key);
      return wrong.getType() == ProntoParser.END
          ? Fault.of(index, message, RECORD)
          : Fault.broken(index, message, RECORD);
    }
    return Fault.broken(
        index,
        "unexpected " + character(index) + " after key " + shown(key),
        key.getType() == ProntoParser.KEY
            ? "a key that holds white space or a quote is quoted: \"my key\"=value;"
            : "'=' and a value follow the key");
  }

  private Fault afterDirective(Token name, int index, boolean lineEnds) {
    String directive =
        "'" + Text.visible(text(name.getStartIndex(), name.getStopIndex() + 1)) + "'";
    return lineEnds
        ? Fault.broken(
            index, "the line ends within " + directive, "a directive ends with ';' on its line")
        : Fault.broken(
            index,
            "unexpected " + character(index) + " after " + directive,
            "a directive is meta:name; or meta:name=value;");
  }

  private Fault afterQuoted(int index, boolean lineEnds) {
    return lineEnds
        ? Fault.broken(
            index, "the line ends where ';' should follow", "add ';' behind the closing quote")
        : Fault.broken(
            index,
            "unexpected " + character(index) + " after the quoted value",
            "';' follows the closing quote; a quote inside quotes is \\\"");
  }

  /** A key whose quote is not closed in its line, which alone it takes with it. */
  private Fault unclosedKey(Token key) {
    int end = key.getStopIndex() + 1;
    if (!window.hasAt(end)) {
      return cutOff("quoted key", key.getStartIndex(), key.getStartIndex());
    }
    return Fault.broken(
        key.getStartIndex(),
        "the quote that opens this key is not closed in its line",
        "close it before the '='; a line break in a key is not allowed",
        Recovery.LINE);
  }

  /** Where the quote of a value opens that spans lines and closes where none was meant to. */
  private Fault misplacedQuote(Token value, int index) {
    return Fault.broken(
        value.getStartIndex(),
        "the quoted value that begins here ends in line "
            + window.locate("", index).line()
            + ", where "
            + character(index)
            + " follows instead of ';'",
        "is its closing quote missing? a quote inside quotes is \\\"");
  }

  private boolean spansLines(Token value) {
    for (int i = value.getStartIndex(); i < value.getStopIndex(); i++) {
      if (window.byteAt(i) == '\n') {
        return true;
      }
    }
    return false;
  }

  private Fault cutOff(String what, int index, int begin) {
    long line = window.locate("", begin).line();
    return Fault.of(
        index,
        "the input ends inside the " + what + " that begins in line " + line,
        what.equals("statement") ? CUT_OFF : "was it cut off, or is its closing quote missing?");
  }

  private boolean isLineBreak(int index) {
    byte b = window.byteAt(index);
    return b == '\n' || b == '\r';
  }

  /** A key as it is written, in quotes, of which the last is there however long the key is. */
  private String shown(Token key) {
    String text = Text.visible(text(key.getStartIndex(), key.getStopIndex() + 1));
    if (key.getType() != ProntoParser.QUOTED) {
      return '"' + text + '"';
    }
    return text.endsWith(CUT) ? text + '"' : text;
  }

  /** The character at {@code index}, in words. */
  private String character(int index) {
    String character = window.character(index);
    return character.equals("\"") ? "quote" : '"' + Text.visible(character) + '"';
  }

  private String text(int from, int to) {
    String text = window.text(from, Math.min(to, from + 4 * MAX_QUOTED));
    return text.codePointCount(0, text.length()) <= MAX_QUOTED
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_QUOTED)) + CUT;
  }
}
