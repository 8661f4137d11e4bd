package org.prontodb.dialect.stream;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNConfig;
import org.antlr.v4.runtime.atn.LexerATNSimulator;
import org.antlr.v4.runtime.atn.LexerAction;
import org.antlr.v4.runtime.atn.LexerModeAction;
import org.antlr.v4.runtime.atn.LexerSkipAction;
import org.antlr.v4.runtime.atn.LexerTypeAction;
import org.antlr.v4.runtime.atn.PredictionContextCache;
import org.antlr.v4.runtime.atn.RuleStopState;
import org.antlr.v4.runtime.dfa.DFA;
import org.antlr.v4.runtime.dfa.DFAState;

/**
 * ANTLR's lexer automaton, walked in our own way. ANTLR finds the states as they are met for the
 * first time; from then on a run of bytes that leave a state as it is costs a look into a table
 * each, and what a word does to the lexer is written beside its last state. Lines are not counted.
 * A word that nothing can lengthen is complete without a look at the byte behind it, which may not
 * have been written yet.
 */
final class ByteAutomaton extends LexerATNSimulator {
  /** What an accepting state says of its word. */
  interface Word {
    /** The type of its token, or {@link Lexer#SKIP}. */
    int type();

    /** The lexer's mode behind it, or {@link #SAME_MODE}. */
    int mode();
  }

  static final int SAME_MODE = -1;

  private static final int SYMBOLS = MAX_DFA_EDGE - MIN_DFA_EDGE + 1;
  private static final State NO_WAY = new State(ERROR);

  private final ByteWindow window;
  private final State[] starts;
  private Word found;

  ByteAutomaton(
      Lexer lexer, ATN atn, DFA[] automata, PredictionContextCache cache, ByteWindow window) {
    super(lexer, atn, automata, cache);
    this.window = window;
    this.starts = new State[automata.length];
  }

  /** Reads the longest word that can begin here in {@code mode}; there is always one. */
  Word read(int mode) {
    State start = starts[mode];
    if (start == null) {
      match(window, mode);
      return found;
    }
    return walk(start);
  }

  /** Where ANTLR begins to walk once it has made the first state of a mode. */
  @Override
  protected int execATN(CharStream input, DFAState first) {
    starts[mode] = new State(first);
    found = walk(starts[mode]);
    return found.type();
  }

  private Word walk(State start) {
    State state = start;
    State accepted = null;
    int end = 0;
    while (!state.complete) {
      int symbol = window.runWhile(state.ways, state);
      if (state.accepts) {
        accepted = state;
        end = window.index();
      }
      if (symbol == CharStream.EOF) {
        break;
      }
      State next = state.ways[symbol];
      if (next == null) {
        next = explore(state, symbol);
      }
      if (next == NO_WAY) {
        break;
      }
      window.consume();
      state = next;
    }
    if (state.complete) {
      return state;
    }
    window.seek(end);
    return accepted;
  }

  private State explore(State state, int symbol) {
    DFAState target = computeTargetState(window, state.dfa, symbol);
    State next = target == ERROR ? NO_WAY : target == state.dfa ? state : new State(target);
    state.ways[symbol] = next;
    return next;
  }

  /** A state of ANTLR's automaton and the ways out of it that have been gone. */
  private static final class State implements Word {
    final DFAState dfa;
    final State[] ways = new State[SYMBOLS];
    final boolean accepts;
    final boolean complete;
    private int type;
    private int mode = SAME_MODE;

    State(DFAState dfa) {
      this.dfa = dfa;
      this.accepts = dfa.isAcceptState;
      this.complete = accepts && isComplete(dfa);
      this.type = dfa.prediction;
      if (dfa.lexerActionExecutor != null) {
        for (LexerAction action : dfa.lexerActionExecutor.getLexerActions()) {
          take(action);
        }
      }
    }

    private void take(LexerAction action) {
      switch (action) {
        case LexerModeAction change -> mode = change.getMode();
        case LexerTypeAction change -> type = change.getType();
        case LexerSkipAction skip -> type = Lexer.SKIP;
        default -> throw new IllegalStateException("the grammar has an unknown action: " + action);
      }
    }

    private static boolean isComplete(DFAState state) {
      for (ATNConfig way : state.configs.configs) {
        if (!(way.state instanceof RuleStopState)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public int type() {
      return type;
    }

    @Override
    public int mode() {
      return mode;
    }
  }
}
