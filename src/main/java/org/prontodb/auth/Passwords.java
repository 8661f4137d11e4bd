package org.prontodb.auth;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Secret;
import org.prontodb.model.Utf8;

/**
 * Hashes passwords and compares them with what is stored: PBKDF2-HMAC-SHA-256 with 600,000 rounds
 * and a salt for each user.
 *
 * <p>A refusal always costs at least that many rounds, whatever is stored, so that its time does
 * not tell whether the user exists, still has the default password, or has an old hash.
 */
public final class Passwords {
  /** What OWASP asks of this function since 2023. */
  static final int ROUNDS = 600_000;

  /** An upper limit: a file that asks for more rounds is damaged or hostile. */
  private static final int MAX_ROUNDS = 100_000_000;

  private static final int MAX_BYTES = 1024;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;
  private static final byte[] DEFAULT = "pronto!".getBytes(StandardCharsets.UTF_8);

  /** Asked for when it is needed: a start without a password pays nothing for it. */
  private final Supplier<SecureRandom> random;

  private final Derivation derivation;

  public Passwords() {
    this(SecureRandom::new, Passwords::pbkdf2);
  }

  Passwords(Supplier<SecureRandom> random, Derivation derivation) {
    this.random = random;
    this.derivation = derivation;
  }

  /** The slow function. */
  interface Derivation {
    byte[] derive(Secret password, byte[] salt, int rounds);
  }

  /** Whether this is the password that {@code admin} has until another is set. */
  public static boolean isDefault(Secret password) {
    return MessageDigest.isEqual(DEFAULT, password.reveal());
  }

  /** The warning that goes with every use of the default password. */
  public static String defaultInUse(String user) {
    return "the default password of %1$s is in use; change it with: prontodb admin 'user=%1$s;pass=-;'"
        .formatted(user);
  }

  /** What to store for a password, which is checked to be one that can be typed. */
  public String hash(Secret password) {
    byte[] utf8 = password.reveal();
    if (utf8.length == 0) {
      throw refused("the password is empty", "give one");
    }
    if (utf8.length > MAX_BYTES) {
      throw refused("the password has more than " + MAX_BYTES + " bytes", "give a shorter one");
    }
    if (!Utf8.isValid(utf8)) {
      throw refused("the password is not UTF-8 text", "give one in UTF-8");
    }
    if (holdsNul(utf8)) {
      throw refused("the password holds a NUL", "give one that can be typed");
    }
    return derived(password, ROUNDS).encoded();
  }

  /**
   * Whether {@code password} is the one that was stored.
   *
   * @param stored what {@link #hash} answered
   */
  boolean matches(String stored, Secret password) {
    PasswordHash hash = PasswordHash.decode(stored, MAX_ROUNDS);
    byte[] derived = derivation.derive(password, hash.salt(), hash.rounds());
    boolean matches =
        MessageDigest.isEqual(hash.hash(), derived)
            && Utf8.isValid(password.reveal())
            && !holdsNul(password.reveal());
    if (!matches && hash.rounds() < ROUNDS) {
      derived(password, ROUNDS - hash.rounds());
    }
    return matches;
  }

  /**
   * Whether there is a NUL in it. HMAC fills a short key up with them (RFC 2104, section 2), so
   * that a password with some behind it has the hash of the one without.
   */
  private static boolean holdsNul(byte[] password) {
    for (byte b : password) {
      if (b == 0) {
        return true;
      }
    }
    return false;
  }

  /** Takes the time of a comparison, where there is nothing to compare with. */
  void pretend(Secret password) {
    derived(password, ROUNDS);
  }

  /** Whether {@code stored} has weaker parameters than a hash made today. */
  boolean isOutdated(String stored) {
    return PasswordHash.decode(stored, MAX_ROUNDS).rounds() < ROUNDS;
  }

  private PasswordHash derived(Secret password, int rounds) {
    byte[] salt = new byte[SALT_BYTES];
    random.get().nextBytes(salt);
    return new PasswordHash(rounds, salt, derivation.derive(password, salt, rounds));
  }

  private static byte[] pbkdf2(Secret password, byte[] salt, int rounds) {
    CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(password.reveal()));
    char[] characters = Arrays.copyOfRange(decoded.array(), 0, decoded.limit());
    PBEKeySpec specification = new PBEKeySpec(characters, salt, rounds, HASH_BITS);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(specification)
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new ProntoException(
          Problem.of(Kind.FAILED, "this Java runtime has no PBKDF2 with HMAC-SHA-256"), e);
    } finally {
      specification.clearPassword();
      Arrays.fill(characters, ' ');
      Arrays.fill(decoded.array(), ' ');
    }
  }

  private static ProntoException refused(String message, String hint) {
    return Problem.of(Kind.CONTENT, message, hint).asException();
  }
}
