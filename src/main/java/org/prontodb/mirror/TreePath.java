package org.prontodb.mirror;

import java.util.List;

/**
 * The place of a record's file in a tree.
 *
 * @param folders from the tree's top: the project, the namespace, and the context if there is one
 * @param file the file's name
 */
record TreePath(List<String> folders, String file) {

  /** Whether a name on the way is a hash, so that the file has to say whose it is. */
  boolean isHashed() {
    return FileNames.isHashed(file) || folders.stream().anyMatch(FileNames::isHashed);
  }

  /** As the user sees it. */
  @Override
  public String toString() {
    return String.join("/", folders) + "/" + file;
  }
}
