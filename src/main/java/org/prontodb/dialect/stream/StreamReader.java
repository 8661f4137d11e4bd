package org.prontodb.dialect.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.antlr.v4.runtime.Token;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.BatchCommand.Delete;
import org.prontodb.batch.BatchCommand.Put;
import org.prontodb.batch.BatchCommand.Rejected;
import org.prontodb.batch.BatchCommand.ScopePart;
import org.prontodb.batch.CommandReader;
import org.prontodb.dialect.BinaryText;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.Source;
import org.prontodb.dialect.stream.ByteWindow.StatementTooLong;
import org.prontodb.dialect.stream.grammar.ProntoParser;
import org.prontodb.dialect.stream.grammar.ProntoParser.DirectiveContext;
import org.prontodb.dialect.stream.grammar.ProntoParser.EndOfStreamContext;
import org.prontodb.dialect.stream.grammar.ProntoParser.RecordContext;
import org.prontodb.dialect.stream.grammar.ProntoParser.StatementContext;
import org.prontodb.model.Key;
import org.prontodb.model.Limits;
import org.prontodb.model.Position;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.SourceLine;
import org.prontodb.model.Text;
import org.prontodb.model.Utf8;

/**
 * Pulls the statements out of a stream, one at a time, and makes commands of them: everything that
 * can be said of a statement without a database is said here.
 */
final class StreamReader implements CommandReader {
  private static final int WINDOW = 128 << 10;
  private static final int NO_VALUE = -1;
  private static final byte[] NOTHING = {};
  private static final String KEY_FORM =
      "a key has from 1 to " + Key.MAX_BYTES + " bytes of UTF-8 and no control character";
  private static final String DELIMITER_IN_KEY =
      "quote a key that holds it, as in \"my.key\"=value; and choose a namespace with meta:path";
  private static final String JSON_IN_STREAM =
      "quote the value and write \\\" for each quote in it, or load JSON lines: --from jsonl";
  private static final String SECRETS_LEFT_OUT = Directive.PREFIX + "sec:";

  private final Source source;
  private final int maxStatement;
  private final ByteWindow window;
  private final StatementTokens tokens;
  private final StatementLexer lexer;
  private final ProntoParser parser;
  private final DirectiveReader directives;
  private final Secrets secrets;

  private boolean begun;

  /** Whether the statement before was {@code meta:cache} without quotes. */
  private boolean cacheSettingsMayFollow;

  private int valueIndex;
  private boolean textLeaves;
  private Position lost;

  /** Whether the end of the statement last answered has still to be looked for. */
  private boolean adrift;

  StreamReader(Source source, DialectOptions options) {
    this(source, options, WINDOW, Limits.STATEMENT_BYTES);
  }

  StreamReader(Source source, DialectOptions options, int windowSize, int maxStatement) {
    this.source = source;
    this.maxStatement = maxStatement;
    this.window = new ByteWindow(source.bytes(), source.regularFile(), windowSize, maxStatement);
    this.lexer = new StatementLexer(window);
    this.tokens = new StatementTokens(lexer);
    this.parser = StatementParser.over(tokens, new SyntaxFaults(window, tokens));
    this.directives = new DirectiveReader(options.delimiter());
    this.secrets = new Secrets(window);
  }

