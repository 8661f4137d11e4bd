package org.prontodb.store.sqlite;

import org.prontodb.model.Lifetime;
import org.prontodb.store.EntryCursor;
import org.prontodb.store.NamespaceInfo;

/** Walks over the rows of a table of records. */
final class SqliteCursor implements EntryCursor {
  private final Rows rows;
  private final NamespaceInfo namespace;
  private final StoredValues values;

  SqliteCursor(Rows rows, NamespaceInfo namespace, StoredValues values) {
    this.rows = rows;
    this.namespace = namespace;
    this.values = values;
  }

  @Override
  public boolean next() {
    return rows.next();
  }

  @Override
  public byte[] key() {
    return rows.bytes(1);
  }

  @Override
  public byte[] value() {
    return values.value(rows);
  }

  @Override
  public Lifetime lifetime() {
    return SqliteTransaction.lifetime(namespace, rows);
  }

  @Override
  public void close() {
    rows.close();
  }
}
