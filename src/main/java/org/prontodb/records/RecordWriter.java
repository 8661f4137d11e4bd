package org.prontodb.records;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Entry;
import org.prontodb.model.Expiry;
import org.prontodb.model.Key;
import org.prontodb.model.Lifetime;
import org.prontodb.model.Namespace;
import org.prontodb.store.EntryCursor;
import org.prontodb.store.KeyRange;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.NamespaceWriter;
import org.prontodb.store.Transaction;

/**
 * Writes the records of one namespace within one transaction. Every write of a record goes through
 * here, whichever command asks for it, so this is where the rules of caches, the limit of
 * namespaces and the observers of a transaction have their place.
 *
 * <p>The caller checks first what it wants to be true of the namespace and of single records, with
 * {@link #info} and {@link #live}; then it writes, calls {@link #finish} and commits. A writer that
 * was not finished has left the transaction in a state that must not be committed. It belongs to
 * one thread at a time.
 */
public final class RecordWriter {
  /** How many keys of a range are held in memory. */
  private static final int KEYS_AT_A_TIME = 1_000;

  private static final byte[] NO_VALUE = {};

  /** How many expired records a write into a cache removes at least, if there are as many. */
  private static final long LEAST_PURGED = 100;

  private final Transaction transaction;
  private final Namespace namespace;
  private final WriteRules rules;
  private final long now;
  private NamespaceInfo info;
  private NamespaceWriter table;
  private Observation observation;
  private final Set<Key> pending = new LinkedHashSet<>();
  private long written;
  private long deleted;
  private long removed;

  /**
   * @param transaction one that may write
   * @param now milliseconds since the epoch: the time at which records are live or expired
   */
  public RecordWriter(Transaction transaction, Namespace namespace, WriteRules rules, long now) {
    this.transaction = transaction;
    this.namespace = namespace;
    this.rules = rules;
    this.now = now;
    this.info = transaction.namespace(namespace).orElse(null);
  }

  /** What the store knows of the namespace; null while it does not exist. */
  public NamespaceInfo info() {
    return info;
  }

  public boolean exists() {
    return info != null;
  }

  public boolean isCache() {
    return info != null && info.isCache();
  }

  /**
   * Creates the namespace, which does not exist yet.
   *
   * @param cache its settings, or null for a plain one
   * @throws org.prontodb.model.ProntoException with kind CONFLICT if the database has as many
   *     namespaces as it may have
   */
  public void create(CacheSettings cache) {
    requireRoom();
    info = transaction.create(namespace, cache);
  }

  /**
   * Refuses to create the namespace if there are as many as there may be; does nothing where it
   * exists.
   *
   * @throws org.prontodb.model.ProntoException with kind CONFLICT
   */
  public void requireRoom() {
    if (info == null && transaction.namespaceCount() >= rules.maxNamespaces()) {
      throw WriteRefusals.tooManyNamespaces(rules.maxNamespaces());
    }
  }

  /** The record with this key, if it is there and has not expired. */
  public Optional<Entry> live(Key key) {
    return info == null ? Optional.empty() : transaction.getLive(info, key, now);
  }

  /**
   * The life of a record that is written now; null outside caches.
   *
   * @param asked null for what the cache gives
   */
  public Lifetime lifetime(Expiry asked) {
    return isCache()
        ? Lifetime.of(asked == null ? Expiry.DEFAULT : asked, info.cache(), now)
        : null;
  }

  /**
   * Writes a record, in the place of the one that has its key.
   *
   * @param key checked UTF-8
   * @param lifetime what {@link #lifetime} said
   * @param arrival the record's number, from 1, among those that this writer is given
   */
  public void put(byte[] key, byte[] value, Lifetime lifetime, long arrival) {
    NamespaceWriter writer = table();
    if (!pending.isEmpty() && pending.contains(Key.stored(key))) {
      deletePending();
    }
    if (observation != null) {
      observation.put(key, value, lifetime);
    }
    writer.put(key, value, lifetime, arrival);
    written++;
  }

  /**
   * Removes a record, if it is there. An expired one is removed, too, but {@link #deleted} does not
   * count it.
   */
  public void delete(byte[] key) {
    if (info == null) {
      return;
    }
    NamespaceWriter writer = table();
    if (deletesUnseen()) {
      writer.delete(key);
      return;
    }
    pending.add(Key.stored(key));
    if (pending.size() >= keysAtATime()) {
      deletePending();
    }
  }

