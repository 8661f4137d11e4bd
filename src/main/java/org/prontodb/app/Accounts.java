package org.prontodb.app;

import java.security.SecureRandom;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.prontodb.auth.Access;
import org.prontodb.auth.Act;
import org.prontodb.auth.ApiKeys;
import org.prontodb.auth.Authentication;
import org.prontodb.auth.Grants;
import org.prontodb.auth.Identity;
import org.prontodb.auth.Passwords;
import org.prontodb.auth.Pattern;
import org.prontodb.auth.Proof;
import org.prontodb.auth.Sessions;
import org.prontodb.auth.StoredAuthentication;
import org.prontodb.auth.Users;
import org.prontodb.model.Secret;
import org.prontodb.store.Identities;
import org.prontodb.store.Identities.ApiKey;
import org.prontodb.store.Identities.Grant;
import org.prontodb.store.Identities.User;
import org.prontodb.store.Transaction;

/**
 * Who may use a database through streams and the server: users, API keys, sessions and grants.
 * Changing them is a direct command, for which write permission on the file is enough.
 */
public final class Accounts {
  private final ProntoDb database;
  private final String by;
  private final SecureRandom random = new SecureRandom();
  private final Passwords passwords = new Passwords();
  private final Authentication authentication = new StoredAuthentication(passwords);

  /**
   * @param by whom the audit log is to name for changes
   */
  Accounts(ProntoDb database, String by) {
    this.database = database;
    this.by = by;
  }

  /** A user with all grants. */
  public record Account(User user, List<Grant> grants) {}

  /**
   * An identity and how it was proved.
   *
   * @param means "session" or "apikey"
   * @param id of the session or key
   */
  public record Proven(String user, String means, String id, long expiresAt) {}

  /** Adds a user, or gives one a new password; the hashing is done before the lock is taken. */
  public Users.Saved save(String user, Secret password) {
    Users.checkName(user);
    boolean isDefault = user.equals(Identities.ADMIN) && Passwords.isDefault(password);
    String hash = isDefault ? null : passwords.hash(password);
    return database.write(
        List.of(), transaction -> Users.save(transaction.identities(), act(), user, hash));
  }

  public void removeUser(String user) {
    change(identities -> Users.remove(identities, act(), user));
  }

  /** All users by name. */
  public List<Account> users() {
    return database.read(
        transaction -> {
          Identities identities = transaction.identities();
          return identities.users().stream()
              .map(user -> new Account(user, identities.grants(user.name())))
              .toList();
        });
  }

  /**
   * @param name what the user calls the key; may be empty
   * @param lifetime in milliseconds, or {@link Identities#NEVER}
   */
  public ApiKeys.Created createApiKey(String user, String name, long lifetime) {
    requireUser(user);
    return database.write(
        List.of(),
        transaction -> {
          Identities identities = transaction.identities();
          Act act = act();
          long end = lifetime == Identities.NEVER ? Identities.NEVER : act.at() + lifetime;
          return ApiKeys.create(identities, act, user, name, end, random);
        });
  }

  /** All API keys, the oldest first. */
  public List<ApiKey> apiKeys() {
    return database.read(transaction -> transaction.identities().apiKeys());
  }

  /**
   * @param idOrKey the key's id, or the key itself
   */
  public ApiKey revokeApiKey(String idOrKey) {
    return changing(identities -> ApiKeys.revoke(identities, act(), idOrKey));
  }

  public void grant(String user, Access access, Pattern pattern) {
    requireUser(user);
    database.write(
        List.of(),
        transaction -> {
          Grants.grant(transaction.identities(), act(), user, access, pattern);
          return null;
        });
  }

  public void revokeGrant(String user, Pattern pattern) {
    change(identities -> Grants.revoke(identities, act(), user, pattern));
  }

  /**
   * Exchanges a password for a session.
   *
   * @param lifetime in milliseconds
   */
  public Sessions.Opened openSession(String user, Secret password, long lifetime) {
    return openSession(
        view -> authentication.byPassword(view, user, password, database.now()), lifetime);
  }

