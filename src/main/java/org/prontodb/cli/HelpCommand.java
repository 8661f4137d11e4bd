package org.prontodb.cli;

/** {@code prontodb help}. */
final class HelpCommand implements Command {

  @Override
  public Form form() {
    return Form.of("[COMMAND]", 0, 3, "tell what the commands do")
        .example("prontodb help set")
        .example("prontodb stream --help");
  }

  @Override
  public ExitCode run(Invocation call) {
    String name = String.join(" ", call.arguments());
    if (name.isEmpty()) {
      call.out().print(HelpText.overview());
      return ExitCode.DONE;
    }
    if (CommandTable.named(name) != null) {
      call.out().print(HelpText.of(name));
    } else if (CommandTable.isGroup(name)) {
      call.out().print(HelpText.ofGroup(name));
    } else {
      throw CommandLineParser.unknownCommand(name);
    }
    return ExitCode.DONE;
  }
}
