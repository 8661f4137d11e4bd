package org.prontodb.cli;

import java.util.List;

/** {@code prontodb check}. */
final class CheckCommand implements Command {

  @Override
  public Form form() {
    return Form.of("read the whole database and tell what is damaged")
        .details("Prints ok, or a line for each fault, and then exits with 1.")
        .example("prontodb check");
  }

  @Override
  public ExitCode run(Invocation call) {
    List<String> faults = call.database().check();
    if (faults.isEmpty()) {
      call.out().line("ok");
      return ExitCode.DONE;
    }
    faults.forEach(call.out()::line);
    return ExitCode.FAILED;
  }
}
