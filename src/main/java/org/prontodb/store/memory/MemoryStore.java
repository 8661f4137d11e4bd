package org.prontodb.store.memory;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.store.Store;
import org.prontodb.store.StoreFailure;
import org.prontodb.store.Transaction;

/**
 * A store that forgets, for tests. Writers wait for each other whatever they write into. Each
 * transaction works on a copy of everything, which takes the place of the original at the commit.
 */
public final class MemoryStore implements Store {
  private final Semaphore writeLock = new Semaphore(1);
  private final int busyTimeoutMillis;
  private MemoryState committed;

  public MemoryStore() {
    this(0);
  }

  public MemoryStore(int busyTimeoutMillis) {
    this(busyTimeoutMillis, null);
  }

  /**
   * @param adminPassword how the password of {@code admin} is stored, null for the default one
   */
  public MemoryStore(int busyTimeoutMillis, String adminPassword) {
    this.busyTimeoutMillis = busyTimeoutMillis;
    this.committed = MemoryState.seeded(adminPassword);
  }

  /** A store in memory is there from the beginning. */
  @Override
  public boolean exists() {
    return true;
  }

  @Override
  public Transaction read() {
    return new MemoryTransaction(committed(), state -> {}, () -> {});
  }

  @Override
  public Transaction write(List<Namespace> namespaces) {
    if (!lock()) {
      throw new StoreFailure(Problem.of(Kind.BUSY, "the store is busy", "try again"), null);
    }
    return locked();
  }

  @Override
  public Optional<Transaction> writeIfFree(List<Namespace> namespaces) {
    return writeLock.tryAcquire() ? Optional.of(locked()) : Optional.empty();
  }

  private Transaction locked() {
    return new MemoryTransaction(committed().copy(), this::replace, writeLock::release);
  }

  private boolean lock() {
    try {
      return writeLock.tryAcquire(busyTimeoutMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized MemoryState committed() {
    return committed;
  }

  private synchronized void replace(MemoryState state) {
    committed = state;
  }

  @Override
  public List<String> check() {
    return List.of();
  }

  @Override
  public void close() {}
}
