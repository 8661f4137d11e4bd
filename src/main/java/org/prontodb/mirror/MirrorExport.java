package org.prontodb.mirror;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Predicate;
import org.prontodb.mirror.Manifest.Known;
import org.prontodb.model.CacheSettings;
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
 * Makes the files of a folder say what the store says. Touches no file that says it already, none
 * that it has not written, and none that was edited since.
 */
public final class MirrorExport {
  private static final long PROGRESS_EVERY = 1 << 10;

  private final Tree tree;
  private final Transaction view;
  private final long now;
  private final Predicate<Namespace> selected;
  private final boolean overwrite;
  private final MirrorListener listener;
  private ManifestWriter manifest;
  private boolean changed;
  private long files;
  private long written;
  private long removed;
  private long unchanged;
  private long edited;
  private long conflicts;

  /**
   * What became of the files.
   *
   * @param edited how many were left because they were edited, and the store was not
   * @param conflicts how many were left because both were
   */
  public record Summary(long written, long removed, long unchanged, long edited, long conflicts) {}

  private MirrorExport(
      Tree tree,
      Transaction view,
      long now,
      Predicate<Namespace> selected,
      boolean overwrite,
      MirrorListener listener) {
    this.tree = tree;
    this.view = view;
    this.now = now;
    this.selected = selected;
    this.overwrite = overwrite;
    this.listener = listener;
  }

  /**
   * Brings a folder up to date with the store.
   *
   * @param folder made if it is missing
   * @param now the time at which records must be alive, in milliseconds since the epoch
   * @param selected the namespaces that it is about; what the folder has of others stays
   * @param overwrite whether the store decides where both have changed
   * @param durable whether the files are to survive a loss of power
   * @throws ProntoException with kind BUSY if another export into the folder is under way
   */
  public static Summary run(
      Path folder,
      Transaction view,
      long now,
      Predicate<Namespace> selected,
      boolean overwrite,
      boolean durable,
      MirrorListener listener)
      throws IOException {
    try (Tree tree = Tree.create(folder, durable)) {
      return new MirrorExport(tree, view, now, selected, overwrite, listener).run();
    } catch (AccessDeniedException e) {
      throw e;
    } catch (IOException e) {
      // The system's message names a file within the tree, or nothing.
      throw new ProntoException(
          Problem.of(
              Kind.FAILED,
              "can not bring \"%s\" up to date: %s"
                  .formatted(
                      Text.visible(folder.toString()),
                      Text.visible(String.valueOf(e.getMessage()))),
              "run it again when that is mended: it does what is left to do"),
          e);
    }
  }

  private Summary run() throws IOException {
    for (NamespaceInfo info : view.namespaces()) {
      if (selected.test(info.namespace())) {
        tree.check(NamespaceFolder.of(info.namespace()).folders());
      }
    }
    try (Journal journal = Journal.begin(tree)) {
      manifest = journal.writer();
      changed = !tree.isThere(Manifest.FILE);
      try (ManifestReader old = ManifestReader.of(tree)) {
        mergeNamespaces(old);
      }
      if (changed) {
        manifest.finish();
        journal.finish();
      } else {
        journal.discard();
      }
    }
    return new Summary(written, removed, unchanged, edited, conflicts);
  }

  private void mergeNamespaces(ManifestReader old) throws IOException {
    Iterator<NamespaceInfo> stored =
        view.namespaces().stream().filter(info -> selected.test(info.namespace())).iterator();
    NamespaceInfo info = stored.hasNext() ? stored.next() : null;
    old.nextNamespace();
    while (info != null || old.namespace() != null) {
      int order =
          info == null
              ? -1
              : old.namespace() == null ? 1 : old.namespace().compareTo(info.namespace());
      if (order < 0 && !selected.test(old.namespace())) {
        copy(old);
      } else if (order < 0) {
        removeNamespace(old);
      } else {
        exportNamespace(info, order == 0 ? old : null);
        info = stored.hasNext() ? stored.next() : null;
      }
      if (order <= 0) {
        old.nextNamespace();
      }
    }
  }

  private void copy(ManifestReader old) throws IOException {
    manifest.namespace(old.namespace(), old.cache());
    while (old.nextKey()) {
      manifest.record(old.key(), old.known());
    }
  }

