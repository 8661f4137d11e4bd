package org.prontodb.mirror;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.prontodb.mirror.Manifest.Known;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Sha256;

/**
 * The next manifest while an export writes it. What it says of a file is there before the file is,
 * so that the next run knows the files of one that was interrupted. It is locked: there is one
 * export into a tree at a time.
 */
final class Journal implements AutoCloseable {
  private static final String RECOVERED = ".prontodb-manifest.recovered";
  private static final int ATTEMPTS = 100;

  private final Tree tree;
  private final FileChannel channel;
  private boolean finished;

  private Journal(Tree tree, FileChannel channel) {
    this.tree = tree;
    this.channel = channel;
  }

  /**
   * Begins a journal. If the export before was interrupted, the manifest is first made to say what
   * that one had done.
   *
   * @throws ProntoException with kind BUSY if another export is under way
   */
  static Journal begin(Tree tree) throws IOException {
    Journal journal = new Journal(tree, lock(tree));
    try {
      if (journal.channel.size() > 0) {
        journal.recover();
        journal.channel.truncate(0);
      }
      return journal;
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /** Refuses an import from a tree whose export is not complete. */
  static void refuseUnfinished(Tree tree) throws IOException {
    try (FileChannel channel = tree.open(Manifest.JOURNAL, StandardOpenOption.READ)) {
      if (channel == null) {
        return;
      }
      if (isLockedElsewhere(channel)) {
        throw underWay();
      }
    }
    throw Problem.of(
            Kind.FAILED,
            "the last export into this folder was interrupted or failed, so not all files are there",
            "run export-fs again, which completes it; or delete "
                + Manifest.JOURNAL
                + " to import what is there")
        .asException();
  }

  private static boolean isLockedElsewhere(FileChannel channel) throws IOException {
    try (FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  /**
   * Opens the journal's file and locks it; the process that held the lock may have renamed the
   * file.
   */
  private static FileChannel lock(Tree tree) throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      FileChannel channel = openOrCreate(tree);
      if (channel == null) {
        continue;
      }
      try {
        FileLock lock = channel.tryLock();
        if (lock == null) {
          throw underWay();
        }
        if (tree.isThere(Manifest.JOURNAL)) {
          return channel;
        }
        channel.close();
      } catch (OverlappingFileLockException e) {
        channel.close();
        throw underWay();
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }
    throw underWay();
  }

  private static FileChannel openOrCreate(Tree tree) throws IOException {
    try {
      FileChannel channel =
          tree.open(Manifest.JOURNAL, StandardOpenOption.READ, StandardOpenOption.WRITE);
      return channel != null ? channel : tree.newChannel(Manifest.JOURNAL);
    } catch (NoSuchFileException | FileAlreadyExistsException e) {
      return null;
    }
  }

  private static ProntoException underWay() {
    return Problem.of(
            Kind.BUSY, "another export into this folder is under way", "try again when it is done")
        .asException();
  }

  ManifestWriter writer() throws IOException {
    return new ManifestWriter(channel);
  }

  /** Makes the journal, which is complete, the manifest. */
  void finish() throws IOException {
    tree.rename(Manifest.JOURNAL, Manifest.FILE);
    finished = true;
  }

  /** Takes the journal away: it says what the manifest says. */
  void discard() throws IOException {
    tree.deleteIfThere(Manifest.JOURNAL);
    finished = true;
  }

  /** Merges the manifest with what the interrupted export has written. */
  private void recover() throws IOException {
    tree.deleteIfThere(RECOVERED);
    try (ManifestReader old = ManifestReader.of(tree);
        ManifestReader done = ManifestReader.ofJournal(tree);
        FileChannel file = tree.newChannel(RECOVERED)) {
      ManifestWriter merged = new ManifestWriter(file);
      old.nextNamespace();
      done.nextNamespace();
      while (old.namespace() != null || done.namespace() != null) {
        int order = compare(old.namespace(), done.namespace());
        Namespace namespace = order <= 0 ? old.namespace() : done.namespace();
        CacheSettings cache = order < 0 ? old.cache() : done.cache();
        merged.namespace(namespace, cache);
        merge(
            NamespaceFolder.of(namespace),
            order <= 0 ? old : null,
            order >= 0 ? done : null,
            merged);
        if (order <= 0) {
          old.nextNamespace();
        }
        if (order >= 0) {
          done.nextNamespace();
        }
      }
      merged.finish();
    }
    tree.rename(RECOVERED, Manifest.FILE);
  }

  private void merge(
      NamespaceFolder folder, ManifestReader old, ManifestReader done, ManifestWriter merged)
      throws IOException {
    boolean anyOld = old != null && old.nextKey();
    boolean anyDone = done != null && done.nextKey();
    while (anyOld || anyDone) {
      int order = !anyDone ? -1 : !anyOld ? 1 : Arrays.compareUnsigned(old.key(), done.key());
      byte[] key = order <= 0 ? old.key() : done.key();
      Known before = order <= 0 ? old.known() : null;
      Known planned = order >= 0 ? done.known() : null;
      Known truth = truth(folder.place(key).path(), before, planned);
      if (truth != null) {
        merged.record(key, truth);
      }
      anyOld = order <= 0 ? old.nextKey() : anyOld;
      anyDone = order >= 0 ? done.nextKey() : anyDone;
    }
  }

  /** Which of the two the file is as; null if it has not been written at all. */
  private Known truth(TreePath path, Known before, Known planned) throws IOException {
    if (planned == null || (before != null && before.says(planned))) {
      return before;
    }
    byte[] bytes = tree.read(path);
    return bytes != null && Arrays.equals(Sha256.of(bytes), planned.sha256()) ? planned : before;
  }

  private static int compare(Namespace a, Namespace b) {
    return a == null ? 1 : b == null ? -1 : a.compareTo(b);
  }

  /** Leaves a journal that says something behind, for the next run. */
  @Override
  public void close() throws IOException {
    try (channel) {
      if (!finished && channel.size() == 0) {
        discard();
      }
    }
  }
}
