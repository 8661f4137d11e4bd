package org.prontodb.fuzz;

import org.prontodb.auth.Authentication;
import org.prontodb.auth.Identity;
import org.prontodb.auth.Proof;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Secret;
import org.prontodb.store.Transaction;

/** Knows admin by any password and nobody else, and hashes nothing, which would take its time. */
final class TestAuthentication implements Authentication {
  private static final Identity ADMIN = new Identity("admin", new Proof.DefaultPassword());

  @Override
  public Identity byPassword(Transaction transaction, String user, Secret password, long now) {
    if (user.equals("admin")) {
      return ADMIN;
    }
    throw Problem.of(Kind.DENIED, "wrong user or password").asException();
  }

  @Override
  public Identity byApiKey(Transaction transaction, Secret key, long now) {
    throw Problem.of(Kind.DENIED, "wrong key").asException();
  }

  @Override
  public Identity bySession(Transaction transaction, Secret session, long now) {
    throw Problem.of(Kind.DENIED, "wrong session").asException();
  }

  @Override
  public void confirm(Transaction transaction, Identity identity, long now) {}

  @Override
  public void renew(Transaction transaction, Identity identity) {}

  @Override
  public boolean mayWrite(Transaction transaction, Identity identity, Namespace namespace) {
    return true;
  }

  @Override
  public boolean mayRead(Transaction transaction, Identity identity, Namespace namespace) {
    return true;
  }
}
