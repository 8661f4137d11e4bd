package org.prontodb.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/**
 * What the file system says of a file, as far as a write into the file changes it.
 *
 * @param identity device and inode
 * @param size in bytes
 * @param modified when the content was last written; the owner of a file can set it back
 * @param changed when the content or the inode was last changed; only the kernel sets it
 */
record FileState(Object identity, long size, FileTime modified, FileTime changed) {

  static FileState of(Path file) throws IOException {
    Map<String, Object> attributes =
        Files.readAttributes(file, "unix:fileKey,size,lastModifiedTime,ctime");
    return new FileState(
        attributes.get("fileKey"),
        (long) attributes.get("size"),
        (FileTime) attributes.get("lastModifiedTime"),
        (FileTime) attributes.get("ctime"));
  }
}
