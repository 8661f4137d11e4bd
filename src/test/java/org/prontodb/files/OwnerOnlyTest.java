package org.prontodb.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyTest {
  @TempDir Path folder;

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void folders_and_files_are_for_their_owner() throws Exception {
    Path inner = folder.resolve("a/b/c");
    assertEquals(
        List.of(folder.resolve("a"), folder.resolve("a/b"), inner), OwnerOnly.createFolders(inner));
    assertEquals("rwx------", mode(folder.resolve("a")));
    assertEquals("rwx------", mode(inner));
    Path file = inner.resolve("f");
    OwnerOnly.createFile(file);
    assertEquals("rw-------", mode(file));
    assertEquals(List.of(), OwnerOnly.createFolders(inner));
  }
}
