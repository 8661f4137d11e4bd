package org.prontodb.dialect.stream;

import org.antlr.v4.runtime.Token;
import org.prontodb.dialect.stream.grammar.ProntoParser;

/** Sets up the generated parser to pull statements, and takes values out of what it found. */
final class StatementParser {
  private static final byte[] NOTHING = {};

  private StatementParser() {}

  static ProntoParser over(StatementTokens tokens, SyntaxFaults faults) {
    ProntoParser parser = new ProntoParser(tokens);
    parser.setBuildParseTree(false);
    parser.removeErrorListeners();
    parser.setErrorHandler(faults);
    return parser;
  }

  /** The bytes of a bare or quoted value; none if there is no word for it. */
  static byte[] value(ByteWindow window, Token value) {
    if (value == null) {
      return NOTHING;
    }
    int from = value.getStartIndex();
    int to = value.getStopIndex() + 1;
    if (value.getType() == ProntoParser.QUOTED) {
      return Quoted.decode(window, from + 1, to - 1);
    }
    while (isBlank(window.byteAt(to - 1))) {
      to--;
    }
    return window.copy(from, to);
  }

  /** The index in the statement that byte {@code at} of a word's text comes from. */
  static int source(ByteWindow window, Token word, int at) {
    int from = word.getStartIndex();
    return word.getType() == ProntoParser.QUOTED ? Quoted.source(window, from + 1, at) : from + at;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
