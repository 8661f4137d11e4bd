package org.prontodb.dialect.stream;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNConfig;
import org.antlr.v4.runtime.atn.LexerATNSimulator;
import org.antlr.v4.runtime.atn.PredictionContextCache;
import org.antlr.v4.runtime.atn.RuleStopState;
import org.antlr.v4.runtime.dfa.DFA;
import org.antlr.v4.runtime.dfa.DFAState;

/**
 * ANTLR's lexer automaton, walked in our own way: a run of bytes that leave a state as it is costs
 * a look into a table each; lines are not counted; and a word that nothing can lengthen is known to
 * be complete without a look at the byte behind it, which may not have been written yet.
 */
final class ByteAutomaton extends LexerATNSimulator {
  private static final DFAState[] NO_WAYS = new DFAState[MAX_DFA_EDGE - MIN_DFA_EDGE + 1];

  private final ByteWindow window;

  ByteAutomaton(
      Lexer lexer, ATN atn, DFA[] automata, PredictionContextCache cache, ByteWindow window) {
    super(lexer, atn, automata, cache);
    this.window = window;
  }

  @Override
  protected int execATN(CharStream input, DFAState start) {
    DFAState state = start;
    DFAState accepted = null;
    int end = 0;
    while (true) {
      if (state.isAcceptState && isComplete(state)) {
        accepted = state;
        end = window.index();
        break;
      }
      DFAState[] ways = state.edges == null ? NO_WAYS : state.edges;
      int symbol = window.runWhile(ways, state);
      if (state.isAcceptState) {
        accepted = state;
        end = window.index();
      }
      if (symbol == CharStream.EOF) {
        break;
      }
      DFAState next = ways[symbol];
      if (next == null) {
        next = computeTargetState(window, state, symbol);
      }
      if (next == ERROR) {
        break;
      }
      window.consume();
      state = next;
    }
    if (accepted == null) {
      return CharStream.EOF;
    }
    accept(window, accepted.lexerActionExecutor, startIndex, end, line, charPositionInLine);
    return accepted.prediction;
  }

  private static boolean isComplete(DFAState state) {
    for (ATNConfig way : state.configs.configs) {
      if (!(way.state instanceof RuleStopState)) {
        return false;
      }
    }
    return true;
  }
}
