package org.prontodb.store.memory;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.prontodb.model.Namespace;
import org.prontodb.store.AppliedLoads;

/** The loads of a {@link MemoryState}. */
record MemoryAppliedLoads(MemoryState state) implements AppliedLoads {
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
  public long save(Receipt receipt) {
    TreeMap<Long, Receipt> receipts = state.receipts();
    long next = receipts.isEmpty() ? 1 : receipts.lastKey() + 1;
    long number = receipt.number() != 0 ? receipt.number() : next;
    Receipt earlier = receipts.get(number);
    receipts.put(number, with(receipt, number, earlier == null ? List.of() : earlier.parts()));
    return number;
  }

  @Override
  public void add(long number, Part part) {
    Receipt receipt = state.receipts().get(number);
    TreeMap<Namespace, Part> parts = new TreeMap<>();
    receipt.parts().forEach(earlier -> parts.put(earlier.namespace(), earlier));
    parts.merge(
        part.namespace(),
        part,
        (a, b) -> new Part(a.namespace(), a.puts() + b.puts(), a.deletes() + b.deletes()));
    state.receipts().put(number, with(receipt, number, List.copyOf(parts.values())));
  }

  private static Receipt with(Receipt receipt, long number, List<Part> parts) {
    return new Receipt(
        number,
        receipt.at(),
        receipt.user(),
        receipt.ok(),
        receipt.batch(),
        receipt.sha256(),
        receipt.statements(),
        receipt.bytes(),
        receipt.seconds(),
        parts);
  }

  @Override
  public List<Receipt> receipts(int limit) {
    return state.receipts().descendingMap().values().stream().limit(limit).toList();
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
