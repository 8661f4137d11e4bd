package org.prontodb.store;

import java.util.Optional;

/** The stored side of users, keys, sessions and grants; what they mean is told in {@code auth}. */
public interface Identities {

  /**
   * A user as stored.
   *
   * @param password how the password is stored: the hash in its encoded form, or null while the
   *     documented default stands
   */
  record User(String name, String password) {}

  Optional<User> user(String name);

  void save(User user);
}
