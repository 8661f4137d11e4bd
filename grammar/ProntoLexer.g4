lexer grammar ProntoLexer;
SEMI : ';' ;
ANY : . ;
