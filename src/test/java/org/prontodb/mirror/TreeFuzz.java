package org.prontodb.mirror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.prontodb.fuzz.FuzzTarget;
import org.prontodb.fuzz.MemoryLoad;
import org.prontodb.fuzz.Messages;
import org.prontodb.model.Delimiter;
import org.prontodb.store.Transaction;

/**
 * A tree of files, made from pairs of lines: a path, and the file's content, in which {@code \n}
 * stands for a line break; the content {@code ->} and a path makes a link. What is imported is
 * exported, and imported again to the same.
 */
public final class TreeFuzz implements FuzzTarget {
  private static final int MOST_FILES = 20;

  @Override
  public void run(byte[] input) throws IOException {
    try (TestFolder folder = new TestFolder();
        TestFolder copy = new TestFolder()) {
      plant(folder.path(), new String(input, StandardCharsets.UTF_8).split("\n", -1));
      MemoryLoad load = imported(folder.path());
      if (load.failure() != null) {
        load.problems().forEach(Messages::check);
        if (!load.state().isEmpty()) {
          throw new AssertionError("refused, but " + load.state());
        }
        return;
      }
      try (Transaction view = load.store().read()) {
        MirrorExport.run(
            copy.path(), view, MemoryLoad.NOW, any -> true, false, false, TestFolder.SILENT);
      }
      MemoryLoad again = imported(copy.path());
      if (again.failure() != null || !again.state().equals(load.state())) {
        throw new AssertionError(
            "%s became %s (%s)".formatted(load.state(), again.state(), again.failure()));
      }
    }
  }

  private static MemoryLoad imported(Path folder) {
    MemoryLoad load = new MemoryLoad(false);
    load.run(
        new MirrorImport(
            folder,
            load.store()::read,
            MemoryLoad.NOW,
            Delimiter.DEFAULT,
            Policy.OVERWRITE,
            TestFolder.SILENT));
    return load;
  }

  private static void plant(Path folder, String[] lines) {
    for (int i = 0; i + 1 < lines.length && i < 2 * MOST_FILES; i += 2) {
      try {
        Path file = folder.resolve(lines[i]).normalize();
        if (file.startsWith(folder) && !file.equals(folder)) {
          plant(file, lines[i + 1]);
        }
      } catch (IOException | InvalidPathException e) {
        // This file system has no such file.
        continue;
      }
    }
  }

  private static void plant(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    if (content.startsWith("->")) {
      Files.createSymbolicLink(file, Path.of(content.substring(2)));
    } else if (!Files.exists(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      Files.write(file, content.replace("\\n", "\n").getBytes(StandardCharsets.ISO_8859_1));
    }
  }
}
