package org.prontodb.dialect.stream;

import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * The words of one statement, read when the parser looks at them and no earlier. The tokens serve
 * again for the next: a statement has four at the most, and the first wrong one ends it.
 */
final class StatementTokens implements TokenStream {
  private static final int MAX_TOKENS = 5;

  private final StatementLexer lexer;
  private final CommonToken[] tokens = new CommonToken[MAX_TOKENS];
  private int consumed;
  private int known;

  StatementTokens(StatementLexer lexer) {
    this.lexer = lexer;
    for (int i = 0; i < MAX_TOKENS; i++) {
      tokens[i] = new CommonToken(Token.INVALID_TYPE);
    }
  }

  /** Begins a statement where the last ended. */
  void begin() {
    lexer.begin();
    consumed = 0;
    known = 0;
  }

  /** How many words of the statement have been read, the one that did not fit included. */
  int known() {
    return known;
  }

  @Override
  public Token LT(int ahead) {
    if (ahead < 0) {
      return consumed == 0 ? null : tokens[consumed - 1];
    }
    if (consumed == known) {
      lexer.read(tokens[known], known == 0);
      known++;
    }
    return tokens[consumed];
  }

  @Override
  public int LA(int ahead) {
    return LT(ahead).getType();
  }

  @Override
  public void consume() {
    consumed++;
  }

  @Override
  public Token get(int index) {
    return tokens[index];
  }

  @Override
  public TokenSource getTokenSource() {
    return lexer;
  }

  @Override
  public int index() {
    return consumed;
  }

  @Override
  public void seek(int index) {
    // A statement is read once, from its first word to its last.
  }

  @Override
  public int mark() {
    return 0;
  }

  @Override
  public void release(int marker) {
    // All words of a statement are kept.
  }

  @Override
  public int size() {
    return known;
  }

  @Override
  public String getText(Interval interval) {
    return "";
  }

  @Override
  public String getText() {
    return "";
  }

  @Override
  public String getText(RuleContext context) {
    return "";
  }

  @Override
  public String getText(Token start, Token stop) {
    return "";
  }

  @Override
  public String getSourceName() {
    return lexer.getSourceName();
  }
}
