package org.prontodb.cli;

import java.util.function.Function;
import org.prontodb.model.Text;

/** {@code prontodb completion}. */
final class CompletionCommand implements Command {

  @Override
  public Form form() {
    return Form.of("bash|zsh|fish", "print a script with which the shell completes command lines")
        .example("source <(prontodb completion bash)")
        .example("prontodb completion zsh > ~/.zfunc/_prontodb")
        .example("prontodb completion fish > ~/.config/fish/completions/prontodb.fish");
  }

  @Override
  public ExitCode run(Invocation call) {
    Function<Completion, String> script =
        switch (call.argument(0)) {
          case "bash" -> Completion::bash;
          case "zsh" -> Completion::zsh;
          case "fish" -> Completion::fish;
          default ->
              throw call.usage(
                  "there is no completion for \""
                      + Text.visible(call.argument(0))
                      + "\", only for bash, zsh and fish");
        };
    call.out().print(script.apply(new Completion()));
    return ExitCode.DONE;
  }
}
