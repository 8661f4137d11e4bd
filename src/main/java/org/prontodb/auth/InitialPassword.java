package org.prontodb.auth;

import java.util.function.Supplier;
import org.prontodb.model.Secret;

/**
 * How the password of {@code admin} is stored in a store that comes into being. It is hashed when
 * the first store asks, and once, so that a store that only shows what would be seeded shows the
 * same.
 */
public final class InitialPassword implements Supplier<String> {
  private Secret chosen;
  private String hash;

  /**
   * @param chosen the password, or null for the default one
   */
  public InitialPassword(Secret chosen) {
    this.chosen = chosen == null || Passwords.isDefault(chosen) ? null : chosen;
  }

  /** The encoded hash, or null for the default password. */
  @Override
  public synchronized String get() {
    if (chosen != null) {
      hash = new Passwords().hash(chosen);
      chosen = null;
    }
    return hash;
  }
}
