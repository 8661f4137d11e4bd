package org.prontodb.auth;

import java.security.SecureRandom;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Secret;
import org.prontodb.store.Identities;
import org.prontodb.store.Identities.ApiKey;
import org.prontodb.store.Identities.Session;

/** Opens and ends the short-lived keys that a password or an API key is exchanged for. */
public final class Sessions {
  private Sessions() {}

  /** Whether this has the form of a session key. */
  public static boolean isKey(Secret text) {
    return Token.read(Token.Type.SESSION, text).isPresent();
  }

  /**
   * A new session.
   *
   * @param text the session key: it can not be shown again
   * @param defaultPassword whether the documented default password opened it
   */
  public record Opened(Secret text, Session stored, boolean defaultPassword) {}

  /**
   * Opens a session for an identity that was confirmed in this transaction. One that an API key
   * opens does not outlive the key. Forgets sessions that have expired.
   */
  public static Opened open(
      Identities identities, Identity identity, long now, long expiresAt, SecureRandom random) {
    String apiKey = null;
    long end = expiresAt;
    switch (identity.proof()) {
      case Proof.ApiKey(String id) -> {
        apiKey = id;
        end = Math.min(end, identities.apiKey(id).map(ApiKey::expiresAt).orElse(now));
      }
      case Proof.Password p -> {}
      case Proof.DefaultPassword d -> {}
      case Proof.Session s -> throw noSessionFromSession();
    }
    identities.removeExpiredSessions(now);
    Token.Minted minted = Token.mint(Token.Type.SESSION, random);
    Token token = minted.token();
    Session session = new Session(token.id(), identity.user(), apiKey, token.sha256(), now, end);
    identities.save(session);
    return new Opened(minted.text(), session, identity.defaultPassword());
  }

  /** Ends the session that proved this identity, if one did. */
  public static void revoke(Identities identities, Identity identity) {
    if (identity.proof() instanceof Proof.Session(String id)) {
      identities.removeSession(id);
    }
  }

  /** A session that renewed itself would never end. */
  private static ProntoException noSessionFromSession() {
    return Problem.of(
            Kind.DENIED,
            "a session can not open another one",
            "authenticate with a password or an API key")
        .asException();
  }
}
