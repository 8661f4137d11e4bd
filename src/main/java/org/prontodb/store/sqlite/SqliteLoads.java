package org.prontodb.store.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.prontodb.model.Namespace;
import org.prontodb.store.Loads;

/** Loads in the tables {@code batches} and {@code receipts}. */
final class SqliteLoads implements Loads {
  private static final String BATCH = "SELECT sha256, applied_at FROM batches WHERE id = ?";

  private final Database database;

  SqliteLoads(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Batch> batch(Namespace namespace, String id) {
    return batch(
        id,
        database.query(
            BATCH + " AND project = ? AND namespace = ?",
            id,
            namespace.project(),
            namespace.name()));
  }

  @Override
  public Optional<Batch> batch(String id) {
    return batch(id, database.query(BATCH + " LIMIT 1", id));
  }

  private static Optional<Batch> batch(String id, Rows found) {
    try (Rows rows = found) {
      return rows.next()
          ? Optional.of(new Batch(id, rows.text(1), rows.number(2)))
          : Optional.empty();
    }
  }

  @Override
  public void saveBatch(Namespace namespace, Batch batch) {
    database.update(
        "INSERT OR REPLACE INTO batches(id, project, namespace, sha256, applied_at)"
            + " VALUES (?, ?, ?, ?, ?)",
        batch.id(),
        namespace.project(),
        namespace.name(),
        batch.sha256(),
        batch.appliedAt());
  }

  @Override
  public long saveReceipt(long number, long at, String receipt) {
    return database.number(
        "INSERT OR REPLACE INTO receipts(number, at, receipt) VALUES (?, ?, ?) RETURNING number",
        number == 0 ? null : number,
        at,
        receipt);
  }

  @Override
  public List<String> receipts(int limit) {
    List<String> receipts = new ArrayList<>();
    try (Rows rows =
        database.query("SELECT receipt FROM receipts ORDER BY number DESC LIMIT ?", limit)) {
      while (rows.next()) {
        receipts.add(rows.text(1));
      }
    }
    return receipts;
  }

  @Override
  public long pruneBefore(long instant) {
    database.update("DELETE FROM batches WHERE applied_at < ?", instant);
    return database.update("DELETE FROM receipts WHERE at < ?", instant);
  }

  @Override
  public void keepNewest(int count) {
    database.update(
        "DELETE FROM receipts WHERE number <="
            + " (SELECT number FROM receipts ORDER BY number DESC LIMIT 1 OFFSET ?)",
        count);
  }
}
