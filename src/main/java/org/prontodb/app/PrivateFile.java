package org.prontodb.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.prontodb.files.Descriptor;
import org.prontodb.files.NamedOutput;
import org.prontodb.files.OwnerOnly;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/** Files that only their owner may read, written from their beginning as with {@code >}. */
public final class PrivateFile {
  private PrivateFile() {}

  /**
   * Opens {@code file} for writing from its beginning, with mode 0600 also if it was there. What is
   * no regular file is written as it is.
   *
   * @throws ProntoException if there is no folder for it, or it is a link to nothing
   */
  public static OutputStream replace(Path file) throws IOException {
    requireFolder(file);
    refuseDangling(file);
    return new NamedOutput(
        Channels.newOutputStream(open(file)), "\"" + Text.visible(file.toString()) + "\"", null);
  }

  private static FileChannel open(Path file) throws IOException {
    if (!Files.exists(file)) {
      try {
        // Which follows no link, should there be one by now.
        return OwnerOnly.open(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
      } catch (FileAlreadyExistsException e) {
        refuseDangling(file);
      }
    }
    if (!Files.isRegularFile(file) || Descriptor.named(file) >= 0) {
      return openThere(file);
    }
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    OwnerOnly.restrict(file);
    return channel;
  }

  /** Opens a device, a pipe or what a descriptor leads to, of which nothing is taken away. */
  static FileChannel openThere(Path file) throws IOException {
    return Files.isRegularFile(file)
        ? FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)
        : FileChannel.open(file, StandardOpenOption.WRITE);
  }

  /** Refuses a file whose folder is not there, which the system would call a missing file. */
  static void requireFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw Problem.of(
              Kind.FAILED,
              "there is no folder \"" + Text.visible(folder.toString()) + "\"",
              "make it first: mkdir -p")
          .asException();
    }
  }

  /** Refuses a link to nothing: to write through it would make a file where it leads. */
  static void refuseDangling(Path file) {
    if (Files.isSymbolicLink(file) && !Files.exists(file)) {
      throw Problem.of(
              Kind.FAILED,
              "\"" + Text.visible(file.toString()) + "\" is a link to a file that is not there",
              "remove the link, or make the file that it leads to")
          .asException();
    }
  }
}
