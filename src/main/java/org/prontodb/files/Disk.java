package org.prontodb.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Brings what was written to the disk, so that it outlives the machine's power supply. */
public final class Disk {
  private Disk() {}

  /** Returns when the file's content is on the disk. */
  public static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Returns when the names of the folder are on the disk, where the file system can tell. */
  public static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      if (!isWithoutSync(e)) {
        throw e;
      }
    }
  }

  /** EINVAL and ENOTSUP, of file systems over a network for the most part. */
  private static boolean isWithoutSync(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.contains("Invalid argument") || message.contains("not supported");
  }
}
