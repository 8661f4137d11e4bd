package org.prontodb.mirror;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.BatchCommand.CreateCache;
import org.prontodb.batch.BatchCommand.Delete;
import org.prontodb.batch.BatchCommand.Put;
import org.prontodb.batch.BatchCommand.SelectNamespace;
import org.prontodb.batch.NamespacePlan;
import org.prontodb.mirror.Manifest.Known;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Expiry;
import org.prontodb.model.Key;
import org.prontodb.model.Lifetime;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Sha256;
import org.prontodb.model.Text;
import org.prontodb.store.EntryCursor;
import org.prontodb.store.KeyRange;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.Transaction;

/**
 * Compares the files of one namespace with its records and with what the last export wrote, key by
 * key in their order, and says what makes the store follow the files:
 *
 * <ul>
 *   <li>only the file has changed: the record follows it;
 *   <li>only the record has changed: it stays as it is, unless the policy says otherwise;
 *   <li>both have, and not to the same: a conflict, which the policy decides.
 * </ul>
 *
 * <p>A policy that decides is also for bringing a tree into another store, of which the manifest
 * knows nothing: it says what becomes of every record that is not as it was exported.
 */
final class Comparison implements AutoCloseable {
  private static final long PROGRESS_EVERY = 1 << 10;

  private final Tree tree;
  private final Transaction view;
  private final NamespaceFolder folder;
  private final byte[][] files;
  private final ManifestReader manifest;
  private final KnownKeys knownKeys;
  private final boolean manifestIsThere;
  private final long now;
  private final Policy policy;
  private final Sink sink;

  private NamespaceInfo info;
  private EntryCursor records;
  private boolean anyRecord;
  private boolean anyKnown;
  private int file;

  /** Whether the store's namespace is another than the exported one, and so gets all of it. */
  private boolean whole;

  private boolean selected;
  private boolean refused;
  private long keys;
  private long create;
  private long update;
  private long unchanged;
  private long delete;
  private long left;

  /** Is told what is to be done. */
  interface Sink {
    void command(BatchCommand command);

    /**
     * What the next command goes out from: that {@code key} has this value, or is not there if it
     * is null.
     */
    void expect(byte[] key, byte[] value);

    void conflict(Place place, String what);

    /** Something that no policy decides. */
    void fault(Problem problem);

    /** So many bytes of a file were read. */
    void read(long bytes);

    /** So many keys of the namespace are done. */
    void progress(long keys);
  }

  /**
   * @param files the keys that have files, in their order
   * @param manifest stands at the namespace; null if that has no such namespace
   * @param manifestIsThere whether the tree has one at all
   */
  Comparison(
      Tree tree,
      Transaction view,
      NamespaceFolder folder,
      byte[][] files,
      ManifestReader manifest,
      KnownKeys knownKeys,
      boolean manifestIsThere,
      long now,
      Policy policy,
      Sink sink) {
    this.tree = tree;
    this.view = view;
    this.folder = folder;
    this.files = files;
    this.manifest = manifest;
    this.knownKeys = knownKeys;
    this.manifestIsThere = manifestIsThere;
    this.now = now;
    this.policy = policy;
    this.sink = sink;
  }

  /** To be called before the first {@link #step}. */
  void begin() throws IOException {
    info = view.namespace(folder.namespace()).orElse(null);
    whole = info == null || (manifest != null && !knownKeys.anyIn(info));
    anyKnown = manifest != null && manifest.nextKey();
    CacheSettings cache = manifest == null ? null : manifest.cache();
    if (info == null) {
      if (cache != null) {
        select();
        sink.command(new CreateCache(cache));
      }
      return;
    }
    if (manifest != null && info.isCache() != (cache != null)) {
      refused = true;
      sink.fault(kindsDiffer(info.isCache()));
    }
    records = view.scan(info, KeyRange.ALL, now);
    anyRecord = records.next();
  }

  private Problem kindsDiffer(boolean cache) {
    return Problem.of(
        Kind.FAILED,
        Text.visible(folder.namespace().toString())
            + (cache
                ? " is a cache in the store, and was plain when it was exported"
                : " is plain in the store, and was a cache when it was exported"),
        "rename its folder, or drop the namespace");
  }

  /** Deals with the next key; false behind the last. */
  boolean step() throws IOException {
    boolean anyFile = file < files.length;
    if (refused || (!anyFile && !anyKnown)) {
      return false;
    }
    int order = !anyFile ? 1 : !anyKnown ? -1 : Arrays.compareUnsigned(files[file], manifest.key());
    byte[] key = order <= 0 ? files[file] : manifest.key();
    Known known = order >= 0 ? manifest.known() : null;
    boolean stored = hasRecord(key);
    Place place = folder.place(key);
    try {
      if (order <= 0) {
        compare(place, known, stored);
        file++;
      } else {
        compareMissing(place, known, stored);
      }
    } catch (ProntoException e) {
      if (order <= 0) {
        file++;
      }
      sink.fault(e.problem());
    }
    anyKnown = order >= 0 ? manifest.nextKey() : anyKnown;
    if ((++keys & (PROGRESS_EVERY - 1)) == 0) {
      sink.progress(keys);
    }
    return true;
  }

