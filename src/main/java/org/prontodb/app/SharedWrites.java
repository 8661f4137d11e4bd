package org.prontodb.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.store.Transaction;

/**
 * Group commit: small writes of many threads share a transaction. While one transaction runs, the
 * writes that come meanwhile gather for the next; one of the threads that wait leads it. Each write
 * has an outcome of its own, as if it had a transaction to itself, and returns when it is
 * committed.
 */
final class SharedWrites {
  /** How many writes share a transaction at most, so that the first need not wait for long. */
  private static final int MOST = 256;

  /** A small write, in two steps. */
  interface Write<T> {
    /**
     * Checks whether the write may be done, and changes nothing.
     *
     * @param permissions those that others were found to have in this transaction
     * @return what does it and answers; it is called at once, unless this throws
     */
    Supplier<T> prepare(Transaction transaction, Permissions permissions);
  }

  private enum State {
    WAITING,
    LEADS,
    DONE
  }

  private final ProntoDb database;
  private final Queue<Pending<?>> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean led = new AtomicBoolean();

  SharedWrites(ProntoDb database) {
    this.database = database;
  }

  /** A write that a thread waits for. */
  private static final class Pending<T> {
    private final Namespace namespace;
    private final Write<T> write;
    private final Thread thread = Thread.currentThread();
    private T answer;
    private Throwable failure;
    private volatile State state = State.WAITING;

    Pending(Namespace namespace, Write<T> write) {
      this.namespace = namespace;
      this.write = write;
    }

    Namespace namespace() {
      return namespace;
    }

    /** Does the write, or notes why it is refused; throws if it failed half-way. */
    void apply(Transaction transaction, Permissions permissions) {
      answer = null;
      failure = null;
      Supplier<T> prepared;
      try {
        prepared = write.prepare(transaction, permissions);
      } catch (ProntoException e) {
        failure = e;
        return;
      }
      answer = prepared.get();
    }

    void become(State next) {
      state = next;
      LockSupport.unpark(thread);
    }

    State await() {
      boolean interrupted = false;
      while (state == State.WAITING) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return state;
    }

    T outcome() {
      switch (failure) {
        case null -> {
          return answer;
        }
        case ProntoException e -> throw e;
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new IllegalStateException(failure);
      }
    }
  }

  /**
   * Does the write in a transaction, perhaps together with those of other threads.
   *
   * @param namespace into which it writes
   * @throws ProntoException if it was refused or not committed; nothing of it was done then
   */
  <T> T commit(Namespace namespace, Write<T> write) {
    Pending<T> pending = new Pending<>(namespace, write);
    queue.add(pending);
    if (led.compareAndSet(false, true)) {
      lead();
    }
    while (pending.await() == State.LEADS) {
      pending.state = State.WAITING;
      lead();
    }
    return pending.outcome();
  }

  /** Commits those who wait, then has one of those who came meanwhile do the same. */
  private void lead() {
    List<Pending<?>> group = new ArrayList<>();
    while (group.size() < MOST) {
      Pending<?> next = queue.poll();
      if (next == null) {
        break;
      }
      group.add(next);
    }
    try {
      commit(group);
    } finally {
      handOver();
      group.forEach(pending -> pending.become(State.DONE));
    }
  }

  /** Makes the first of those who wait the next leader. */
  private void handOver() {
    led.set(false);
    // A writer that arrives from now on leads by itself, unless one that waits is made leader here.
    while (!queue.isEmpty() && led.compareAndSet(false, true)) {
      Pending<?> next = queue.peek();
      if (next != null) {
        next.become(State.LEADS);
        return;
      }
      led.set(false);
    }
  }

  private void commit(List<Pending<?>> group) {
    List<Namespace> namespaces = group.stream().map(Pending::namespace).distinct().toList();
    Transaction transaction;
    try {
      // A write would create another one, without the users of the one that is gone.
      database.requireExisting();
      transaction = database.store().write(namespaces);
    } catch (ProntoException e) {
      if (namespaces.size() == 1 || e.problem().kind() != Kind.BUSY) {
        group.forEach(pending -> pending.failure = e);
      } else {
        namespaces.forEach(namespace -> commitIfFree(namespace, group, e));
      }
      return;
    } catch (RuntimeException | Error e) {
      group.forEach(pending -> pending.failure = e);
      return;
    }
    commit(transaction, group);
  }

  /** After a wait in vain for all locks: one of them may be free. */
  private void commitIfFree(Namespace namespace, List<Pending<?>> group, ProntoException busy) {
    List<Pending<?>> part = new ArrayList<>(group);
    part.removeIf(pending -> !pending.namespace().equals(namespace));
    try {
      database
          .store()
          .writeIfFree(List.of(namespace))
          .ifPresentOrElse(
              transaction -> commit(transaction, part),
              () -> part.forEach(pending -> pending.failure = busy));
    } catch (RuntimeException | Error e) {
      part.forEach(pending -> pending.failure = e);
    }
  }

  private void commit(Transaction transaction, List<Pending<?>> group) {
    try (transaction) {
      Permissions permissions = new Permissions();
      group.forEach(pending -> pending.apply(transaction, permissions));
      transaction.commit();
      return;
    } catch (RuntimeException | Error e) {
      if (group.size() == 1) {
        group.getFirst().failure = e;
        return;
      }
    }
    // One of them, or all together, has undone all: each by itself meets none but its own failure.
    group.forEach(pending -> commit(List.of(pending)));
  }
}
