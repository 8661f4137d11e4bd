package org.prontodb.store.memory;

import org.prontodb.store.Store;
import org.prontodb.store.StoreContractTest;

class MemoryStoreTest extends StoreContractTest {
  @Override
  protected Store open() {
    return new MemoryStore();
  }
}
