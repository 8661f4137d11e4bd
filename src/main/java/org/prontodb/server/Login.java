package org.prontodb.server;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.prontodb.app.Accounts;
import org.prontodb.auth.Identity;
import org.prontodb.auth.VerifiedKeys;
import org.prontodb.auth.VerifiedPasswords;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Secret;
import org.prontodb.model.Utf8;

/** Finds out from the header Authorization who somebody is. */
final class Login {
  private static final String CHALLENGE =
      "Bearer realm=\"prontodb\", Basic realm=\"prontodb\", charset=\"UTF-8\"";

  /** Password verifications at a time: each keeps a processor busy for a third of a second. */
  private static final int AT_ONCE = 2;

  private static final long PATIENCE_SECONDS = 10;
  private static final int MAX_USER = 128;

  private final Accounts accounts;
  private final Metrics metrics;
  private final Attempts attempts;
  private final VerifiedPasswords verified;
  private final VerifiedKeys keys;
  private final Semaphore verifying = new Semaphore(AT_ONCE, true);

  Login(Accounts accounts, Metrics metrics) {
    this.accounts = accounts;
    this.metrics = metrics;
    LongSupplier clock = () -> System.nanoTime() / 1_000_000;
    this.attempts = new Attempts(clock);
    this.verified = new VerifiedPasswords(clock);
    this.keys = new VerifiedKeys(clock);
  }

  /**
   * Who sends a request.
   *
   * @param confirmed whether what the request asks for is done in a transaction that confirms the
   *     identity; a key that is known then need not be looked up here
   */
  Identity identify(Exchange exchange, boolean confirmed) {
    String header = exchange.header("Authorization");
    if (header == null) {
      throw unauthorized("nobody has said who asks", "send the header Authorization");
    }
    int blank = header.indexOf(' ');
    String scheme = blank < 0 ? header : header.substring(0, blank);
    String credentials = blank < 0 ? "" : header.substring(blank + 1).strip();
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "bearer" -> byKey(Secret.of(credentials), confirmed);
      case "basic" -> byPassword(credentials, exchange.remote());
      default ->
          throw unauthorized(
              "Authorization is neither Bearer nor Basic",
              "Bearer takes a session or an API key, Basic a user and a password");
    };
  }

  private Identity byKey(Secret key, boolean confirmed) {
    Identity known = confirmed ? keys.find(key) : null;
    if (known != null) {
      return known;
    }
    try {
      Identity identity = accounts.ofKey(key);
      keys.add(key, identity);
      return identity;
    } catch (ProntoException e) {
      keys.remove(key);
      throw failed(e);
    }
  }

  private Identity byPassword(String credentials, String address) {
    byte[] pair;
    try {
      pair = Base64.getDecoder().decode(credentials);
    } catch (IllegalArgumentException e) {
      throw unauthorized("the credentials of Basic are not base64", null);
    }
    int colon = 0;
    while (colon < pair.length && pair[colon] != ':') {
      colon++;
    }
    if (colon == pair.length || colon > MAX_USER || !Utf8.isValid(Arrays.copyOf(pair, colon))) {
      throw unauthorized("the credentials of Basic are not a user, a colon and a password", null);
    }
    String user = new String(pair, 0, colon, StandardCharsets.UTF_8);
    Secret password = new Secret(Arrays.copyOfRange(pair, colon + 1, pair.length));
    Identity known = known(user, password);
    return known != null ? known : verify(user, password, address);
  }

  /** Who it is if that was verified a while ago and holds still, else null. */
  private Identity known(String user, Secret password) {
    Identity known = verified.find(user, password);
    if (known == null) {
      return null;
    }
    try {
      accounts.confirm(known);
      return known;
    } catch (ProntoException e) {
      if (e.problem().kind() != Kind.DENIED) {
        throw e;
      }
      verified.remove(user, password);
      return null;
    }
  }

  private Identity verify(String user, Secret password, String address) {
    makeWait(user, address);
    takeTurn();
    try {
      // The one before us may have shown that this password is right, or that we must wait.
      Identity known = known(user, password);
      if (known != null) {
        return known;
      }
      makeWait(user, address);
      Identity identity = accounts.ofPassword(user, password);
      attempts.succeeded(user, address);
      if (identity.defaultPassword()) {
        throw unauthorized(
            "the default password opens nothing here",
            "set another: prontodb admin 'user=admin;pass=-;'");
      }
      verified.add(user, password, identity);
      return identity;
    } catch (ProntoException e) {
      if (e.problem().kind() == Kind.DENIED) {
        attempts.failed(user, address);
      }
      throw failed(e);
    } finally {
      verifying.release();
    }
  }

  private void makeWait(String user, String address) {
    long delay = attempts.delay(user, address);
    if (delay > 0) {
      throw HttpRefusal.later(
          429, Kind.DENIED, "too many wrong passwords", Math.ceilDiv(delay, 1000));
    }
  }

  private void takeTurn() {
    try {
      if (!verifying.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw HttpRefusal.later(503, Kind.BUSY, "too many passwords are being verified", 2);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw HttpRefusal.later(503, Kind.BUSY, "the server is stopping", 5);
    }
  }

  /** Anything but a denial is not the asker's fault. */
  private RuntimeException failed(ProntoException e) {
    if (e.problem().kind() != Kind.DENIED) {
      return e;
    }
    metrics.failedLogin();
    return unauthorized(e.problem().message(), e.problem().hint());
  }

  private static HttpRefusal unauthorized(String message, String hint) {
    return new HttpRefusal(
        401, Problem.of(Kind.DENIED, message, hint), Map.of("WWW-Authenticate", CHALLENGE));
  }
}
