package org.prontodb.transcript;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part of the shell's language that is read without a shell: a pipeline whose {@code prontodb}
 * commands are plain words in quotes or not, variables set in front, and redirections behind.
 */
record CommandLine(List<Stage> stages) {

  /** One command of a pipeline. */
  sealed interface Stage {}

  /** Any other program: the text as it stands, for {@code sh}. */
  record Foreign(String text) implements Stage {}

  /** A run of prontodb. The files are null where nothing is redirected. */
  record Pronto(
      Map<String, String> variables,
      List<String> arguments,
      String input,
      String output,
      String error)
      implements Stage {}

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*=.*");

  /** A word, and whether it is an operator rather than text. */
  private record Token(String text, boolean operator) {
    boolean is(String operatorText) {
      return operator && text.equals(operatorText);
    }
  }

  /** Empty if a prontodb command in it uses more of the language than is read here. */
  static Optional<CommandLine> read(String line) {
    List<Stage> stages = new ArrayList<>();
    for (String text : stageTexts(line)) {
      if (!text.contains("prontodb ") && !text.endsWith("prontodb")) {
        stages.add(new Foreign(text));
        continue;
      }
      Optional<Pronto> pronto = tokens(text).flatMap(CommandLine::pronto);
      if (pronto.isEmpty()) {
        return Optional.empty();
      }
      stages.add(pronto.get());
    }
    return Optional.of(new CommandLine(stages));
  }

  /** The line cut at each {@code |} outside quotes. */
  private static List<String> stageTexts(String line) {
    List<String> texts = new ArrayList<>();
    int from = 0;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == 0 && c == '|') {
        texts.add(line.substring(from, i).strip());
        from = i + 1;
      } else if (c == '\\' && quote != '\'') {
        i++;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      }
    }
    texts.add(line.substring(from).strip());
    return texts;
  }

  private static Optional<List<Token>> tokens(String text) {
    List<Token> tokens = new ArrayList<>();
    StringBuilder word = null;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0 && c == quote) {
        quote = 0;
      } else if (quote == '\'') {
        word.append(c);
      } else if (c == '\\' && i + 1 < text.length()) {
        word = word == null ? new StringBuilder() : word;
        boolean kept = quote == '"' && "\"\\$`".indexOf(text.charAt(i + 1)) < 0;
        word.append(kept ? "\\" : "").append(text.charAt(++i));
      } else if (c == '$' || c == '`') {
        return Optional.empty();
      } else if (quote == '"') {
        word.append(c);
      } else if (c == '\'' || c == '"') {
        word = word == null ? new StringBuilder() : word;
        quote = c;
      } else if (";&()*?[{~".indexOf(c) >= 0) {
        return Optional.empty();
      } else if (c == ' ' || c == '<' || c == '>') {
        boolean error = c == '>' && word != null && word.toString().equals("2");
        if (word != null && !error) {
          tokens.add(new Token(word.toString(), false));
        }
        word = null;
        if (c != ' ') {
          tokens.add(new Token(error ? "2>" : String.valueOf(c), true));
        }
      } else {
        word = word == null ? new StringBuilder() : word;
        word.append(c);
      }
    }
    if (word != null) {
      tokens.add(new Token(word.toString(), false));
    }
    return Optional.of(tokens);
  }

  private static Optional<Pronto> pronto(List<Token> tokens) {
    Map<String, String> variables = new LinkedHashMap<>();
    int next = 0;
    while (next < tokens.size() && VARIABLE.matcher(tokens.get(next).text).matches()) {
      String[] variable = tokens.get(next++).text.split("=", 2);
      variables.put(variable[0], variable[1]);
    }
    if (next == tokens.size() || !isPronto(tokens.get(next++).text)) {
      return Optional.empty();
    }
    List<String> arguments = new ArrayList<>();
    String input = null;
    String output = null;
    String error = null;
    for (; next < tokens.size(); next++) {
      Token token = tokens.get(next);
      if (!token.operator) {
        arguments.add(token.text);
        continue;
      }
      if (++next == tokens.size() || tokens.get(next).operator) {
        return Optional.empty();
      }
      String file = tokens.get(next).text;
      if (token.is("<")) {
        input = file;
      } else if (token.is(">")) {
        output = file;
      } else {
        error = file;
      }
    }
    return Optional.of(new Pronto(variables, arguments, input, output, error));
  }

  private static boolean isPronto(String word) {
    return word.equals("prontodb") || word.equals("bin/prontodb");
  }
}
