package org.prontodb.mirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.prontodb.fuzz.FuzzTarget;
import org.prontodb.fuzz.MemoryLoad;
import org.prontodb.fuzz.Messages;
import org.prontodb.fuzz.Positions;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.store.Transaction;

/** The manifest of a mirror, and the journal of an export that was interrupted. */
public final class ManifestFuzz implements FuzzTarget {
  @Override
  public void run(byte[] input) throws IOException {
    try (TestFolder folder = new TestFolder()) {
      Files.write(folder.path().resolve(Manifest.FILE), input);
      Files.write(folder.path().resolve(Manifest.JOURNAL), input);
      try (Tree tree = Tree.open(folder.path())) {
        boolean sound = read(() -> ManifestReader.of(tree), input);
        boolean cutOff = read(() -> ManifestReader.ofJournal(tree), input);
        if (sound && !cutOff) {
          throw new AssertionError("taken as a manifest, but not as a journal");
        }
      }
      MemoryLoad load = new MemoryLoad(false);
      try (Transaction view = load.store().read()) {
        export(folder.path(), view);
      }
    }
  }

  /** An export into the folder takes up what an earlier one has left, or refuses it. */
  private static void export(Path folder, Transaction view) throws IOException {
    try {
      MirrorExport.run(folder, view, MemoryLoad.NOW, any -> true, false, false, TestFolder.SILENT);
      try (Tree tree = Tree.open(folder)) {
        if (!read(() -> ManifestReader.of(tree), new byte[0])) {
          throw new AssertionError("an export left a manifest that can not be read");
        }
      }
    } catch (ProntoException e) {
      Messages.check(e.problem());
    }
  }

  private interface Opening {
    ManifestReader open() throws IOException;
  }

  /** Reads to the end; answers whether there was nothing to refuse. */
  private static boolean read(Opening opening, byte[] input) {
    try (ManifestReader manifest = opening.open()) {
      while (manifest.nextNamespace()) {
        while (manifest.nextKey()) {
          if (manifest.key().length == 0) {
            throw new AssertionError("an empty key");
          }
          manifest.known();
        }
      }
      return true;
    } catch (ProntoException e) {
      if (e.problem().kind() == Kind.CONTENT) {
        Positions.require(e.problem(), input);
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
