package org.prontodb.cli;

import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Instants;
import org.prontodb.store.Identities;
import org.prontodb.store.Identities.ApiKey;

/** {@code prontodb admin apikey list}. */
final class AdminApiKeyListCommand implements Command {
  private static final String NEVER = "never";

  @Override
  public Form form() {
    return Form.of("list the API keys, the oldest first")
        .details(
            "A line for each: id, user, name, when it was made, and when it expires or \"never\";"
                + " tab-separated. The id is also part of the key itself. -q prints the ids alone.")
        .example("prontodb admin apikey list");
  }

  @Override
  public ExitCode run(Invocation call) {
    ByteBuilder line = new ByteBuilder(256);
    for (ApiKey key : call.accounts().apiKeys()) {
      if (call.has(GlobalOptions.JSON)) {
        append(key, new JsonWriter(line).begin()).endLine();
        call.out().write(line.array(), 0, line.length());
        line.setLength(0);
      } else {
        call.out().line(call.has(GlobalOptions.QUIET) ? key.id() : text(key));
      }
    }
    return ExitCode.DONE;
  }

  private static String text(ApiKey key) {
    return String.join(
        "\t",
        key.id(),
        key.user(),
        key.name(),
        Instants.format(key.createdAt()),
        key.expiresAt() == Identities.NEVER ? NEVER : Instants.format(key.expiresAt()));
  }

  static JsonWriter append(ApiKey key, JsonWriter json) {
    return json.field("id", key.id())
        .field("user", key.user())
        .field("name", key.name())
        .field("created", Instants.format(key.createdAt()))
        .field(
            "expires",
            key.expiresAt() == Identities.NEVER ? null : Instants.format(key.expiresAt()));
  }

  /** When the key ends, within a sentence. */
  static String end(ApiKey key) {
    return key.expiresAt() == Identities.NEVER
        ? "never expires"
        : "expires " + Instants.format(key.expiresAt());
  }
}
