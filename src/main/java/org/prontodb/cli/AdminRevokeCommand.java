package org.prontodb.cli;

import org.prontodb.auth.Pattern;
import org.prontodb.model.Delimiter;

/** {@code prontodb admin revoke}. */
final class AdminRevokeCommand implements Command {

  @Override
  public Form form() {
    return Form.of("USER PATTERN", "take a grant back")
        .details(
            "The pattern is written as it was granted: taking kb.* back leaves a grant for"
                + " kb.recipes alone.")
        .example("prontodb admin revoke sam 'kb.*'");
  }

  @Override
  public ExitCode run(Invocation call) {
    String user = call.argument(0);
    Delimiter delimiter = call.configuration().delimiter();
    Pattern pattern = Pattern.parse(call.argument(1), delimiter);
    call.accounts().revokeGrant(user, pattern);
    call.messages().status("revoked %s %s".formatted(user, pattern.text(delimiter)));
    return ExitCode.DONE;
  }
}
