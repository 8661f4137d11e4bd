package org.prontodb.auth;

/**
 * An authenticated user.
 *
 * @param user the user's name
 * @param proof what proved it, to be checked again inside a transaction
 */
public record Identity(String user, Proof proof) {

  /** Whether the documented default password was used. */
  public boolean defaultPassword() {
    return proof instanceof Proof.DefaultPassword;
  }

  /** Whether the password was verified against weaker parameters than today's. */
  public boolean isOutdated() {
    return proof instanceof Proof.Password password && password.renewed() != null;
  }
}
