package org.prontodb.batch;

import java.util.function.Function;
import org.prontodb.store.Store;
import org.prontodb.store.Transaction;

/**
 * How a load looks at the store while it is being read: through one consistent view for a plan,
 * else through a new one each time, so that nothing is held while waiting for input.
 */
final class Views implements AutoCloseable {
  private final Store store;
  private final Transaction fixed;

  Views(Store store, boolean consistent) {
    this.store = store;
    this.fixed = consistent ? store.read() : null;
  }

  <T> T look(Function<Transaction, T> question) {
    if (fixed != null) {
      return question.apply(fixed);
    }
    try (Transaction view = store.read()) {
      return question.apply(view);
    }
  }

  @Override
  public void close() {
    if (fixed != null) {
      fixed.close();
    }
  }
}
