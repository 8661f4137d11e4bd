package org.prontodb.cli;

import java.io.IOException;
import org.prontodb.app.Accounts.Proven;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Instants;
import org.prontodb.store.Identities;

/** {@code prontodb proto whoami}. */
final class ProtoWhoamiCommand implements Command {

  @Override
  public Form form() {
    return Form.of("['session=-'|'sec=-']", 0, 1, "print whose session or API key this is")
        .secrets()
        .option(SecretInput.FILE, "FILE", SecretInput.FILE_HELP)
        .details(
            "Without an argument it is about PRONTO_SESSION, and where that is not set, about"
                + " PRONTO_APIKEY.")
        .example("prontodb proto whoami")
        .example("prontodb proto whoami 'sec=-' < key.txt");
  }

  @Override
  public ExitCode run(Invocation call) throws IOException {
    Proven proven =
        switch (PresentedKey.read(call)) {
          case PresentedKey.Session(var key) -> call.accounts().ofSession(key);
          case PresentedKey.ApiKey(var key) -> call.accounts().ofApiKey(key);
        };
    boolean ends = proven.expiresAt() != Identities.NEVER;
    if (call.has(GlobalOptions.JSON)) {
      ByteBuilder line = new ByteBuilder(256);
      new JsonWriter(line)
          .begin()
          .field("user", proven.user())
          .field("by", proven.means())
          .field("id", proven.id())
          .field("expires", ends ? Instants.format(proven.expiresAt()) : null)
          .endLine();
      call.out().write(line.array(), 0, line.length());
    } else {
      call.out().line(proven.user());
    }
    call.messages()
        .detail(
            "%s %s, %s"
                .formatted(
                    proven.means(),
                    proven.id(),
                    ends ? "expires " + Instants.format(proven.expiresAt()) : "never expires"));
    return ExitCode.DONE;
  }
}