  @Override
  public BatchCommand next() throws IOException {
    try {
      if (!begun) {
        begun = true;
        window.skipByteOrderMark();
      }
      return read();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private BatchCommand read() {
    if (adrift) {
      adrift = false;
      window.skipRest();
    }
    while (true) {
      tokens.begin();
      valueIndex = NO_VALUE;
      textLeaves = true;
      lost = null;
      try {
        switch (parser.statement()) {
          case RecordContext record -> {
            return put(record);
          }
          case DirectiveContext directive -> {
            return direct(directive);
          }
          case EndOfStreamContext end -> {
            return null;
          }
          case StatementContext empty -> checkUtf8();
        }
      } catch (Fault fault) {
        return rejected(fault);
      } catch (StatementTooLong e) {
        return rejectedAsTooLong();
      }
    }
  }

  private Put put(RecordContext record) {
    checkUtf8();
    Key key = key(record.key);
    Token word = record.value;
    byte[] value = StatementParser.value(window, word);
    if (cacheSettingsMayFollow) {
      refuseCacheSetting(record.key);
    }
    if (word != null) {
      if (word.getType() == ProntoParser.BARE && JsonLike.begins(value[0])) {
        refuseOpenJson(word, value);
      }
      valueIndex = word.getStartIndex();
      if (directives.encoding() != null) {
        value = decoded(word, value, directives.encoding());
      }
      checkLength(value);
    }
    secrets.record();
    return new Put(key, value, null);
  }

  /** Refuses JSON that a {@code ;} in one of its strings has cut in two. */
  private void refuseOpenJson(Token word, byte[] value) {
    String what =
        switch (JsonLike.openAt(value, 0, value.length)) {
          case NOTHING -> null;
          case QUOTE -> "a quote";
          case BRACKET -> "a bracket";
        };
    if (what != null) {
      throw Fault.broken(
          word.getStopIndex() + 1,
          "the value begins like JSON, and " + what + " is still open at this ';'",
          JSON_IN_STREAM,
          Recovery.LINE);
    }
  }

  /**
   * Refuses what was meant as a further setting of {@code meta:cache}, whose quotes are missing.
   */
  private void refuseCacheSetting(Token key) {
    String name = window.text(key.getStartIndex(), key.getStopIndex() + 1);
    if (Settings.OF_A_CACHE.contains(name)) {
      throw Fault.leavingInDoubt(
          ScopePart.NAMESPACE,
          key.getStartIndex(),
          "record \"" + name + "\" right behind meta:cache without quotes",
          "settings that hold a ';' are quoted: meta:cache=\"timeout=60;max_items=3\";"
              + " a record of this name has its key in quotes");
    }
    cacheSettingsMayFollow = false;
  }

  private void checkUtf8() {
    int invalid = window.firstInvalid(0, window.index());
    if (invalid >= 0) {
      throw Fault.notUtf8(window, invalid);
    }
  }

  private Key key(Token word) {
    boolean quoted = word.getType() == ProntoParser.QUOTED;
    byte[] text =
        quoted
            ? StatementParser.value(window, word)
            : window.copy(word.getStartIndex(), word.getStopIndex() + 1);
    if (!quoted) {
      if (text[0] == (byte) 0xef) {
        refuseByteOrderMark(word);
      }
      refuseDelimiter(word, text, text.length);
    }
    return key(text, word);
  }

  private Key key(byte[] text, Token word) {
    try {
      return Key.ofUtf8(text);
    } catch (ProntoException refusal) {
      throw Fault.of(
          StatementParser.source(window, word, flaw(text)),
          refusal.getMessage(),
          refusal.problem().advice().orElse(KEY_FORM));
    }
  }

  /**
   * Refuses a bare key that holds the delimiter: it looks like an address, and where a path was
   * meant its records would go to the wrong namespace.
   *
   * @param length how much of the word's text is the key
   */
  private void refuseDelimiter(Token word, byte[] text, int length) {
    byte delimiter = (byte) directives.delimiter().character();
    for (int i = 0; i < length; i++) {
      if (text[i] == delimiter) {
        throw Fault.of(
            word.getStartIndex() + i,
            "key \""
                + Text.visible(new String(text, 0, length, StandardCharsets.UTF_8))
                + "\" holds the delimiter '"
                + directives.delimiter()
                + "'",
            DELIMITER_IN_KEY);
      }
    }
  }

  /** Where in a text that can not be a key the reason stands. */
  private int flaw(byte[] text) {
    if (text.length <= Key.MAX_BYTES) {
      for (int i = 0; i < text.length; i++) {
        if (Utf8.isControlAt(text, i)) {
          return i;
        }
      }
    }
    return 0;
  }

  private void refuseByteOrderMark(Token key) {
    int index = key.getStartIndex();
    if (window.character(index).equals("\ufeff")) {
      throw Fault.of(
          index,
          "byte order mark within the stream",
          "it may stand at the very beginning only; was one file appended to another?");
    }
  }

  private byte[] decoded(Token word, byte[] text, BinaryText encoding) {
    byte[] value = encoding.decode(text, 0, text.length);
    if (value == null) {
      int at = encoding.firstInvalid(text, 0, text.length);
      throw Fault.of(
          StatementParser.source(window, word, at),
          "value is not " + encoding.word() + (at == text.length ? ": it is cut short" : ""),
          rule(encoding) + "; for text write meta:encoding=text;");
    }
    return value;
  }

  private static String rule(BinaryText encoding) {
    return switch (encoding) {
      case BASE64 -> "base64 is A-Z a-z 0-9 + / and padded with =";
      case BASE64URL -> "base64url is A-Z a-z 0-9 - _, padded with = or not";
      case HEX -> "hex is two digits 0-9 a-f for each byte";
    };
  }

  private void checkLength(byte[] value) {
    if (value.length > Limits.VALUE_BYTES) {
      try {
        Limits.checkValue(value.length);
      } catch (ProntoException refusal) {
        throw Fault.of(valueIndex, refusal);
      }
    }
  }

  private BatchCommand direct(DirectiveContext statement) {
    String name = window.text(0, statement.name.getStopIndex() + 1);
    if (name.startsWith(Directive.SECRET_PREFIX)) {
      keepSecret(name);
    }
    checkUtf8();
    Directive directive = Directive.named(name).orElseThrow(() -> unknown(name));
    if (directive.credential() == null) {
      secrets.otherDirective();
    }
    if (directive.form().isPresent() && statement.value == null) {
      throw misused(directive, window.index() - 1, " needs a value");
    }
    if (directive.form().isEmpty() && statement.sign != null) {
      throw misused(directive, statement.sign.getStartIndex(), " takes no value");
    }
    BatchCommand command = read(directive, statement.value);
    cacheSettingsMayFollow =
        directive == Directive.CACHE && statement.value.getType() == ProntoParser.BARE;
    if (directive.credential() != null) {
      secrets.credential(directive.credential());
    }
    return command;
  }

  private BatchCommand read(Directive directive, Token word) {
    byte[] value = StatementParser.value(window, word);
    valueIndex = word == null ? NO_VALUE : word.getStartIndex();
    if (word != null && word.getType() == ProntoParser.BARE && directive.takesKey()) {
      refuseDelimiter(word, value, keyLength(directive, value));
    }
    if (directive == Directive.DEL) {
      return new Delete(key(value, word));
    }
    try {
      return directives.read(directive, value);
    } catch (ProntoException refusal) {
      throw Fault.of(valueIndex, refusal);
    }
  }

  /** How much of the value is the key: all of it, but for a condition with a value. */
  private static int keyLength(Directive directive, byte[] value) {
    int length = 0;
    while (length < value.length && (directive != Directive.IF || value[length] != '=')) {
      length++;
    }
    return length;
  }

  private static Fault misused(Directive directive, int index, String how) {
    return Fault.of(index, directive.text() + how, "write " + directive.usage());
  }

  private void keepSecret(String name) {
    textLeaves = false;
    secrets.secretStatement();
    if (name.startsWith(SECRETS_LEFT_OUT)) {
      window.leaveOut(0, window.index());
    }
  }

  private static Fault unknown(String name) {
    return Fault.of(
        0,
        "unknown directive '" + Text.visible(name) + "'",
        Directive.nearest(name)
            .map(d -> "did you mean " + d.text() + "?")
            .orElse("a key that begins with meta: is quoted: \"meta:key\"=value;"));
  }

  private Rejected rejected(Fault fault) {
    boolean json = isJsonLike(fault.recovery());
    Swallowed swallowed = guard(Math.max(fault.index(), window.index()), json);
    Problem problem = problem(fault);
    if (fault.recovery() != Recovery.NONE) {
      Position begin = position();
      if (!window.skipStatement(fault.index(), fault.recovery())) {
        adrift = true;
        return rejectedInPart(problem, begin);
      }
      swallowed = guard(window.index(), json);
      problem = problem(fault);
    }
    secrets.faultyStatement();
    return new Rejected(problem, fault.scope() != null ? fault.scope() : swallowed.scope());
  }

  private static boolean isJsonLike(Recovery recovery) {
    return recovery == Recovery.JSON_STATEMENT || recovery == Recovery.LINE;
  }

  private Rejected rejectedAsTooLong() {
    Fault fault =
        Fault.of(
            0,
            "statement is longer than " + maxStatement + " bytes",
            "is a ';' or a quote missing?");
    guard(Math.min(lexer.wordIndex() + ByteWindow.CONTEXT, window.index()), false);
    Problem problem = problem(fault);
    Position begin = position();
    adrift = !window.skipStatement(lexer.wordIndex(), Recovery.STATEMENT);
    return rejectedInPart(problem, begin);
  }

  /** Answers a statement too long to be kept: nobody knows what else is in it. */
  private Rejected rejectedInPart(Problem problem, Position begin) {
    lost = begin;
    textLeaves = false;
    secrets.faultyStatement();
    return new Rejected(problem, ScopePart.PROJECT);
  }

  /**
   * Looks at what a bad statement holds up to {@code end} before anything of it is shown.
   *
   * @param statements whether whole statements may be among it
   */
  private Swallowed guard(int end, boolean statements) {
    Swallowed swallowed = Swallowed.in(window, end, statements);
    if (swallowed.secret()) {
      textLeaves = false;
      secrets.secretStatement();
    }
    return swallowed;
  }

  private Problem problem(Fault fault) {
    Position position = window.locate(source.name(), fault.index());
    SourceLine line = secrets.line(fault.index());
    String message = fault.getMessage();
    if (secrets.hides(fault.index())) {
      message = Secrets.blank(message);
      textLeaves = false;
    }
    return Problem.of(Kind.CONTENT, message, fault.hint()).at(position, line);
  }

  @Override
  public Position position() {
    return lost != null ? lost : window.locate(source.name(), 0);
  }

  @Override
  public Problem locate(Problem problem, boolean atValue) {
    if (lost != null) {
      return problem.at(lost, null);
    }
    int index = atValue && valueIndex != NO_VALUE ? valueIndex : 0;
    Position position = window.locate(source.name(), index);
    return problem.at(position, secrets.line(index));
  }

  @Override
  public byte[] statement() {
    return textLeaves ? window.copy(0, window.index()) : NOTHING;
  }

  @Override
  public boolean holdsPreamble() {
    return true;
  }

  @Override
  public boolean isTooLong() {
    return adrift;
  }

  @Override
  public byte[] sha256() {
    return window.sha256();
  }

  @Override
  public long bytesRead() {
    return window.offset(window.index());
  }

  @Override
  public void close() throws IOException {
    source.bytes().close();
  }
}
