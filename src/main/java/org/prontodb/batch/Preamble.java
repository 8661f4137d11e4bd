package org.prontodb.batch;

import java.nio.charset.StandardCharsets;
import org.prontodb.auth.Authentication;
import org.prontodb.auth.Identity;
import org.prontodb.auth.Passwords;
import org.prontodb.batch.BatchCommand.Authenticate;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Secret;
import org.prontodb.store.Transaction;

/**
 * Who a load is from. A preamble stands at the head of a file, the password before the user; a
 * later file may repeat the first one's. Any fault in it is final.
 */
final class Preamble {
  private static final String FORM = "begin with meta:sec:pass=…; meta:sec:user=…;";
  private static final String WAYS =
      FORM + " or meta:sec:apikey=…; or set PRONTO_SESSION or PRONTO_APIKEY";
  private static final String WAYS_OF_A_TABLE =
      "a table has no preamble: set PRONTO_APIKEY or PRONTO_SESSION, or load it with"
          + " \"prontodb import PROJECT.NAMESPACE\", which asks for none";

  private final LoadContext context;
  private final Views views;
  private final Authentication authentication;
  private final LoadOptions options;
  private Identity identity;
  private Secret password;
  private boolean headOfFile;
  private boolean complete;
  private boolean warnedOfDefaultPassword;
  private boolean possible;

  /** Where the sender is known before the load is read, a preamble is refused. */
  Preamble(LoadContext context, Views views) {
    this.context = context;
    this.views = views;
    this.authentication = context.target().authentication();
    this.options = context.options();
    this.identity = context.sender().identity();
  }

  /** The identity, or null where none is needed and none was given. */
  Identity identity() {
    return identity;
  }

  /**
   * @param possible whether the file is of a dialect that can have one
   */
  void beginFile(boolean possible) {
    this.possible = possible;
    headOfFile = true;
    complete = false;
    password = null;
  }

  /** Whether a faulty statement here is a fault of the preamble. */
  boolean isDue() {
    return password != null || (headOfFile && isMissing());
  }

  /** What is wrong where the first statement, which can not be read, should be a preamble. */
  Problem of(Problem faulty) {
    if (password != null) {
      return new Problem(
          Kind.DENIED, faulty.message(), faulty.hint(), faulty.position(), faulty.source());
    }
    return new Problem(
        Kind.DENIED,
        "no preamble, and the first "
            + (possible ? "statement" : "line")
            + " can not be read: "
            + faulty.message(),
        possible ? WAYS : WAYS_OF_A_TABLE,
        faulty.position(),
        faulty.source());
  }

  private boolean isMissing() {
    return options.authenticationRequired()
        && identity == null
        && options.session() == null
        && options.apiKey() == null;
  }

  /** Takes a statement of the preamble. */
  void accept(Authenticate statement) {
    views.look(
        view -> {
          accept(statement, view, context.now());
          return null;
        });
    warnOfDefaultPassword();
  }

  private void accept(Authenticate statement, Transaction transaction, long now) {
    if (context.sender().identity() != null) {
      throw Refusal.refused(
          "meta:sec:" + statement.credential().word() + " where the sender is known already",
          "leave the preamble out");
    }
    if (!headOfFile || complete) {
      throw denied(
          "meta:sec:" + statement.credential().word() + " comes too late",
          "the preamble is the first thing in a file and stands there once");
    }
    switch (statement.credential()) {
      case PASSWORD -> {
        if (password != null) {
          throw denied("a second password", "after meta:sec:pass comes meta:sec:user");
        }
        password = statement.secret();
      }
      case USER -> {
        if (password == null) {
          throw denied(
              "the user comes before the password",
              "write the password first: meta:sec:pass=…; meta:sec:user=…;");
        }
        become(
            authentication.byPassword(
                transaction,
                new String(statement.secret().reveal(), StandardCharsets.UTF_8),
                password,
                now));
        password = null;
      }
      case API_KEY ->
          alone(statement, authentication.byApiKey(transaction, statement.secret(), now));
      case SESSION ->
          alone(statement, authentication.bySession(transaction, statement.secret(), now));
    }
  }

  private void alone(Authenticate statement, Identity proved) {
    if (password != null) {
      throw denied(
          "meta:sec:" + statement.credential().word() + " within a user's preamble",
          "give either password and user, or a key alone");
    }
    become(proved);
  }

  private void become(Identity proved) {
    if (identity != null && !identity.user().equals(proved.user())) {
      throw denied(
          "this file's preamble is another user's than the one before it",
          "several files are one stream of one user");
    }
    identity = proved;
    complete = true;
  }

  private void warnOfDefaultPassword() {
    if (identity != null && identity.defaultPassword() && !warnedOfDefaultPassword) {
      warnedOfDefaultPassword = true;
      context.listener().warning(Passwords.defaultInUse(identity.user()));
    }
  }

  /** To be called before the first statement of a file that does not belong to the preamble. */
  void end() {
    views.look(
        view -> {
          end(view, context.now());
          return null;
        });
    warnOfDefaultPassword();
  }

  private void end(Transaction transaction, long now) {
    if (password != null) {
      throw denied("the preamble has a password and no user", FORM);
    }
    headOfFile = false;
    if (identity != null) {
      return;
    }
    if (options.session() != null) {
      identity = authentication.bySession(transaction, options.session(), now);
    } else if (options.apiKey() != null) {
      identity = authentication.byApiKey(transaction, options.apiKey(), now);
    } else if (options.authenticationRequired()) {
      throw denied(
          "no preamble: nobody has said who sends this", possible ? WAYS : WAYS_OF_A_TABLE);
    }
  }

  /** Whether a password was given and no user yet. */
  boolean isPartial() {
    return password != null;
  }

  /** Whether {@link #end} has something to do. */
  boolean isOpen() {
    return headOfFile || password != null;
  }

  private static ProntoException denied(String message, String hint) {
    return Problem.of(Kind.DENIED, message, hint).asException();
  }
}
