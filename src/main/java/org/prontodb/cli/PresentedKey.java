package org.prontodb.cli;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.prontodb.config.Configuration;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Secret;

/** A key that somebody shows to say who they are. */
sealed interface PresentedKey {

  record Session(Secret key) implements PresentedKey {}

  record ApiKey(Secret key) implements PresentedKey {}

  /** What the command's argument holds, or else the environment. */
  static PresentedKey read(Invocation call) throws IOException {
    if (call.arguments().isEmpty()) {
      if (call.has(SecretInput.FILE)) {
        throw call.usage("say what is in the file: session=- or sec=-");
      }
      return ofEnvironment(call.configuration());
    }
    Map<String, String> settings = Credentials.parse(call, "session", "sec");
    if (settings.size() != 1) {
      throw call.usage("give either session= or sec=");
    }
    return settings.containsKey("session")
        ? new Session(
            new SecretInput(call, "session").read("session", settings.get("session"), false))
        : new ApiKey(new SecretInput(call, "API key").read("sec", settings.get("sec"), false));
  }

  private static PresentedKey ofEnvironment(Configuration configuration) {
    Optional<PresentedKey> session = configuration.session().map(Session::new);
    return session
        .or(() -> configuration.apiKey().map(ApiKey::new))
        .orElseThrow(
            () ->
                Problem.of(
                        Kind.DENIED,
                        "nobody has authenticated: neither PRONTO_SESSION nor PRONTO_APIKEY is set",
                        "export PRONTO_SESSION=$(prontodb proto auth 'pass=-;user=NAME')")
                    .asException());
  }
}
