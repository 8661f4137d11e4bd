package org.prontodb.store.sqlite;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.prontodb.store.Store;
import org.prontodb.store.StoreContractTest;

class SqliteStoreContractTest extends StoreContractTest {
  @TempDir Path folder;

  @Override
  protected Store open() {
    return SqliteStore.open(folder.resolve("pronto.db"), new SqliteOptions(20, false));
  }
}
