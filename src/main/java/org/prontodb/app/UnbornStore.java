package org.prontodb.app;

import java.util.List;
import java.util.Optional;
import org.prontodb.store.Store;
import org.prontodb.store.Transaction;

/**
 * A database as a load sees it before it has to be there: while there is none, reading it shows
 * what it would be when it is created, empty and freshly seeded; only writing creates it.
 */
final class UnbornStore implements Store {
  private final ProntoDb database;

  UnbornStore(ProntoDb database) {
    this.database = database;
  }

  @Override
  public Transaction read() {
    return database.readOrSeeded();
  }

  @Override
  public boolean exists() {
    return database.exists();
  }

  @Override
  public Transaction writeBulk() {
    return database.store().writeBulk();
  }

  @Override
  public Transaction write() {
    return database.store().write();
  }

  @Override
  public Optional<Transaction> writeIfFree() {
    return database.store().writeIfFree();
  }

  @Override
  public void vacuum() {
    database.vacuum();
  }

  @Override
  public List<String> check() {
    return database.check();
  }

  /** The facade closes the store. */
  @Override
  public void close() {}
}
