package org.prontodb.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.prontodb.model.Secret;
import org.prontodb.model.Sha256;

/**
 * The text of an API key or a session key: {@code pronto_ak_}, a public id of eight characters,
 * {@code _}, and 256 random bits in base64url. By the id the key is found, listed and revoked; the
 * fixed beginning lets a scanner for leaked secrets find it. One hash verifies it, since nobody can
 * guess 256 bits, fast or slow.
 *
 * @param id the public part
 * @param sha256 of the whole text, in hexadecimal
 */
record Token(String id, String sha256) {
  private static final String ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int ID_LENGTH = 8;
  private static final int SECRET_BYTES = 32;

  /** What kind of key a text is. */
  enum Type {
    API_KEY("pronto_ak_"),
    SESSION("pronto_se_");

    private final String prefix;

    Type(String prefix) {
      this.prefix = prefix;
    }
  }

  /** A new key: the text to show once, and what may be stored of it. */
  record Minted(Secret text, Token token) {}

  static Minted mint(Type type, SecureRandom random) {
    StringBuilder text = new StringBuilder(type.prefix);
    for (int i = 0; i < ID_LENGTH; i++) {
      text.append(ID_ALPHABET.charAt(random.nextInt(ID_ALPHABET.length())));
    }
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    text.append('_').append(Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    Secret minted = Secret.of(text.toString());
    return new Minted(minted, read(type, minted).orElseThrow());
  }

  /** The key that this text is, or empty if it is no key of this type. */
  static Optional<Token> read(Type type, Secret text) {
    byte[] utf8 = text.reveal();
    String shown = new String(utf8, StandardCharsets.UTF_8);
    int idAt = type.prefix.length();
    if (!shown.startsWith(type.prefix)
        || shown.length() <= idAt + ID_LENGTH
        || shown.charAt(idAt + ID_LENGTH) != '_') {
      return Optional.empty();
    }
    return Optional.of(new Token(shown.substring(idAt, idAt + ID_LENGTH), Sha256.hex(utf8)));
  }

  /** The id in a key's text, or the text itself where it is none: no message then shows a key. */
  static String idOf(Type type, String text) {
    return read(type, Secret.of(text)).map(Token::id).orElse(text);
  }

  /** Compares with a stored hash in constant time. */
  boolean matches(String storedSha256) {
    return MessageDigest.isEqual(
        sha256.getBytes(StandardCharsets.US_ASCII),
        storedSha256.getBytes(StandardCharsets.US_ASCII));
  }
}
