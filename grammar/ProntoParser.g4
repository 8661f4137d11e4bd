/**
 * The statements of the stream format. The reader pulls one at a time, and no rule looks behind the
 * ';' of its statement, so that a statement counts as soon as it has been typed.
 */
parser grammar ProntoParser;

options { tokenVocab = ProntoLexer; }

/** One statement of a stream. */
statement
  : key = (KEY | QUOTED) EQUALS value = (BARE | QUOTED)? END        # record
  | name = DIRECTIVE (sign = EQUALS value = (BARE | QUOTED)?)? END  # directive
  | END                                                             # empty
  | EOF                                                             # endOfStream
  ;

/** One of a list of settings such as timeout=60; max_items=5: the last ';' may be missing. */
setting
  : name = KEY EQUALS value = (BARE | QUOTED)? (END | EOF)          # assignment
  | END                                                             # noSetting
  | EOF                                                             # endOfSettings
  ;
