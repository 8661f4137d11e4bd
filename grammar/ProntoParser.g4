parser grammar ProntoParser;
options { tokenVocab = ProntoLexer; }
statement : SEMI EOF ;
