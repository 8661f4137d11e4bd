package org.prontodb.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.prontodb.model.Secret;

/**
 * Remembers for a while which passwords were right, so that a client that sends its password with
 * each request does not have it hashed slowly each time. What is kept is a keyed hash, and the key
 * is in this process alone. An identity from here has to be confirmed.
 */
public final class VerifiedPasswords {
  private static final long KEPT_MILLIS = 300_000;
  private static final int MOST = 1000;
  private static final String HASH = "HmacSHA256";

  private final SecretKeySpec key;
  private final LongSupplier clock;
  private final LinkedHashMap<String, Verified> verified = new LinkedHashMap<>();

  private record Verified(Identity identity, long until) {}

  /**
   * @param clock milliseconds that only grow
   */
  public VerifiedPasswords(LongSupplier clock) {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, HASH);
    this.clock = clock;
  }

  /** Who this is, or null if it is not known. */
  public synchronized Identity find(String user, Secret password) {
    String hash = hash(user, password);
    Verified found = verified.get(hash);
    if (found != null && found.until() < clock.getAsLong()) {
      verified.remove(hash);
      return null;
    }
    return found == null ? null : found.identity();
  }

  /** Remembers that this password was right. */
  public synchronized void add(String user, Secret password, Identity identity) {
    verified.put(hash(user, password), new Verified(identity, clock.getAsLong() + KEPT_MILLIS));
    if (verified.size() > MOST) {
      verified.pollFirstEntry();
    }
  }

  /** Forgets a password that is not right any more. */
  public synchronized void remove(String user, Secret password) {
    verified.remove(hash(user, password));
  }

  private String hash(String user, Secret password) {
    try {
      Mac mac = Mac.getInstance(HASH);
      mac.init(key);
      mac.update(user.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return HexFormat.of().formatHex(mac.doFinal(password.reveal()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + HASH, e);
    }
  }
}