  /** Moves the records on to {@code key}. */
  private boolean hasRecord(byte[] key) {
    while (anyRecord) {
      int order = Arrays.compareUnsigned(records.key(), key);
      if (order >= 0) {
        return order == 0;
      }
      anyRecord = records.next();
    }
    return false;
  }

  private void compare(Place place, Known known, boolean stored) throws IOException {
    byte[] bytes = tree.read(place.path());
    if (bytes == null) {
      throw Problem.of(
              Kind.FAILED, Text.visible(place.path() + " has vanished meanwhile"), "try again")
          .asException();
    }
    sink.read(bytes.length);
    if (stored && Arrays.equals(bytes, place.content(records.value()))) {
      unchanged++;
      return;
    }
    byte[] value = FileContent.parse(bytes, place.path().toString()).value();
    if (stored && Arrays.equals(value, records.value())) {
      unchanged++;
      return;
    }
    boolean fileChanged =
        known == null
            || (!Arrays.equals(Sha256.of(bytes), known.sha256())
                && !Arrays.equals(Sha256.of(place.content(value)), known.sha256()));
    boolean recordChanged = recordChanged(place, known, stored);
    if (!recordChanged && !stored && !fileChanged && !whole) {
      unchanged++; // it has expired since the export
    } else if (!recordChanged || decide(place, fileChanged, conflict(known, stored), stored)) {
      put(place, value, known, stored);
    }
  }

  private void compareMissing(Place place, Known known, boolean stored) {
    if (!stored || whole) {
      return;
    }
    if (!recordChanged(place, known, true)
        || decide(
            place,
            true,
            "the file was deleted since the export, and the record has changed",
            true)) {
      delete++;
      select();
      sink.expect(place.key(), records.value());
      sink.command(new Delete(Key.stored(place.key())));
    }
  }

  /** Whether the record is not as it was exported. */
  private boolean recordChanged(Place place, Known known, boolean stored) {
    if (known == null) {
      return stored || !manifestIsThere;
    }
    if (!stored) {
      return !whole && !hasExpired(known);
    }
    Lifetime lifetime = records.lifetime();
    Long expiresAt = lifetime == null ? null : lifetime.expiresAt();
    return !Objects.equals(expiresAt, known.expiresAt())
        || !Arrays.equals(Sha256.of(place.content(records.value())), known.sha256());
  }

  private static String conflict(Known known, boolean stored) {
    if (known == null) {
      return stored
          ? "the file and the record differ, and the manifest does not know them"
          : "there is a file and no record, and no manifest tells which of them is newer";
    }
    return stored
        ? "the file and the record have both changed since the export"
        : "the file has changed since the export, the record was deleted";
  }

  /**
   * Whether the file decides where the record is not as it was exported.
   *
   * @param conflict what to say of it, if the file has changed, too
   */
  private boolean decide(Place place, boolean fileChanged, String conflict, boolean stored) {
    boolean brings =
        switch (policy) {
          case OVERWRITE -> true;
          case SKIP -> !stored;
          case REFUSE -> false;
        };
    if (policy == Policy.REFUSE && fileChanged) {
      sink.conflict(place, conflict);
    } else if (!brings) {
      left++;
      unchanged++;
    }
    return brings;
  }

  private void put(Place place, byte[] value, Known known, boolean stored) {
    if (stored) {
      update++;
    } else if (known == null || !hasExpired(known)) {
      create++;
    }
    select();
    sink.expect(place.key(), stored ? records.value() : null);
    sink.command(new Put(Key.stored(place.key()), value, expiry(known, stored)));
  }

  private boolean hasExpired(Known known) {
    return known.expiresAt() != null && known.expiresAt() <= now;
  }

  /** A changed record keeps its end; a new one gets that of the manifest. */
  private Expiry expiry(Known known, boolean stored) {
    if (stored && records.lifetime() != null) {
      return new Expiry.At(records.lifetime().expiresAt());
    }
    return known == null || known.expiresAt() == null ? null : new Expiry.At(known.expiresAt());
  }

  private void select() {
    if (!selected) {
      selected = true;
      sink.command(new SelectNamespace(folder.namespace()));
    }
  }

  boolean isInManifest() {
    return manifest != null;
  }

  /** What is done to the namespace in all. */
  NamespacePlan plan() {
    Namespace namespace = folder.namespace();
    return new NamespacePlan(namespace, create, update, unchanged, delete);
  }

  /** How many records were left as they are, although their files say something else. */
  long left() {
    return left;
  }

  @Override
  public void close() {
    if (records != null) {
      records.close();
    }
  }
}
