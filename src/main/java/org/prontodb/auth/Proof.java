package org.prontodb.auth;

/** How an identity was proved, as the stored row says it. */
public sealed interface Proof {

  /** The default password, while it stood. */
  record DefaultPassword() implements Proof {}

  /**
   * A password that was set.
   *
   * @param stored its encoded hash as it was verified
   * @param renewed the same password hashed with today's parameters, or null if it already is
   */
  record Password(String stored, String renewed) implements Proof {
    @Override
    public String toString() {
      return "Password[]";
    }
  }

  record ApiKey(String id) implements Proof {}

  record Session(String id) implements Proof {}
}
