package org.prontodb.store;

import java.util.List;
import java.util.Optional;

/**
 * The stored side of users, keys, sessions and grants; what they mean is told in {@code auth}. All
 * instants are milliseconds since the epoch. Nothing here gives anybody a secret back: passwords
 * are stored as slow hashes and keys as the SHA-256 of 256 random bits.
 */
public interface Identities {
  /** As an instant: at no time. */
  long NEVER = Long.MAX_VALUE;

  /** The user that every store is seeded with. */
  String ADMIN = "admin";

  /**
   * A user as stored.
   *
   * @param password how the password is stored: the hash in its encoded form, or null while the
   *     documented default stands
   */
  record User(String name, String password) {}

  /**
   * An API key as stored.
   *
   * @param id the public part of the key, by which it is found and revoked
   * @param name what the user calls it; may be empty
   * @param sha256 of the whole key, in hexadecimal
   * @param expiresAt the first instant at which it is no longer valid, or {@link #NEVER}
   */
  record ApiKey(
      String id, String user, String name, String sha256, long createdAt, long expiresAt) {}

  /**
   * A session as stored.
   *
   * @param id the public part of the session key
   * @param apiKey the id of the API key that opened it, or null if a password did
   * @param sha256 of the whole session key, in hexadecimal
   */
  record Session(
      String id, String user, String apiKey, String sha256, long createdAt, long expiresAt) {}

  /**
   * What a user may do where.
   *
   * @param project null for all projects
   * @param namespace null for all namespaces of the project
   */
  record Grant(String user, String project, String namespace, boolean write) {}

  /**
   * One line of the audit log.
   *
   * @param by who did it: an account of the operating system, written {@code os:sam}
   * @param action a word or two, as in {@code user set}
   * @param user whom it concerns
   * @param detail what else there is to say; may be empty
   */
  record IdentityChange(long at, String by, String action, String user, String detail) {}

  Optional<User> user(String name);

  /** All users, by name. */
  List<User> users();

  /** Adds a user, or changes the one of this name. */
  void save(User user);

  /** Removes a user with all its keys, sessions and grants. */
  void removeUser(String name);

  Optional<ApiKey> apiKey(String id);

  /** All API keys, the oldest first. */
  List<ApiKey> apiKeys();

  void save(ApiKey key);

  /** Removes an API key and the sessions that it opened. */
  void removeApiKey(String id);

  Optional<Session> session(String id);

  void save(Session session);

  void removeSession(String id);

  /** Removes the sessions that the user's password opened. */
  void removePasswordSessions(String user);

  /** Forgets the sessions that have expired at {@code now}. */
  void removeExpiredSessions(long now);

  /** The grants of a user, by project and namespace, the widest first. */
  List<Grant> grants(String user);

  /** Adds a grant, in the place of the one for the same user and namespaces. */
  void save(Grant grant);

  /** Removes the grant for the same user and namespaces; says whether it was there. */
  boolean remove(Grant grant);

  /** Adds a line to the audit log, which only grows. */
  void record(IdentityChange change);

  /** The newest lines of the audit log first. */
  List<IdentityChange> changes(int limit);
}
