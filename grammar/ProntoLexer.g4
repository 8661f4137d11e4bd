/**
 * The words of the stream format, UTF-8 text of statements that end with ';'.
 *
 * The input is fed as bytes, each byte of a character above U+007F as one and the same letter that
 * stands for it: no rule tells such characters apart, and that the bytes are UTF-8 is checked apart.
 * Names of directives are data, so that an unknown one can be answered with the nearest known.
 */
lexer grammar ProntoLexer;

// Where a statement can begin.

GAP           : [ \t\r\n]+          -> skip ;
COMMENT       : '#' ~[\n]*          -> skip ;
END           : ';' ;
DIRECTIVE     : 'meta:' WORD*       -> mode(NAMED) ;
KEY           : ~[# \t\r\n=;"] WORD* -> mode(NAMED) ;
QUOTED        : '"' IN_LINE* '"'    -> mode(NAMED) ;
UNCLOSED      : '"' IN_LINE* '\\'? ;
UNEXPECTED    : . ;

// No key holds a line break, so one that is not closed ends where its line does.
fragment IN_LINE  : ~["\\\r\n] | '\\' ~[\r\n] ;
fragment WORD     : ~[ \t\r\n=;"] ;
fragment QUOTABLE : ~["\\] | '\\' . ;

// Behind the name: '=' and a value, or the end. From here on a statement stays on its line.
mode NAMED;

NAMED_BLANK      : [ \t]+           -> skip ;
EQUALS           : '='              -> mode(VALUE) ;
NAMED_END        : ';'              -> type(END), mode(DEFAULT_MODE) ;
NAMED_UNEXPECTED : .                -> type(UNEXPECTED) ;

// Behind '='. A bare value has no escapes; blanks at its end do not belong to it.
mode VALUE;

VALUE_BLANK      : [ \t]+           -> skip ;
BARE             : ~[ \t\r\n;"] ~[\r\n;]* -> mode(VALUED) ;
VALUE_QUOTED     : '"' QUOTABLE* '"' -> type(QUOTED), mode(VALUED) ;
VALUE_UNCLOSED   : '"' QUOTABLE* '\\'? -> type(UNCLOSED) ;
VALUE_END        : ';'              -> type(END), mode(DEFAULT_MODE) ;
VALUE_UNEXPECTED : .                -> type(UNEXPECTED) ;

// Behind the value: nothing but the end.
mode VALUED;

VALUED_BLANK      : [ \t]+          -> skip ;
VALUED_END        : ';'             -> type(END), mode(DEFAULT_MODE) ;
VALUED_UNEXPECTED : .               -> type(UNEXPECTED) ;
