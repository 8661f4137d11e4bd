package org.prontodb.app;

import org.prontodb.store.AppliedLoads.Receipt;
import org.prontodb.store.Identities.IdentityChange;

/** Something that the log of a database tells of. */
public sealed interface LogEntry {
  /** A load that was applied, and who ran it. */
  record Load(Receipt receipt) implements LogEntry {
    @Override
    public long at() {
      return receipt.at();
    }
  }

  /** A user, key or grant that was changed, and by whom. */
  record Identity(IdentityChange change) implements LogEntry {
    @Override
    public long at() {
      return change.at();
    }
  }

  /** Milliseconds since the epoch. */
  long at();
}
