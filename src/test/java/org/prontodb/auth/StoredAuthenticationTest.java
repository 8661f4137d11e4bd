package org.prontodb.auth;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Secret;
import org.prontodb.store.Identities;
import org.prontodb.store.Identities.User;
import org.prontodb.store.Store;
import org.prontodb.store.Transaction;
import org.prontodb.store.sqlite.SqliteOptions;
import org.prontodb.store.sqlite.SqliteStore;

/** Who is let in, with a real file, and a slow function that is counted in place of being slow. */
class StoredAuthenticationTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final Act ACT = new Act("os:tester", NOW);
  private static final Namespace RECIPES = new Namespace("kb", "recipes");

  @TempDir private Path folder;
  private final SecureRandom random = new SecureRandom();
  private long roundsSpent;
  private final Passwords passwords = new Passwords(() -> random, this::derive);
  private final Authentication authentication = new StoredAuthentication(passwords);
  private Store store;

  private byte[] derive(Secret password, byte[] salt, int rounds) {
    roundsSpent += rounds;
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      digest.update((byte) rounds);
      return digest.digest(password.reveal());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void openStore() {
    store = SqliteStore.open(folder.resolve("pronto.db"), SqliteOptions.DEFAULT);
    change(identities -> null);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private <T> T change(Function<Identities, T> work) {
    try (Transaction transaction = store.write(List.of())) {
      T answer = work.apply(transaction.identities());
      transaction.commit();
      return answer;
    }
  }

  private <T> T read(Function<Transaction, T> work) {
    try (Transaction transaction = store.read()) {
      return work.apply(transaction);
    }
  }

  private void confirm(Identity identity, long now) {
    try (Transaction transaction = store.write(List.of())) {
      authentication.confirm(transaction, identity, now);
      authentication.renew(transaction, identity);
      transaction.commit();
    }
  }

  private void setPassword(String user, String password) {
    String hash = passwords.hash(Secret.of(password));
    change(identities -> Users.save(identities, ACT, user, hash));
  }

  /** A hash as an older release would have stored it. */
  private void setOldPassword(String user, String password, int rounds) {
    byte[] salt = {1, 2, 3};
    PasswordHash hash = new PasswordHash(rounds, salt, derive(Secret.of(password), salt, rounds));
    change(identities -> Users.save(identities, ACT, user, hash.encoded()));
  }

  private Identity logIn(String user, String password) {
    return read(t -> authentication.byPassword(t, user, Secret.of(password), NOW));
  }

  private String denied(Runnable work) {
    ProntoException thrown = assertThrows(ProntoException.class, work::run);
    assertEquals(Kind.DENIED, thrown.problem().kind());
    return thrown.problem().message();
  }

  @Test
  void theDefaultPasswordIsAcceptedAndToldAndCostsNoHashing() {
    Identity admin = logIn("admin", "pronto!");
    assertEquals("admin", admin.user());
    assertTrue(admin.defaultPassword());
    assertEquals(0, roundsSpent);
  }

  @Test
  void aPasswordThatWasSetReplacesTheDefault() {
    setPassword("admin", "open sesame");
    assertEquals("wrong user or password", denied(() -> logIn("admin", "pronto!")));
    assertFalse(logIn("admin", "open sesame").defaultPassword());
  }

  @Test
  void everyRefusalTellsTheSameAndCostsTheSame() {
    setPassword("sam", "open sesame");
    setOldPassword("old", "open sesame", 1_000);
    for (String user : new String[] {"nobody", "admin", "sam", "old", ""}) {
      roundsSpent = 0;
      assertEquals("wrong user or password", denied(() -> logIn(user, "wrong")));
      assertEquals(Passwords.ROUNDS, roundsSpent, "rounds for " + user);
    }
  }

  @Test
  void anOldHashIsRenewedWhenTheLoginIsConfirmedWhereWritingIsPossible() {
    setOldPassword("sam", "open sesame", 1_000);
    Identity sam = logIn("sam", "open sesame");
    String before = read(t -> t.identities().user("sam").orElseThrow().password());
    confirm(sam, NOW);
    String after = read(t -> t.identities().user("sam").orElseThrow().password());
    assertNotEquals(before, after);
    assertTrue(after.startsWith("$pbkdf2-sha256$i=600000$"));
    roundsSpent = 0;
    confirm(sam, NOW);
    assertEquals(0, roundsSpent, "confirming hashes nothing");
    assertEquals("sam", logIn("sam", "open sesame").user());
  }

  @Test
  void aPasswordChangedMeanwhileIsNoticed() {
    Identity admin = logIn("admin", "pronto!");
    setPassword("admin", "one");
    denied(() -> confirm(admin, NOW));
    Identity again = logIn("admin", "one");
    assertDoesNotThrow(() -> confirm(again, NOW));
    setPassword("admin", "two");
    denied(() -> confirm(again, NOW));
  }

  @Test
  void aUserRemovedMeanwhileIsNoticed() {
    setPassword("sam", "one");
    Identity sam = logIn("sam", "one");
    change(
        identities -> {
          Users.remove(identities, ACT, "sam");
          return null;
        });
    assertEquals(
        "what proved the identity of sam was changed, revoked or has expired",
        denied(() -> confirm(sam, NOW)));
  }

  private ApiKeys.Created createKey(String user, long expiresAt) {
    setPassword(user, "x");
    return change(identities -> ApiKeys.create(identities, ACT, user, "ci", expiresAt, random));
  }

  private static String text(Secret secret) {
    return new String(secret.reveal(), java.nio.charset.StandardCharsets.US_ASCII);
  }

  @Test
  void anApiKeyIsVerifiedByOneHash() {
    ApiKeys.Created key = createKey("sam", Identities.NEVER);
    assertTrue(text(key.text()).matches("pronto_ak_[a-z2-7]{8}_[A-Za-z0-9_-]{43}"));
    roundsSpent = 0;
    Identity sam = read(t -> authentication.byApiKey(t, key.text(), NOW));
    assertEquals("sam", sam.user());
    confirm(sam, NOW);
    assertEquals(0, roundsSpent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pronto_ak_",
        "pronto_ak_aaaaaaaa_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "pronto_se_aaaaaaaa_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "anything"
      })
  void whatIsNoApiKeyIsRefused(String text) {
    assertEquals(
        "the API key is not valid: unknown, expired or revoked",
        denied(() -> read(t -> authentication.byApiKey(t, Secret.of(text), NOW))));
    assertEquals(
        "the session is not valid: unknown, expired or revoked",
        denied(() -> read(t -> authentication.bySession(t, Secret.of(text), NOW))));
  }

  @Test
  void anApiKeyWithAnotherSecretIsRefused() {
    String key = text(createKey("sam", Identities.NEVER).text());
    char last = key.charAt(30) == 'A' ? 'B' : 'A';
    Secret changed = Secret.of(key.substring(0, 30) + last + key.substring(31));
    denied(() -> read(t -> authentication.byApiKey(t, changed, NOW)));
  }

  @Test
  void anApiKeyEndsAtItsExpiryOrWhenItIsRevoked() {
    ApiKeys.Created key = createKey("sam", NOW + 1000);
    Identity sam = read(t -> authentication.byApiKey(t, key.text(), NOW + 999));
    denied(() -> read(t -> authentication.byApiKey(t, key.text(), NOW + 1000)));
    denied(() -> confirm(sam, NOW + 1000));
    confirm(sam, NOW);
    change(identities -> ApiKeys.revoke(identities, ACT, key.stored().id()));
    denied(() -> confirm(sam, NOW));
    denied(() -> read(t -> authentication.byApiKey(t, key.text(), NOW)));
  }

  private Sessions.Opened open(Identity identity, long expiresAt) {
    return change(identities -> Sessions.open(identities, identity, NOW, expiresAt, random));
  }

  @Test
  void aSessionStandsForWhoOpenedItUntilItExpires() {
    Sessions.Opened session = open(logIn("admin", "pronto!"), NOW + 1000);
    assertTrue(text(session.text()).matches("pronto_se_[a-z2-7]{8}_[A-Za-z0-9_-]{43}"));
    Identity admin = read(t -> authentication.bySession(t, session.text(), NOW + 999));
    assertEquals("admin", admin.user());
    confirm(admin, NOW + 999);
    denied(() -> confirm(admin, NOW + 1000));
    denied(() -> read(t -> authentication.bySession(t, session.text(), NOW + 1000)));
  }

  @Test
  void aSessionEndsWhenItIsRevoked() {
    Sessions.Opened session = open(logIn("admin", "pronto!"), NOW + 1000);
    Identity admin = read(t -> authentication.bySession(t, session.text(), NOW));
    change(
        identities -> {
          Sessions.revoke(identities, admin);
          return null;
        });
    denied(() -> confirm(admin, NOW));
    denied(() -> read(t -> authentication.bySession(t, session.text(), NOW)));
  }

  @Test
  void aNewPasswordEndsTheSessionsOfTheOldOne() {
    Sessions.Opened session = open(logIn("admin", "pronto!"), NOW + 1000);
    setPassword("admin", "new");
    denied(() -> read(t -> authentication.bySession(t, session.text(), NOW)));
  }

  @Test
  void theSessionOfAnApiKeyEndsWithTheKey() {
    ApiKeys.Created key = createKey("sam", NOW + 500);
    Identity sam = read(t -> authentication.byApiKey(t, key.text(), NOW));
    Sessions.Opened session = open(sam, NOW + 1000);
    assertEquals(NOW + 500, session.stored().expiresAt());
    change(identities -> ApiKeys.revoke(identities, ACT, key.stored().id()));
    denied(() -> read(t -> authentication.bySession(t, session.text(), NOW)));
  }

  @Test
  void aSessionOpensNoOther() {
    Sessions.Opened session = open(logIn("admin", "pronto!"), NOW + 1000);
    Identity admin = read(t -> authentication.bySession(t, session.text(), NOW));
    assertEquals("a session can not open another one", denied(() -> open(admin, NOW + 9000)));
  }

  private boolean mayRead(Identity identity) {
    return read(t -> authentication.mayRead(t, identity, RECIPES));
  }

  private boolean mayWrite(Identity identity) {
    return read(t -> authentication.mayWrite(t, identity, RECIPES));
  }

  @ParameterizedTest
  @CsvSource({
    "*, ro, true, false",
    "*, rw, true, true",
    "kb.*, rw, true, true",
    "kb.*, ro, true, false",
    "kb.recipes, rw, true, true",
    "kb.recipe, rw, false, false",
    "kb.recipes2, rw, false, false",
    "k.*, rw, false, false",
  })
  void aGrantAllowsWhatItSays(String pattern, String access, boolean reads, boolean writes) {
    setPassword("sam", "x");
    Identity sam = logIn("sam", "x");
    change(
        identities -> {
          Pattern parsed = Pattern.parse(pattern, Delimiter.DEFAULT);
          Grants.grant(identities, ACT, "sam", Access.parse(access), parsed);
          return null;
        });
    assertEquals(reads, mayRead(sam));
    assertEquals(writes, mayWrite(sam));
  }

  @Test
  void withoutAGrantOnlyAdminMayDoAnything() {
    setPassword("sam", "x");
    Identity sam = logIn("sam", "x");
    Identity admin = logIn("admin", "pronto!");
    assertFalse(mayRead(sam));
    assertTrue(mayWrite(admin));
  }

  @Test
  void aLaterGrantForTheSamePatternReplacesTheEarlier() {
    setPassword("sam", "x");
    Identity sam = logIn("sam", "x");
    Pattern pattern = Pattern.parse("kb.*", Delimiter.DEFAULT);
    change(
        identities -> {
          Grants.grant(identities, ACT, "sam", Access.WRITE, pattern);
          Grants.grant(identities, ACT, "sam", Access.READ, pattern);
          return null;
        });
    assertFalse(mayWrite(sam));
    assertTrue(mayRead(sam));
    change(
        identities -> {
          Grants.revoke(identities, ACT, "sam", pattern);
          return null;
        });
    assertFalse(mayRead(sam));
  }

  @Test
  void adminStays() {
    ProntoException thrown =
        assertThrows(
            ProntoException.class,
            () ->
                change(
                    identities -> {
                      Users.remove(identities, ACT, "admin");
                      return null;
                    }));
    assertEquals("admin can not be removed", thrown.problem().message());
    assertEquals(new User("admin", null), read(t -> t.identities().user("admin").orElseThrow()));
  }
}
