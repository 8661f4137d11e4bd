package org.prontodb.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.prontodb.compression.Compression;

/**
 * A file that is there whole or not at all: written beside its place, and moved there when it is
 * complete. Only its owner may read it. Its name says how it is compressed.
 */
public final class OutputFile implements AutoCloseable {
  private final Path place;
  private final Path beside;
  private final OutputStream out;

  /** Opens what will be {@code file}. A device or a pipe is written directly. */
  public static OutputFile open(Path file) throws IOException {
    return new OutputFile(file);
  }

  private OutputFile(Path file) throws IOException {
    Path target = Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file;
    boolean direct = Files.exists(target) && !Files.isRegularFile(target);
    this.place = direct ? null : target;
    this.beside =
        direct
            ? target
            : target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    this.out = Compression.ofFile(file.toString()).writer(PrivateFile.replace(beside));
  }

  public OutputStream stream() {
    return out;
  }

  /** Puts the file, which is complete, into its place. */
  public void finish() throws IOException {
    out.close();
    if (place != null) {
      Files.move(
          beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Takes away what was not finished. */
  @Override
  public void close() throws IOException {
    try (out) {
      if (place != null) {
        Files.deleteIfExists(beside);
      }
    }
  }
}
