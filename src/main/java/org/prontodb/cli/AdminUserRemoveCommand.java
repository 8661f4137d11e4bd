package org.prontodb.cli;

/** {@code prontodb admin user remove}. */
final class AdminUserRemoveCommand implements Command {

  @Override
  public Form form() {
    return Form.of("NAME", "remove a user with all API keys, sessions and grants")
        .details(
            "admin can not be removed. A load that the user is running when it comes to its commit"
                + " is refused.")
        .example("prontodb admin user remove sam");
  }

  @Override
  public ExitCode run(Invocation call) {
    String name = call.argument(0);
    call.accounts().removeUser(name);
    call.messages().status("removed user " + name);
    return ExitCode.DONE;
  }
}
