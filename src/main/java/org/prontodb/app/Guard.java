package org.prontodb.app;

import org.prontodb.auth.Access;
import org.prontodb.auth.Authentication;
import org.prontodb.auth.Grants;
import org.prontodb.auth.Identity;
import org.prontodb.auth.Passwords;
import org.prontodb.auth.StoredAuthentication;
import org.prontodb.model.Namespace;
import org.prontodb.store.Transaction;

/**
 * What a caller of the facade may do, asked within the transaction that does it: what proved the
 * caller's identity has to hold there, and the grants are those that stand there.
 */
interface Guard {
  Guard OWNER = new Owner();

  /** Refuses a caller who may not read the namespace. */
  void read(Transaction transaction, Namespace namespace);

  /** Refuses a caller who may not write into the namespace. */
  void write(Transaction transaction, Namespace namespace);

  /** Whether the caller may know of the namespace. */
  boolean sees(Transaction transaction, Namespace namespace);

  /**
   * The owner may do everything: direct commands are bound by the permissions of the file alone.
   */
  final class Owner implements Guard {
    @Override
    public void read(Transaction transaction, Namespace namespace) {}

    @Override
    public void write(Transaction transaction, Namespace namespace) {}

    @Override
    public boolean sees(Transaction transaction, Namespace namespace) {
      return true;
    }
  }

  /** A caller who is bound by grants. */
  record Of(ProntoDb database, Identity identity) implements Guard {
    private static final Authentication AUTHENTICATION = new StoredAuthentication(new Passwords());

    @Override
    public void read(Transaction transaction, Namespace namespace) {
      if (!sees(transaction, namespace)) {
        throw Grants.refusal(identity, Access.READ, namespace, database.delimiter());
      }
    }

    @Override
    public void write(Transaction transaction, Namespace namespace) {
      AUTHENTICATION.confirm(transaction, identity, database.now());
      if (!AUTHENTICATION.mayWrite(transaction, identity, namespace)) {
        throw Grants.refusal(identity, Access.WRITE, namespace, database.delimiter());
      }
    }

    @Override
    public boolean sees(Transaction transaction, Namespace namespace) {
      AUTHENTICATION.confirm(transaction, identity, database.now());
      return AUTHENTICATION.mayRead(transaction, identity, namespace);
    }
  }
}
