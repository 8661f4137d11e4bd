package org.prontodb.store.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.prontodb.model.Namespace;
import org.prontodb.store.AppliedLoads;

/** Loads in the tables {@code batches}, {@code receipts} and {@code receipt_parts}. */
final class SqliteAppliedLoads implements AppliedLoads {
  private static final String BATCH = "SELECT sha256, applied_at FROM batches WHERE id = ?";

  private final Database database;

  SqliteAppliedLoads(Database database) {
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
  public long save(Receipt receipt) {
    return database.number(
        "INSERT OR REPLACE INTO receipts"
            + "(number, at, user, ok, batch, sha256, statements, bytes, seconds)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
        receipt.number() == 0 ? null : receipt.number(),
        receipt.at(),
        receipt.user(),
        receipt.ok() ? 1 : 0,
        receipt.batch(),
        receipt.sha256(),
        receipt.statements(),
        receipt.bytes(),
        receipt.seconds());
  }

  @Override
  public void add(long number, Part part) {
    database.update(
        "INSERT INTO receipt_parts(number, project, namespace, puts, deletes)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE"
            + " SET puts = puts + excluded.puts, deletes = deletes + excluded.deletes",
        number,
        part.namespace().project(),
        part.namespace().name(),
        part.puts(),
        part.deletes());
  }

  @Override
  public List<Receipt> receipts(int limit) {
    List<Receipt> receipts = new ArrayList<>();
    try (Rows rows =
        database.query(
            "SELECT number, at, user, ok, batch, sha256, statements, bytes, seconds"
                + " FROM receipts ORDER BY number DESC LIMIT ?",
            limit)) {
      while (rows.next()) {
        receipts.add(
            new Receipt(
                rows.number(1),
                rows.number(2),
                rows.text(3),
                rows.number(4) != 0,
                rows.text(5),
                rows.text(6),
                rows.number(7),
                rows.number(8),
                rows.real(9),
                parts(rows.number(1))));
      }
    }
    return receipts;
  }

  private List<Part> parts(long number) {
    List<Part> parts = new ArrayList<>();
    try (Rows rows =
        database.query(
            "SELECT project, namespace, puts, deletes FROM receipt_parts WHERE number = ?"
                + " ORDER BY project, namespace",
            number)) {
      while (rows.next()) {
        Namespace namespace = new Namespace(rows.text(1), rows.text(2));
        parts.add(new Part(namespace, rows.number(3), rows.number(4)));
      }
    }
    return parts;
  }

  @Override
  public long pruneBefore(long instant) {
    database.update("DELETE FROM batches WHERE applied_at < ?", instant);
    long pruned = database.update("DELETE FROM receipts WHERE at < ?", instant);
    dropOrphans();
    return pruned;
  }

  @Override
  public void keepNewest(int count) {
    long dropped =
        database.update(
            "DELETE FROM receipts WHERE number <="
                + " (SELECT number FROM receipts ORDER BY number DESC LIMIT 1 OFFSET ?)",
            count);
    if (dropped > 0) {
      dropOrphans();
    }
  }

  private void dropOrphans() {
    database.update("DELETE FROM receipt_parts WHERE number NOT IN (SELECT number FROM receipts)");
  }
}
