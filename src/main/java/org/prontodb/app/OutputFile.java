package org.prontodb.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.function.IntFunction;
import org.prontodb.compression.Compression;
import org.prontodb.files.Cleanup;
import org.prontodb.files.Descriptor;
import org.prontodb.files.Disk;
import org.prontodb.files.NamedOutput;
import org.prontodb.files.OwnerOnly;
import org.prontodb.files.TemporaryName;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/**
 * A file that is there whole or not at all: written beside its place, and moved there when it is
 * complete and on the disk. Only its owner may read it. Its name says how it is compressed.
 */
public final class OutputFile implements AutoCloseable {
  /** For files of all names: that of a backup holds the time, so no later one has it. */
  private static final String PREFIX = ".prontodb-";

  private static final String SUFFIX = ".part";

  /** Null where there is nothing to move: a device, a pipe. */
  private Path place;

  /** Null where {@link #place} is. */
  private final Path beside;

  private final String name;
  private final String hint;
  private final OutputStream out;
  private boolean replaces = true;

  /** What else it may be called, from number 2 on; null for nothing else. */
  private IntFunction<Path> furtherNames;

  /**
   * Opens what will be {@code file}. A device, a pipe or what a descriptor leads to is written
   * directly; a link stays one, and what it leads to is replaced.
   *
   * @throws ProntoException if there is no folder for it, or it is a link to nothing
   */
  public static OutputFile open(Path file) throws IOException {
    return open(file, Compression.ofFile(file.toString()));
  }

  private static OutputFile open(Path file, Compression compression) throws IOException {
    PrivateFile.refuseDangling(file);
    if (Files.exists(file) && (!Files.isRegularFile(file) || Descriptor.named(file) >= 0)) {
      return new OutputFile(file, null, null, compression, PrivateFile.openThere(file));
    }
    Path place = (Files.exists(file) ? file.toRealPath() : file).toAbsolutePath();
    PrivateFile.requireFolder(place);
    TemporaryName.removeAbandoned(place.getParent(), PREFIX, SUFFIX);
    Path beside = TemporaryName.in(place.getParent(), PREFIX, SUFFIX);
    FileChannel channel =
        OwnerOnly.open(beside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    return new OutputFile(file, place, beside, compression, channel);
  }

  /**
   * As {@link #open}, but where something is already, that stays and this fails; and nothing is
   * compressed.
   *
   * @throws ProntoException if there is such a file, or no folder for it
   */
  public static OutputFile create(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && (Files.isRegularFile(file) || Files.isSymbolicLink(file))) {
      throw existsAlready(file);
    }
    OutputFile created = open(file, Compression.NONE);
    created.replaces = false;
    return created;
  }

  /**
   * As {@link #create}, with a number behind the name where that is taken, also by another process
   * that makes such a file at the same time.
   *
   * @param ending what stands behind the number
   */
  public static OutputFile createNumbered(Path folder, String name, String ending)
      throws IOException {
    OutputFile created = open(folder.resolve(name + ending), Compression.NONE);
    created.replaces = false;
    created.furtherNames = number -> created.place.resolveSibling(name + "-" + number + ending);
    return created;
  }

  private static ProntoException existsAlready(Path file) {
    return Problem.of(
            Kind.FAILED,
            "there is already a file \"" + Text.visible(file.toString()) + "\"",
            "choose another name, or remove it first")
        .asException();
  }

  private OutputFile(
      Path name, Path place, Path beside, Compression compression, FileChannel channel)
      throws IOException {
    this.place = place;
    this.beside = beside;
    this.name = "\"" + Text.visible(name.toString()) + "\"";
    this.hint = place == null ? null : "what was there before is there still";
    OutputStream file = new NamedOutput(Channels.newOutputStream(channel), this.name, hint);
    this.out = compression.writer(file);
  }

  public OutputStream stream() {
    return out;
  }

  /** Puts the file, which is complete, into its place. */
  public void finish() throws IOException {
    out.close();
    Cleanup.waitIfEnding();
    if (place != null) {
      NamedOutput.attempt(this::putInPlace, name, hint);
      NamedOutput.attempt(
          () -> Disk.syncFolder(place.getParent()),
          "the folder of " + name + " to the disk",
          "the file is in its place and complete, but a loss of power might undo that");
    }
  }

  private void putInPlace() throws IOException {
    // Or a name could stand for an empty file if the power fails.
    Disk.sync(beside);
    if (replaces) {
      Files.move(
          beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } else {
      putInFreePlace();
    }
  }

  private void putInFreePlace() throws IOException {
    for (int number = 2; !isPutAt(place); number++) {
      if (furtherNames == null) {
        throw existsAlready(place);
      }
      place = furtherNames.apply(number);
    }
  }

  /** False where something is already. */
  private boolean isPutAt(Path place) throws IOException {
    try {
      Files.createLink(place, beside);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | IOException e) {
      // A file system without links: the moment between the look and the move has to be risked.
      try {
        Files.move(beside, place);
        return true;
      } catch (FileAlreadyExistsException taken) {
        return false;
      }
    }
  }

  /** Where it is, once it is finished; null for a device or a pipe. */
  public Path place() {
    return place;
  }

  private void deleteUnfinished() {
    try {
      Files.deleteIfExists(beside);
    } catch (IOException e) {
      // What stands under the file's own name is as it should be; the next output that is written
      // beside it takes this away.
    }
  }

  /** Takes away what was not finished. */
  @Override
  public void close() throws IOException {
    try (out) {
      if (place != null) {
        deleteUnfinished();
      }
    }
  }
}
