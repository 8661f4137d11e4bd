package org.prontodb.store.memory;

import java.util.TreeMap;
import org.prontodb.model.Namespace;
import org.prontodb.store.AppliedLoads.Batch;
import org.prontodb.store.AppliedLoads.Receipt;

/** Everything that a memory store holds at one moment. */
record MemoryState(
    TreeMap<Namespace, MemoryTable> tables,
    MemoryIdentities identities,
    TreeMap<String, TreeMap<Namespace, Batch>> batches,
    TreeMap<Long, Receipt> receipts) {

  static MemoryState seeded(String adminPassword) {
    return new MemoryState(
        new TreeMap<>(), new MemoryIdentities(adminPassword), new TreeMap<>(), new TreeMap<>());
  }

  MemoryState copy() {
    MemoryState copy =
        new MemoryState(
            new TreeMap<>(),
            new MemoryIdentities(identities),
            new TreeMap<>(),
            new TreeMap<>(receipts));
    tables.forEach((namespace, table) -> copy.tables.put(namespace, table.copy()));
    batches.forEach((id, batch) -> copy.batches.put(id, new TreeMap<>(batch)));
    return copy;
  }
}
