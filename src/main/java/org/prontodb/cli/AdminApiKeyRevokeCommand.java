package org.prontodb.cli;

import org.prontodb.store.Identities.ApiKey;

/** {@code prontodb admin apikey revoke}. */
final class AdminApiKeyRevokeCommand implements Command {

  @Override
  public Form form() {
    return Form.of("ID", "revoke an API key, and the sessions that it opened")
        .details("The id stands in \"prontodb admin apikey list\", and in the key itself.")
        .example("prontodb admin apikey revoke k3fa7qxz");
  }

  @Override
  public ExitCode run(Invocation call) {
    ApiKey key = call.accounts().revokeApiKey(call.argument(0));
    call.messages().status("revoked API key " + key.id() + " of " + key.user());
    return ExitCode.DONE;
  }
}
