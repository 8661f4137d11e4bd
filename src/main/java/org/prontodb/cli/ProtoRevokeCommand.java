package org.prontodb.cli;

import java.io.IOException;

/** {@code prontodb proto revoke}. */
final class ProtoRevokeCommand implements Command {

  @Override
  public Form form() {
    return Form.of("['session=-']", 0, 1, "end a session")
        .secrets()
        .option(SecretInput.FILE, "FILE", SecretInput.FILE_HELP)
        .details("Without an argument it is the session in PRONTO_SESSION.")
        .example("prontodb proto revoke")
        .example("prontodb proto revoke 'session=-' < session.txt");
  }

  @Override
  public ExitCode run(Invocation call) throws IOException {
    switch (PresentedKey.read(call)) {
      case PresentedKey.Session(var key) -> call.accounts().endSession(key);
      case PresentedKey.ApiKey k ->
          throw call.usage("an API key is revoked with \"prontodb admin apikey revoke ID\"");
    }
    call.messages().status("the session has ended");
    return ExitCode.DONE;
  }
}
