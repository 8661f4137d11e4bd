package org.prontodb.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Files and folders that only their owner may use, whatever the umask says: 0600 and 0700. The
 * system takes the umask from the mode that something is made with, which may leave a folder that
 * its owner can not use.
 */
public final class OwnerOnly {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private OwnerOnly() {}

  /** What a file is to be made with. */
  public static FileAttribute<Set<PosixFilePermission>> file() {
    return PosixFilePermissions.asFileAttribute(FILE);
  }

  /**
   * Opens a file; one that is made for that has the mode at once and for good.
   *
   * @param options with {@code CREATE_NEW}
   */
  public static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
    FileChannel channel = FileChannel.open(file, options, file());
    try {
      Files.setPosixFilePermissions(file, FILE);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Makes an empty file where nothing is. */
  public static void createFile(Path file) throws IOException {
    Files.createFile(file, file());
    Files.setPosixFilePermissions(file, FILE);
  }

  /** Restricts a file that is there. */
  public static void restrict(Path file) throws IOException {
    Files.setPosixFilePermissions(file, FILE);
  }

  /**
   * Makes a folder where nothing is.
   *
   * @throws FileAlreadyExistsException if something is
   */
  public static void createFolder(Path folder) throws IOException {
    Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
    Files.setPosixFilePermissions(folder, FOLDER);
  }

  /**
   * Makes a folder and those above it, as far as they are missing.
   *
   * @return those that were missing, from the top
   */
  public static List<Path> createFolders(Path folder) throws IOException {
    List<Path> missing = new ArrayList<>();
    for (Path path = folder.toAbsolutePath();
        path != null && !Files.isDirectory(path);
        path = path.getParent()) {
      missing.addFirst(path);
    }
    for (Path path : missing) {
      try {
        createFolder(path);
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(path)) {
          throw e;
        }
        // another process has made it meanwhile
      }
    }
    return missing;
  }
}
