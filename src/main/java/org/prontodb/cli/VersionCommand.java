package org.prontodb.cli;

/** {@code prontodb version}. */
final class VersionCommand implements Command {
  /** As in pom.xml; a test compares them. Reading it from a resource would cost every start. */
  static final String NUMBER = "0.1.0";

  @Override
  public Form form() {
    return Form.of("print the version").example("prontodb version");
  }

  @Override
  public ExitCode run(Invocation call) {
    if (call.has(GlobalOptions.JSON)) {
      call.out().line("{\"version\":\"" + NUMBER + "\"}");
    } else {
      call.out().line("prontodb " + NUMBER);
    }
    call.messages().detail("Java " + Runtime.version() + ", " + System.getProperty("os.arch"));
    return ExitCode.DONE;
  }
}
