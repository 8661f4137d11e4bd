package org.prontodb.auth;

import org.prontodb.store.Identities;
import org.prontodb.store.Identities.IdentityChange;

/**
 * Who changes identities, and when: what the audit log says of a change.
 *
 * @param by an account of the operating system, written {@code os:sam}
 * @param at milliseconds since the epoch
 */
public record Act(String by, long at) {

  void record(Identities identities, String action, String user, String detail) {
    identities.record(new IdentityChange(at, by, action, user, detail));
  }
}
