package org.prontodb.auth;

import java.util.Optional;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Secret;
import org.prontodb.store.Identities;
import org.prontodb.store.Identities.ApiKey;
import org.prontodb.store.Identities.Session;
import org.prontodb.store.Identities.User;
import org.prontodb.store.Transaction;

/** Authentication against the identities that the store itself holds. */
public final class StoredAuthentication implements Authentication {
  private final Passwords passwords;

  public StoredAuthentication(Passwords passwords) {
    this.passwords = passwords;
  }

  @Override
  public Identity byPassword(Transaction transaction, String user, Secret password, long now) {
    Optional<User> known = transaction.identities().user(user);
    if (known.isEmpty()) {
      passwords.pretend(password);
      throw wrongPassword();
    }
    String stored = known.get().password();
    if (stored == null) {
      if (!Passwords.isDefault(password)) {
        passwords.pretend(password);
        throw wrongPassword();
      }
      return new Identity(user, new Proof.DefaultPassword());
    }
    if (!passwords.matches(stored, password)) {
      throw wrongPassword();
    }
    String renewed = passwords.isOutdated(stored) ? passwords.hash(password) : null;
    return new Identity(user, new Proof.Password(stored, renewed));
  }

  @Override
  public Identity byApiKey(Transaction transaction, Secret key, long now) {
    return Token.read(Token.Type.API_KEY, key)
        .flatMap(
            token ->
                transaction
                    .identities()
                    .apiKey(token.id())
                    .filter(stored -> token.matches(stored.sha256()) && now < stored.expiresAt()))
        .map(stored -> new Identity(stored.user(), new Proof.ApiKey(stored.id())))
        .orElseThrow(
            () ->
                denied(
                    "the API key is not valid: unknown, expired or revoked",
                    "an administrator makes one with prontodb admin apikey create USER"));
  }

  @Override
  public Identity bySession(Transaction transaction, Secret session, long now) {
    return Token.read(Token.Type.SESSION, session)
        .flatMap(
            token ->
                transaction
                    .identities()
                    .session(token.id())
                    .filter(stored -> token.matches(stored.sha256()) && now < stored.expiresAt()))
        .map(stored -> new Identity(stored.user(), new Proof.Session(stored.id())))
        .orElseThrow(
            () ->
                denied(
                    "the session is not valid: unknown, expired or revoked",
                    "open one with prontodb proto auth"));
  }

  @Override
  public void confirm(Transaction transaction, Identity identity, long now) {
    Identities identities = transaction.identities();
    boolean holds =
        switch (identity.proof()) {
          case Proof.DefaultPassword d ->
              identities.user(identity.user()).filter(u -> u.password() == null).isPresent();
          case Proof.Password proof -> confirmPassword(identities, identity.user(), proof);
          case Proof.ApiKey(String id) ->
              identities.apiKey(id).map(ApiKey::expiresAt).filter(end -> now < end).isPresent();
          case Proof.Session(String id) ->
              identities.session(id).map(Session::expiresAt).filter(end -> now < end).isPresent();
        };
    if (!holds) {
      throw denied(
          "what proved the identity of " + identity.user() + " was changed, revoked or has expired",
          "authenticate again");
    }
  }

  private static boolean confirmPassword(Identities identities, String name, Proof.Password proof) {
    User user = identities.user(name).orElse(null);
    if (user == null || user.password() == null) {
      return false;
    }
    if (user.password().equals(proof.renewed())) {
      return true;
    }
    return user.password().equals(proof.stored());
  }

  @Override
  public void renew(Transaction transaction, Identity identity) {
    if (identity.proof() instanceof Proof.Password proof && proof.renewed() != null) {
      transaction.identities().save(new User(identity.user(), proof.renewed()));
    }
  }

  @Override
  public boolean mayWrite(Transaction transaction, Identity identity, Namespace namespace) {
    return Grants.allows(transaction.identities(), identity.user(), namespace, Access.WRITE);
  }

  @Override
  public boolean mayRead(Transaction transaction, Identity identity, Namespace namespace) {
    return Grants.allows(transaction.identities(), identity.user(), namespace, Access.READ);
  }

  private static ProntoException wrongPassword() {
    return denied("wrong user or password", null);
  }

  private static ProntoException denied(String message, String hint) {
    return Problem.of(Kind.DENIED, message, hint).asException();
  }
}
