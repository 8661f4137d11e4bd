package org.prontodb.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Secret;

class PasswordsTest {
  private final Passwords passwords = new Passwords();

  @Test
  void aHashIsPbkdf2AsOtherProgramsComputeIt() {
    // openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt pass:pässword -kdfopt salt:saltsalt
    //   -kdfopt iter:1000 PBKDF2
    String stored = "$pbkdf2-sha256$i=1000$c2FsdHNhbHQ$6h4IQHL9HWR81h+An2xpgQd08jjehAg7eLRyOAYi/os";
    assertTrue(passwords.matches(stored, Secret.of("pässword")));
    assertFalse(passwords.matches(stored, Secret.of("pässword\0")));
    assertFalse(passwords.matches(stored, Secret.of("password")));
  }

  @Test
  void whatIsStoredNamesItsParametersAndNoPassword() {
    String stored = passwords.hash(Secret.of("open sesame"));
    assertTrue(
        stored.matches("\\$pbkdf2-sha256\\$i=600000\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}"),
        stored);
    assertTrue(passwords.matches(stored, Secret.of("open sesame")));
    assertFalse(passwords.isOutdated(stored));
  }

  @Test
  void theSamePasswordIsStoredDifferentlyEachTime() {
    Passwords quick = new Passwords(SecureRandom::new, (password, salt, rounds) -> salt);
    assertNotEquals(quick.hash(Secret.of("x")), quick.hash(Secret.of("x")));
  }

  @Test
  void bytesThatAreNoTextMatchNothing() {
    // The derivation can not tell an invalid byte from U+FFFD.
    Passwords careless = new Passwords(SecureRandom::new, (password, salt, rounds) -> salt);
    String stored = careless.hash(Secret.of("\uFFFD"));
    String same = stored.replaceFirst("([^$]*)$", stored.split("\\$")[3]);
    assertTrue(careless.matches(same, Secret.of("\uFFFD")));
    assertFalse(careless.matches(same, new Secret(new byte[] {(byte) 0xff})));
  }

  @Test
  void aPasswordIsNotEmptyAndIsText() {
    assertEquals("the password is empty", refusal(new byte[0]));
    assertEquals("the password is not UTF-8 text", refusal(new byte[] {'a', (byte) 0xff}));
    assertEquals("the password has more than 1024 bytes", refusal(new byte[1025]));
  }

  private String refusal(byte[] password) {
    return assertThrows(ProntoException.class, () -> passwords.hash(new Secret(password)))
        .problem()
        .message();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "$argon2id$v=19$m=1$abcd$abcd",
        "$pbkdf2-sha256$i=0$c2FsdA$c2FsdA",
        "$pbkdf2-sha256$i=2000000000$c2FsdA$c2FsdA",
        "$pbkdf2-sha256$i=1000$c2FsdA",
        "$pbkdf2-sha256$i=1000$c2FsdA$",
        "$pbkdf2-sha256$i=1000$%%$c2FsdA"
      })
  void aDamagedHashIsAnErrorAndNoMatch(String stored) {
    ProntoException thrown =
        assertThrows(ProntoException.class, () -> passwords.matches(stored, Secret.of("anything")));
    assertEquals(
        "a stored password is in no form that this release knows", thrown.problem().message());
  }
}
