package org.prontodb.cli;

import org.prontodb.auth.ApiKeys;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Secret;
import org.prontodb.store.Identities;
import org.prontodb.store.Identities.ApiKey;

/** {@code prontodb admin apikey create}. */
final class AdminApiKeyCreateCommand implements Command {

  @Override
  public Form form() {
    return Form.of("USER", "make an API key for a user, and print it this once")
        .option("--name", "NAME", "what the key is for, to be shown in the list")
        .option(
            "--expires", "SPAN", "how long it is valid, as in 12h or 30d; for ever if not given")
        .details(
            "A program shows the key in PRONTO_APIKEY, or a stream in meta:sec:apikey. It may do"
                + " what the user may. What is kept of it is a hash: it can not be printed again.")
        .example("prontodb admin apikey create sam --name nightly --expires 30d > key.txt");
  }

  @Override
  public ExitCode run(Invocation call) {
    long seconds = Durations.seconds(call, "--expires", 0);
    String name = call.has("--name") ? call.option("--name") : "";
    call.files().requireStandardOutput();
    ApiKeys.Created created =
        call.accounts()
            .createApiKey(call.argument(0), name, seconds == 0 ? Identities.NEVER : seconds * 1000);
    ApiKey key = created.stored();
    if (call.has(GlobalOptions.JSON)) {
      ByteBuilder line = new ByteBuilder(256);
      JsonWriter json = new JsonWriter(line).begin().text("key", created.text().reveal());
      AdminApiKeyListCommand.append(key, json).endLine();
      call.out().write(line.array(), 0, line.length());
    } else {
      print(created.text(), call);
    }
    call.messages()
        .status(
            "API key %s of %s, %s; it is not shown again"
                .formatted(key.id(), key.user(), AdminApiKeyListCommand.end(key)));
    return ExitCode.DONE;
  }

  /** The one way in which a secret leaves the program. */
  static void print(Secret secret, Invocation call) {
    call.out().write(secret.reveal());
    call.out().write('\n');
  }
}
