package org.prontodb.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.prontodb.files.NamedOutput;
import org.prontodb.model.Text;

/** Files that only their owner may read. */
public final class PrivateFile {
  /** What a file is to be made with. */
  static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private PrivateFile() {}

  /** Opens {@code file} for writing from its beginning, with mode 0600 also if it was there. */
  public static OutputStream replace(Path file) throws IOException {
    Set<StandardOpenOption> options =
        EnumSet.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    FileChannel channel = FileChannel.open(file, options, OWNER_ONLY);
    if (Files.isRegularFile(file)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    return new NamedOutput(
        Channels.newOutputStream(channel), "\"" + Text.visible(file.toString()) + "\"", null);
  }
}
