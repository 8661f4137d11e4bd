package org.prontodb.cli;

import java.util.List;
import java.util.Locale;
import org.prontodb.model.Text;

/** {@code prontodb completion}: the script for a shell, and what the script asks at each Tab. */
final class CompletionCommand implements Command {

  @Override
  public Form form() {
    return Form.of(
            "bash|zsh|fish [WORD…]",
            1,
            Integer.MAX_VALUE,
            "print a script with which the shell completes command lines")
        .details(
            "It completes commands, options, values of options, and the projects, namespaces and"
                + " keys of the database that the command line, PRONTO_DB or pronto.conf names.")
        .details(
            "With words behind -- it prints instead what the last of them can be completed to,"
                + " which is what the scripts ask: the first line is words, beginnings (no space"
                + " follows) or files; then comes a candidate a line, with a tab and its meaning"
                + " where it has one. For bash the words are the command line up to the cursor and"
                + " COMP_WORDBREAKS, and the candidates are quoted.")
        .example("source <(prontodb completion bash)")
        .example("prontodb completion zsh > ~/.zfunc/_prontodb")
        .example("prontodb completion fish > ~/.config/fish/completions/prontodb.fish")
        .example("prontodb completion fish -- get kb.");
  }

  @Override
  public ExitCode run(Invocation call) {
    List<String> words = call.arguments().subList(1, call.arguments().size());
    switch (call.argument(0)) {
      case "bash" -> {
        if (words.isEmpty()) {
          call.out().print(CompletionScripts.BASH);
        } else {
          answerBash(call, words);
        }
      }
      case "zsh" -> scriptOrAnswer(call, CompletionScripts.ZSH, words);
      case "fish" -> scriptOrAnswer(call, CompletionScripts.FISH, words);
      default ->
          throw call.usage(
              "there is no completion for \""
                  + Text.visible(call.argument(0))
                  + "\", only for bash, zsh and fish");
    }
    return ExitCode.DONE;
  }

  private static void scriptOrAnswer(Invocation call, String script, List<String> words) {
    if (words.isEmpty()) {
      call.out().print(script);
      return;
    }
    Completion.Answer answer = Completion.of(words, call.context());
    print(call, answer.kind());
    for (Completion.Candidate candidate : answer.candidates()) {
      String meaning = candidate.description();
      call.out().line(candidate.word() + (meaning.isEmpty() ? "" : "\t" + meaning));
    }
  }

  private static void answerBash(Invocation call, List<String> words) {
    BashLine line = BashLine.parse(words.getFirst(), words.size() > 1 ? words.get(1) : "");
    if (line.redirected()) {
      print(call, Completion.Kind.FILES);
      return;
    }
    Completion.Answer answer = Completion.of(line.words(), call.context());
    print(call, answer.kind());
    answer.candidates().forEach(candidate -> call.out().line(line.written(candidate.word())));
  }

  private static void print(Invocation call, Completion.Kind kind) {
    call.out().line(kind.name().toLowerCase(Locale.ROOT));
  }
}
