package org.prontodb.cli;

import org.prontodb.auth.Access;
import org.prontodb.auth.Pattern;
import org.prontodb.model.Delimiter;

/** {@code prontodb admin grant}. */
final class AdminGrantCommand implements Command {

  @Override
  public Form form() {
    return Form.of("USER rw|ro PATTERN", "let a user read and write namespaces, or only read them")
        .details(
            "PATTERN is PROJECT.NAMESPACE, PROJECT.* or *. Grants add up, and a later one for the"
                + " same pattern replaces the earlier. They bind streams and the server; direct"
                + " commands are bound by the permissions of the file.")
        .example("prontodb admin grant sam rw 'kb.*'")
        .example("prontodb admin grant report ro '*'");
  }

  @Override
  public ExitCode run(Invocation call) {
    String user = call.argument(0);
    Access access = Access.parse(call.argument(1));
    Delimiter delimiter = call.configuration().delimiter();
    Pattern pattern = Pattern.parse(call.argument(2), delimiter);
    call.accounts().grant(user, access, pattern);
    call.messages()
        .status("granted %s %s %s".formatted(user, access.word(), pattern.text(delimiter)));
    return ExitCode.DONE;
  }
}