  /** Removes the records of a range. */
  public void delete(KeyRange range) {
    if (info == null) {
      return;
    }
    table();
    KeyRange rest = range;
    while (true) {
      deletePending();
      table.deleted(); // what the cursor reads must have been written
      List<Entry> found;
      try (EntryCursor cursor = transaction.scan(info, rest, Transaction.INCLUDE_EXPIRED)) {
        found = entries(cursor, keysAtATime());
      }
      if (found.isEmpty()) {
        return;
      }
      found.forEach(this::remove);
      rest = rest.after(found.getLast().key().utf8());
    }
  }

  /**
   * How many records {@link #delete} has removed that had not expired. To be asked when this is
   * finished.
   */
  public long deleted() {
    return deleted;
  }

  /** Removes those of these records of a cache that have expired. */
  public void deleteIfExpired(Collection<Key> keys) {
    if (!isCache()) {
      return;
    }
    List<Entry> found;
    try (EntryCursor cursor = transaction.getAll(info, keys)) {
      found = entries(cursor, keys.size());
    }
    for (Entry entry : found) {
      if (!entry.isLiveAt(now)) {
        remove(entry);
      }
    }
  }

  /** Whether it makes no difference what is deleted but for the number that the store answers. */
  private boolean deletesUnseen() {
    return !info.isCache() && observation == null;
  }

  /** How many records are looked at together; values may be large. */
  private int keysAtATime() {
    return observation != null && observation.needsPrevious() ? 1 : KEYS_AT_A_TIME;
  }

  private void deletePending() {
    if (pending.isEmpty()) {
      return;
    }
    table().deleted(); // what the cursor reads must have been written
    List<Entry> found;
    try (EntryCursor cursor = transaction.getAll(info, pending)) {
      found = entries(cursor, pending.size());
    }
    pending.clear();
    found.forEach(this::remove);
  }

  /** The next records of a cursor, with their values where an observer wants them. */
  private List<Entry> entries(EntryCursor cursor, int most) {
    boolean withValue = observation != null && observation.needsPrevious();
    List<Entry> entries = new ArrayList<>();
    while (entries.size() < most && cursor.next()) {
      byte[] value = withValue ? cursor.value() : NO_VALUE;
      entries.add(new Entry(Key.stored(cursor.key()), value, cursor.lifetime()));
    }
    return entries;
  }

  private void remove(Entry entry) {
    NamespaceWriter writer = table();
    if (!deletesUnseen()) {
      boolean live = entry.isLiveAt(now);
      if (observation != null) {
        observation.deleted(entry, live);
      }
      deleted += live ? 1 : 0;
      removed++;
    }
    writer.delete(entry.key().utf8());
  }

  /**
   * Empties a cache whose records would all be evicted by the records that are going to be written.
   */
  public void evictAll() {
    NamespaceWriter writer = table();
    deletePending();
    if (observation != null) {
      transaction.purge(info, now, Long.MAX_VALUE, observation);
    }
    writer.clear(observation);
  }

  /**
   * Removes records of a cache that have expired, the longest expired first.
   *
   * @param limit how many at most
   * @return how many were removed
   */
  public long purge(long limit) {
    if (!isCache()) {
      return 0;
    }
    observe();
    return transaction.purge(info, now, limit, observation);
  }

  /** Removes the namespace, which exists, with all its records. */
  public void drop() {
    observe();
    transaction.drop(info);
    if (observation != null) {
      observation.dropped();
    }
    info = null;
  }

  /**
   * Brings the namespace into the state in which it may be committed: everything that was held back
   * is written, and a cache is brought down to its limits.
   */
  public void finish() {
    if (table != null) {
      deletePending();
      if (deletesUnseen()) {
        deleted = table.deleted();
      }
      table.close();
      table = null;
    }
    if (isCache()) {
      if (written > 0 && info.cache().evictOnRead()) {
        // Records that no reader meets would stay: each write removes twice as many as it adds.
        transaction.purge(info, now, Math.max(LEAST_PURGED, 2 * written), observation);
      }
      if (written + removed > 0) {
        transaction.trim(info, now, observation);
      }
    }
    if (observation != null) {
      observation.finished();
    }
  }

  /** How many records this has written. */
  public long written() {
    return written;
  }

  private NamespaceWriter table() {
    if (table == null) {
      observe();
      table = transaction.writer(info);
    }
    return table;
  }

  private void observe() {
    if (observation == null && rules.observers() != Observers.NONE) {
      List<RecordObserver> observers = rules.observers().of(transaction, info);
      observation = observers.isEmpty() ? null : new Observation(observers, transaction, info);
    }
  }
}