  /** As above, with an API key. */
  public Sessions.Opened openSession(Secret apiKey, long lifetime) {
    return openSession(view -> authentication.byApiKey(view, apiKey, database.now()), lifetime);
  }

  /**
   * The user with this password. Slow on purpose: what the answer proves can be kept for a while
   * and shown to {@link #confirm} instead, which is not.
   */
  public Identity ofPassword(String user, Secret password) {
    Identity identity =
        database.read(view -> authentication.byPassword(view, user, password, database.now()));
    if (identity.isOutdated()) {
      database.write(
          List.of(),
          transaction -> {
            authentication.confirm(transaction, identity, database.now());
            authentication.renew(transaction, identity);
            return null;
          });
    }
    return identity;
  }

  /** The user with this session key or API key; its beginning tells which it is. */
  public Identity ofKey(Secret key) {
    return database.read(
        view ->
            Sessions.isKey(key)
                ? authentication.bySession(view, key, database.now())
                : authentication.byApiKey(view, key, database.now()));
  }

  /**
   * Refuses an identity whose proof does not hold any more: a password that was changed, a key that
   * was revoked or has expired, a user who was removed.
   */
  public void confirm(Identity identity) {
    try (Transaction view = database.read()) {
      authentication.confirm(view, identity, database.now());
    }
  }

  /** Verifies without a lock, which may take its time, then confirms and writes. */
  private Sessions.Opened openSession(Function<Transaction, Identity> verify, long lifetime) {
    Identity identity;
    try (Transaction view = database.store().read()) {
      identity = verify.apply(view);
    }
    return database.write(
        List.of(),
        transaction -> {
          long now = database.now();
          authentication.confirm(transaction, identity, now);
          authentication.renew(transaction, identity);
          return Sessions.open(transaction.identities(), identity, now, now + lifetime, random);
        });
  }

  /** Whether {@code admin} has the password that everybody knows. */
  public boolean hasDefaultPassword() {
    try (Transaction view = database.store().read()) {
      return view.identities()
          .user(Identities.ADMIN)
          .filter(admin -> admin.password() == null)
          .isPresent();
    }
  }

  /** Whose session this is. */
  public Proven ofSession(Secret session) {
    return database.read(
        view -> proven(view, authentication.bySession(view, session, database.now())));
  }

  /** Whose API key this is. */
  public Proven ofApiKey(Secret apiKey) {
    return database.read(
        view -> proven(view, authentication.byApiKey(view, apiKey, database.now())));
  }

  private static Proven proven(Transaction view, Identity identity) {
    Identities identities = view.identities();
    return switch (identity.proof()) {
      case Proof.Session(String id) ->
          new Proven(
              identity.user(), "session", id, identities.session(id).orElseThrow().expiresAt());
      case Proof.ApiKey(String id) ->
          new Proven(
              identity.user(), "apikey", id, identities.apiKey(id).orElseThrow().expiresAt());
      case Proof.DefaultPassword d -> throw new IllegalArgumentException("a key is asked for");
      case Proof.Password p -> throw new IllegalArgumentException("a key is asked for");
    };
  }

  /** Ends a session; its key is the only permission that this needs. */
  public void endSession(Secret session) {
    database.change(
        List.of(),
        transaction -> {
          Identity identity = authentication.bySession(transaction, session, database.now());
          Sessions.revoke(transaction.identities(), identity);
          return 1;
        });
  }

  /** Refuses a user whom a database that is not there yet would not have either. */
  private void requireUser(String user) {
    if (!database.exists()) {
      try (Transaction view = database.store().read()) {
        Users.require(view.identities(), user);
      }
    }
  }

  private <T> T changing(Function<Identities, T> work) {
    database.requireExisting();
    return database.write(List.of(), transaction -> work.apply(transaction.identities()));
  }

  private void change(Consumer<Identities> work) {
    database.change(
        List.of(),
        transaction -> {
          work.accept(transaction.identities());
          return 1;
        });
  }

  private Act act() {
    return new Act(by, database.now());
  }
}
