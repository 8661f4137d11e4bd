package org.prontodb.auth;

import java.util.Base64;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;

/**
 * A hashed password with all that it takes to hash another one the same way. Encoded as the PHC
 * string format has it: {@code $pbkdf2-sha256$i=600000$salt$hash}, in base64 without padding.
 */
record PasswordHash(int rounds, byte[] salt, byte[] hash) {
  private static final String PREFIX = "$pbkdf2-sha256$i=";

  String encoded() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return PREFIX + rounds + '$' + base64.encodeToString(salt) + '$' + base64.encodeToString(hash);
  }

  static PasswordHash decode(String encoded, int maxRounds) {
    try {
      if (encoded.startsWith(PREFIX)) {
        String[] parts = encoded.substring(PREFIX.length()).split("\\$", -1);
        int rounds = Integer.parseInt(parts[0]);
        if (parts.length == 3 && rounds > 0 && rounds <= maxRounds) {
          byte[] salt = Base64.getDecoder().decode(parts[1]);
          byte[] hash = Base64.getDecoder().decode(parts[2]);
          if (salt.length > 0 && hash.length > 0) {
            return new PasswordHash(rounds, salt, hash);
          }
        }
      }
    } catch (IllegalArgumentException notBase64OrNoNumber) {
      // answered below
    }
    throw Problem.of(
            Kind.FAILED,
            "a stored password is in no form that this release knows",
            "set it anew: prontodb admin 'user=…;pass=-;'")
        .asException();
  }
}
