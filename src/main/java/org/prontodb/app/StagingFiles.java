package org.prontodb.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import org.prontodb.batch.SpillFiles;
import org.prontodb.files.OwnerOnly;
import org.prontodb.files.TemporaryName;
import org.prontodb.model.Text;

/**
 * Staging files stand next to the database, where there is room for what it will hold, and in the
 * folder for temporary files only if nothing can be written there. They are unlinked as soon as
 * they are open, so that no other process can open them and nothing is left of them after a crash.
 */
final class StagingFiles implements SpillFiles {
  private static final String PREFIX = ".prontodb-";
  private static final String SUFFIX = ".staging";

  private final Path database;

  /**
   * @param database its file; null where it is no file
   */
  StagingFiles(Path database) {
    this.database = database;
  }

  @Override
  public FileChannel create() throws IOException {
    Path folder = folder();
    // Between its creation and its unlinking a process can be killed, too.
    TemporaryName.removeAbandoned(folder, PREFIX, SUFFIX);
    Path file = TemporaryName.in(folder, PREFIX, SUFFIX);
    FileChannel channel =
        FileChannel.open(
            file,
            EnumSet.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
            OwnerOnly.file());
    try {
      Files.delete(file);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return channel;
  }

  @Override
  public String place() {
    return "\"" + Text.visible(folder().toString()) + "\"";
  }

  private Path folder() {
    Path folder = database == null ? null : database.toAbsolutePath().getParent();
    while (folder != null && !Files.isDirectory(folder)) {
      folder = folder.getParent();
    }
    return folder != null && Files.isWritable(folder)
        ? folder
        : Path.of(System.getProperty("java.io.tmpdir"));
  }
}
