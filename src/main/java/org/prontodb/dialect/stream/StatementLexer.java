package org.prontodb.dialect.stream;

import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.prontodb.dialect.stream.grammar.ProntoLexer;

/**
 * The generated lexer, asked for one word at a time. ANTLR's own way to the next token looks at the
 * byte behind it, and makes a new object of each.
 */
final class StatementLexer extends ProntoLexer {
  private final ByteWindow window;
  private final ByteAutomaton automaton;

  StatementLexer(ByteWindow window) {
    super(window);
    this.window = window;
    this.automaton = new ByteAutomaton(this, getATN(), _decisionToDFA, _sharedContextCache, window);
  }

  /** Begins a statement where the last ended. */
  void begin() {
    window.begin();
    mode(DEFAULT_MODE);
  }

  /** The index where the word begins that was read last or is being read. */
  int wordIndex() {
    return _tokenStartCharIndex;
  }

  /**
   * Reads the next word into {@code token}.
   *
   * @param first whether it is the first of its statement, so that what is before it is forgotten
   */
  void read(CommonToken token, boolean first) {
    while (true) {
      _tokenStartCharIndex = window.index();
      if (window.LA(1) == Token.EOF) {
        set(token, Token.EOF);
        return;
      }
      ByteAutomaton.Word word = automaton.read(_mode);
      if (word.mode() != ByteAutomaton.SAME_MODE) {
        _mode = word.mode();
      }
      if (word.type() != SKIP) {
        set(token, word.type());
        return;
      }
      if (first) {
        int invalid = window.firstInvalid(0, window.index());
        if (invalid >= 0) {
          throw Fault.notUtf8(window, invalid);
        }
        window.begin();
      }
    }
  }

  private void set(CommonToken token, int type) {
    token.setType(type);
    token.setStartIndex(_tokenStartCharIndex);
    token.setStopIndex(window.index() - 1);
  }
}
