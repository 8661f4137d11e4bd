package org.prontodb.cli;

/** {@code prontodb admin vacuum}. */
final class AdminVacuumCommand implements Command {

  @Override
  public Form form() {
    return Form.of("give the space of what was deleted back to the file system")
        .details("Rewrites the database, which needs as much space again while it lasts.")
        .example("prontodb admin vacuum");
  }

  @Override
  public ExitCode run(Invocation call) {
    call.database().vacuum();
    return ExitCode.DONE;
  }
}
