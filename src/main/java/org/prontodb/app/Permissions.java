package org.prontodb.app;

import java.util.HashSet;
import java.util.Set;
import org.prontodb.model.Namespace;
import org.prontodb.store.Transaction;

/**
 * Which writes were found to be allowed in one transaction, so that many writes of one caller are
 * looked up once. For a transaction that changes no identities.
 */
final class Permissions {
  private final Set<Permission> granted = new HashSet<>();

  private record Permission(Guard guard, Namespace namespace) {}

  /** Refuses a caller who may not write into the namespace. */
  void require(Guard guard, Transaction transaction, Namespace namespace) {
    Permission permission = new Permission(guard, namespace);
    if (!granted.contains(permission)) {
      guard.write(transaction, namespace);
      granted.add(permission);
    }
  }
}
