package org.prontodb.store.remote;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.store.Store;
import org.prontodb.store.StoreFailure;
import org.prontodb.store.Transaction;
import org.prontodb.store.memory.MemoryStore;

/**
 * A store as it would be on another machine, for tests: it counts the messages that its answers
 * would take, refuses to write what was not named when the transaction began, and fails when it is
 * told to. Nothing takes time; who would wait reads {@link #calls}.
 */
public final class RemoteStore implements Store {
  /** How many rows or writes go into a message. */
  static final int ROWS = 1_000;

  /** How a commit ends. */
  public enum Commit {
    DONE,
    /** The server is busy and has done nothing. */
    REFUSED,
    /** The connection broke before the server committed, or behind it; who asked can not tell. */
    LOST,
    DONE_AND_LOST
  }

  private final MemoryStore server = new MemoryStore();
  private final AtomicLong calls = new AtomicLong();
  private final Queue<Commit> commits = new ArrayDeque<>();

  /** How many messages were sent until now. */
  public long calls() {
    return calls.get();
  }

  /** How the next commits end, in this order; later ones are done. */
  public void nextCommits(Commit... next) {
    commits.addAll(List.of(next));
  }

  void call() {
    calls.incrementAndGet();
  }

  void commit(Transaction transaction) {
    call();
    Commit end = commits.isEmpty() ? Commit.DONE : commits.remove();
    switch (end) {
      case DONE -> transaction.commit();
      case REFUSED -> throw failure(Kind.BUSY, "the server is busy");
      case LOST -> throw failure(Kind.FAILED, "the connection was lost");
      case DONE_AND_LOST -> {
        transaction.commit();
        throw failure(Kind.FAILED, "the connection was lost");
      }
    }
  }

  private static StoreFailure failure(Kind kind, String message) {
    return new StoreFailure(Problem.of(kind, message), null);
  }

  @Override
  public boolean exists() {
    call();
    return server.exists();
  }

  @Override
  public Transaction read() {
    call();
    return new RemoteTransaction(this, server.read(), List.of());
  }

  @Override
  public Transaction write(List<Namespace> namespaces) {
    call();
    return new RemoteTransaction(this, server.write(namespaces), namespaces);
  }

  @Override
  public Optional<Transaction> writeIfFree(List<Namespace> namespaces) {
    call();
    return server
        .writeIfFree(namespaces)
        .map(transaction -> new RemoteTransaction(this, transaction, namespaces));
  }

  @Override
  public List<String> check() {
    call();
    return server.check();
  }

  @Override
  public void close() {
    server.close();
  }
}
