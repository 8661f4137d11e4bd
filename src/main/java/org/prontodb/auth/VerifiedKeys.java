package org.prontodb.auth;

import java.util.LinkedHashMap;
import java.util.function.LongSupplier;
import org.prontodb.model.Secret;
import org.prontodb.model.Sha256;

/**
 * Remembers by their hashes API keys and sessions that were looked up a while ago, so that a
 * request need not look up twice who sends it. An identity from here has to be confirmed.
 */
public final class VerifiedKeys {
  private static final long KEPT_MILLIS = 60_000;
  private static final int MOST = 1000;

  private final LongSupplier clock;
  private final LinkedHashMap<String, Verified> verified = new LinkedHashMap<>();

  private record Verified(Identity identity, long until) {}

  /**
   * @param clock milliseconds that only grow
   */
  public VerifiedKeys(LongSupplier clock) {
    this.clock = clock;
  }

  /** Who this is, or null if it is not known. */
  public Identity find(Secret key) {
    String hash = Sha256.hex(key.reveal());
    synchronized (this) {
      Verified found = verified.get(hash);
      if (found != null && found.until() < clock.getAsLong()) {
        verified.remove(hash);
        return null;
      }
      return found == null ? null : found.identity();
    }
  }

  /** Remembers whose this key is. */
  public void add(Secret key, Identity identity) {
    String hash = Sha256.hex(key.reveal());
    synchronized (this) {
      verified.put(hash, new Verified(identity, clock.getAsLong() + KEPT_MILLIS));
      if (verified.size() > MOST) {
        verified.pollFirstEntry();
      }
    }
  }

  /** Forgets a key that may not hold any more. */
  public void remove(Secret key) {
    String hash = Sha256.hex(key.reveal());
    synchronized (this) {
      verified.remove(hash);
    }
  }
}
