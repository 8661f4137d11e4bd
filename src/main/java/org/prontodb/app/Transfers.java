package org.prontodb.app;

import java.util.List;
import org.prontodb.model.Address;
import org.prontodb.model.Entry;
import org.prontodb.model.Key;
import org.prontodb.model.Lifetime;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;
import org.prontodb.records.RecordWriter;
import org.prontodb.store.Transaction;

/** Copies and moves records, each in one transaction, with their bytes and their expiry. */
public final class Transfers {
  private final ProntoDb database;
  private final Guard guard;

  Transfers(ProntoDb database, Guard guard) {
    this.database = database;
    this.guard = guard;
  }

  /**
   * How a record is transferred.
   *
   * @param move whether the source is removed
   * @param overwrite whether a record at the target may be replaced
   * @param dropExpiry whether a record of a cache may go where records do not expire
   */
  public record Mode(boolean move, boolean overwrite, boolean dropExpiry) {}

  /**
   * Writes the record at {@code source} to {@code target}, too. A record that comes from outside a
   * cache gets the life that the target's cache gives.
   *
   * @throws ProntoException with kind NOT_FOUND if there is no source, PRECONDITION if there is a
   *     target, NOT_A_CACHE if its expiry would be lost; nothing is written then
   */
  public void transfer(Address source, Address target, Mode mode) {
    boolean within = source.namespace().equals(target.namespace());
    database.change(
        within ? List.of(source.namespace()) : List.of(source.namespace(), target.namespace()),
        transaction -> {
          guard.read(transaction, source.namespace());
          guard.write(transaction, target.namespace());
          RecordWriter from = database.writer(transaction, source.namespace());
          RecordWriter to = within ? from : database.writer(transaction, target.namespace());
          transfer(transaction, source, target, mode, from, to);
          return 1;
        });
  }

  private void transfer(
      Transaction transaction,
      Address source,
      Address target,
      Mode mode,
      RecordWriter from,
      RecordWriter to) {
    database.require(transaction, source.namespace());
    Entry entry = from.live(source.key()).orElseThrow(() -> missing(source));
    if (entry.lifetime() != null && !to.isCache() && !mode.dropExpiry()) {
      throw Problem.of(
              Kind.NOT_A_CACHE,
              database.shown(target.namespace()) + " is not a cache, so the expiry would be lost",
              "add --drop-expiry if that is meant")
          .asException();
    }
    if (!mode.overwrite() && to.live(target.key()).isPresent()) {
      throw Problem.of(
              Kind.PRECONDITION,
              shown(target) + " is there already; nothing was written",
              "add --force to replace it")
          .asException();
    }
    if (!to.exists()) {
      to.create(null);
    }
    Lifetime kept = to.isCache() && entry.lifetime() != null ? entry.lifetime() : to.lifetime(null);
    Key key = target.key();
    to.put(key.utf8(), entry.value(), kept, 1);
    if (mode.move()) {
      guard.write(transaction, source.namespace());
      from.delete(source.key().utf8());
    }
    to.finish();
    if (from != to) {
      from.finish();
    }
  }

  private ProntoException missing(Address address) {
    return Problem.of(Kind.NOT_FOUND, "not found: " + shown(address)).asException();
  }

  private String shown(Address address) {
    return Text.visible(address.path(database.delimiter()));
  }
}
