package org.prontodb.store.sqlite;

/** What a transaction leads to, and where its connection goes then. */
interface TransactionEnd {
  void commit(Database database);

  /** Takes the connection back, with the transaction still open if nothing was committed. */
  void release(Database database, boolean committed);
}
