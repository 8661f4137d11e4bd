package org.prontodb.auth;

import java.security.SecureRandom;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Secret;
import org.prontodb.model.Text;
import org.prontodb.store.Identities;
import org.prontodb.store.Identities.ApiKey;

/** Makes and revokes the long-lived keys that programs authenticate with. */
public final class ApiKeys {
  private static final int MAX_NAME = 128;

  private ApiKeys() {}

  /**
   * A new key.
   *
   * @param text what the user keeps: it can not be shown again
   */
  public record Created(Secret text, ApiKey stored) {}

  /**
   * @param name what the user calls the key; may be empty
   * @param expiresAt milliseconds since the epoch, or {@link Identities#NEVER}
   */
  public static Created create(
      Identities identities,
      Act act,
      String user,
      String name,
      long expiresAt,
      SecureRandom random) {
    Users.require(identities, user);
    checkName(name);
    Token.Minted minted = Token.mint(Token.Type.API_KEY, random);
    Token token = minted.token();
    ApiKey key = new ApiKey(token.id(), user, name, token.sha256(), act.at(), expiresAt);
    identities.save(key);
    act.record(identities, "apikey create", user, key.id());
    return new Created(minted.text(), key);
  }

  private static void checkName(String name) {
    if (name.codePoints().anyMatch(Text::isControl)) {
      throw Problem.of(
              Kind.USAGE, "the name \"" + Text.visible(name) + "\" holds a control character")
          .asException();
    }
    if (name.length() > MAX_NAME) {
      throw Problem.of(Kind.USAGE, "the name has more than " + MAX_NAME + " characters")
          .asException();
    }
  }

  /**
   * Revokes a key and the sessions that it opened; answers what it was.
   *
   * @param idOrKey the key's id, or the key itself
   */
  public static ApiKey revoke(Identities identities, Act act, String idOrKey) {
    String id = Token.idOf(Token.Type.API_KEY, idOrKey);
    ApiKey key =
        identities
            .apiKey(id)
            .orElseThrow(
                () ->
                    Problem.of(
                            Kind.NOT_FOUND,
                            "there is no API key \"" + Text.visible(id) + "\"",
                            "prontodb admin apikey list shows the ids")
                        .asException());
    identities.removeApiKey(id);
    act.record(identities, "apikey revoke", key.user(), id);
    return key;
  }
}
