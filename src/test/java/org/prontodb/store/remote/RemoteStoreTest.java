package org.prontodb.store.remote;

import org.prontodb.store.Store;
import org.prontodb.store.StoreContractTest;

class RemoteStoreTest extends StoreContractTest {
  @Override
  protected Store open() {
    return new RemoteStore();
  }
}
