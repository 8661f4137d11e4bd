package org.prontodb.auth;

import org.prontodb.model.Namespace;
import org.prontodb.model.Secret;
import org.prontodb.store.Transaction;

/**
 * Authenticates callers and decides what they may do. Every refusal is a {@link
 * org.prontodb.model.ProntoException} with kind DENIED that tells nothing about which part was
 * wrong.
 */
public interface Authentication {

  /** Takes as long for a user who does not exist as for a wrong password. */
  Identity byPassword(Transaction transaction, String user, Secret password, long now);

  Identity byApiKey(Transaction transaction, Secret key, long now);

  Identity bySession(Transaction transaction, Secret session, long now);

  /**
   * Refuses if what proved the identity has been changed, revoked or has expired since. Cheap: no
   * password is hashed and nothing is written.
   */
  void confirm(Transaction transaction, Identity identity, long now);

  /**
   * Stores a password that was verified against weaker parameters than today's with today's, and
   * does nothing for any other proof. To be called in a transaction that writes, for an identity
   * that was confirmed in it.
   */
  void renew(Transaction transaction, Identity identity);

  /** Whether the identity may write into the namespace. */
  boolean mayWrite(Transaction transaction, Identity identity, Namespace namespace);

  /** Whether the identity may read the namespace. */
  boolean mayRead(Transaction transaction, Identity identity, Namespace namespace);
}
