package org.prontodb.store.memory;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.prontodb.model.Namespace;
import org.prontodb.store.Loads;
import org.prontodb.store.memory.MemoryState.Receipt;

/** The loads of a {@link MemoryState}. */
record MemoryLoads(MemoryState state) implements Loads {
  @Override
  public Optional<Batch> batch(Namespace namespace, String id) {
    return Optional.ofNullable(batches(id).get(namespace));
  }

  @Override
  public Optional<Batch> batch(String id) {
    return batches(id).values().stream().findFirst();
  }

  private TreeMap<Namespace, Batch> batches(String id) {
    return state.batches().getOrDefault(id, new TreeMap<>());
  }

  @Override
  public void saveBatch(Namespace namespace, Batch batch) {
    state.batches().computeIfAbsent(batch.id(), id -> new TreeMap<>()).put(namespace, batch);
  }

  @Override
  public long saveReceipt(long number, long at, String receipt) {
    TreeMap<Long, Receipt> receipts = state.receipts();
    long chosen = number != 0 ? number : receipts.isEmpty() ? 1 : receipts.lastKey() + 1;
    receipts.put(chosen, new Receipt(at, receipt));
    return chosen;
  }

  @Override
  public List<String> receipts(int limit) {
    return state.receipts().descendingMap().values().stream()
        .limit(limit)
        .map(Receipt::text)
        .toList();
  }

  @Override
  public long pruneBefore(long instant) {
    state.batches().values().forEach(b -> b.values().removeIf(x -> x.appliedAt() < instant));
    int before = state.receipts().size();
    state.receipts().values().removeIf(receipt -> receipt.at() < instant);
    return before - state.receipts().size();
  }

  @Override
  public void keepNewest(int count) {
    while (state.receipts().size() > count) {
      state.receipts().pollFirstEntry();
    }
  }
}