  /** The namespace is gone from the store; what was edited of it keeps it in the manifest. */
  private void removeNamespace(ManifestReader old) throws IOException {
    NamespaceFolder folder = NamespaceFolder.of(old.namespace());
    CacheSettings cache = old.cache();
    boolean kept = false;
    while (old.nextKey()) {
      if (!remove(folder.place(old.key()), old.known())) {
        if (!kept) {
          kept = true;
          manifest.namespace(old.namespace(), cache);
        }
        manifest.record(old.key(), old.known());
      }
    }
    changed |= !kept;
  }

  private void exportNamespace(NamespaceInfo info, ManifestReader old) throws IOException {
    NamespaceFolder folder = NamespaceFolder.of(info.namespace());
    manifest.namespace(info.namespace(), info.cache());
    changed |= old == null || !Objects.equals(old.cache(), info.cache());
    try (EntryCursor records = view.scan(info, KeyRange.ALL, now)) {
      boolean anyRecord = records.next();
      boolean anyOld = old != null && old.nextKey();
      while (anyRecord || anyOld) {
        int order =
            !anyRecord ? -1 : !anyOld ? 1 : Arrays.compareUnsigned(old.key(), records.key());
        if (order < 0) {
          if (!remove(folder.place(old.key()), old.known())) {
            manifest.record(old.key(), old.known());
          }
        } else {
          export(folder, records, order == 0 ? old.known() : null);
          anyRecord = records.next();
        }
        anyOld = order <= 0 ? old.nextKey() : anyOld;
      }
    }
  }

  private void export(NamespaceFolder folder, EntryCursor record, Known old) throws IOException {
    tellProgress();
    Place place = folder.place(record.key());
    byte[] content = place.content(record.value());
    Lifetime lifetime = record.lifetime();
    Known known = new Known(Sha256.of(content), lifetime == null ? null : lifetime.expiresAt());
    byte[] there = tree.read(place.path());
    switch (fate(there, content, known, old, place)) {
      case SAME -> {
        unchanged++;
        note(place, known, old);
      }
      case EDITED -> {
        edited++;
        note(place, known, old);
      }
      case CONFLICT -> {
        conflict(
            place,
            old == null
                ? "this file, which no export has written, differs from the record"
                : "the file and the record have both changed since the export");
        if (old != null) {
          manifest.record(place.key(), old);
        }
      }
      case OURS -> {
        note(place, known, old);
        manifest.flush();
        tree.write(place.path(), content);
        written++;
      }
    }
  }

  private enum Fate {
    /** The file says what the record says. */
    SAME,
    /** The file was edited, and the record was not. */
    EDITED,
    /** Both have changed. */
    CONFLICT,
    /** The file is to be written. */
    OURS
  }

  private Fate fate(byte[] there, byte[] content, Known known, Known old, Place place) {
    if (there == null) {
      return Fate.OURS;
    }
    if (Arrays.equals(there, content)
        || Arrays.equals(place.canonicalHash(there), known.sha256())) {
      return Fate.SAME;
    }
    if (isAsKnown(there, old, place)) {
      return Fate.OURS;
    }
    if (old != null && Arrays.equals(old.sha256(), known.sha256())) {
      return Fate.EDITED;
    }
    return overwrite ? Fate.OURS : Fate.CONFLICT;
  }

  private void note(Place place, Known known, Known old) throws IOException {
    changed |= old == null || !old.says(known);
    manifest.record(place.key(), known);
  }

  /** Whether the file of a record that is gone is gone, too. */
  private boolean remove(Place place, Known old) throws IOException {
    tellProgress();
    byte[] there = tree.read(place.path());
    if (there != null && !isAsKnown(there, old, place) && !overwrite) {
      conflict(place, "the file has changed since the export, the record was deleted");
      return false;
    }
    changed = true;
    if (there != null) {
      tree.delete(place.path());
      removed++;
    }
    return true;
  }

  /** Whether a file still says what the last export wrote, perhaps in another spelling. */
  private static boolean isAsKnown(byte[] there, Known old, Place place) {
    return old != null
        && (Arrays.equals(Sha256.of(there), old.sha256())
            || Arrays.equals(place.canonicalHash(there), old.sha256()));
  }

  private void conflict(Place place, String what) {
    conflicts++;
    listener.conflict(
        Problem.of(Kind.FAILED, "conflict: " + Text.visible(place.path() + ": " + what)));
  }

  private void tellProgress() {
    if ((++files & (PROGRESS_EVERY - 1)) == 0) {
      listener.progress(files);
    }
  }
}
