package org.prontodb.mirror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.prontodb.mirror.FileContent.Label;
import org.prontodb.mirror.Tree.Item;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Key;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/**
 * Finds the records' files of a tree: every {@code project/namespace/key.json} and {@code
 * project/namespace/context/key.json}. Other files belong to other programs. A link, and a file
 * whose name is not the one that its key has, are faults.
 */
final class TreeFiles {
  private final Tree tree;
  private final Delimiter delimiter;
  private final Consumer<Problem> faults;

  /**
   * @param delimiter what no name of a project or namespace may hold
   * @param faults takes what is wrong, each with the file's name
   */
  TreeFiles(Tree tree, Delimiter delimiter, Consumer<Problem> faults) {
    this.tree = tree;
    this.delimiter = delimiter;
    this.faults = faults;
  }

  /** The namespaces that have files or folders, in their order. */
  Map<Namespace, NamespaceFolder> namespaces() throws IOException {
    Map<Namespace, NamespaceFolder> namespaces = new TreeMap<>();
    for (Item project : tree.list(List.of())) {
      if (!isFolder(project, project.name())) {
        continue;
      }
      for (Item name : tree.list(List.of(project.name()))) {
        List<String> folders = List.of(project.name(), name.name());
        if (isFolder(name, String.join("/", folders))) {
          NamespaceFolder folder = namespace(folders);
          if (folder != null) {
            namespaces.put(folder.namespace(), folder);
          }
        }
      }
    }
    return namespaces;
  }

  /** The keys of a namespace's files, in their order. */
  byte[][] keys(NamespaceFolder folder) throws IOException {
    List<byte[]> keys = new ArrayList<>();
    for (Item item : tree.list(folder.folders())) {
      if (item.type() == Item.Type.FOLDER) {
        List<String> folders = List.of(folder.project(), folder.name(), item.name());
        for (Item inContext : tree.list(folders)) {
          addKey(folder, new TreePath(folders, inContext.name()), inContext, keys);
        }
      } else {
        addKey(folder, new TreePath(folder.folders(), item.name()), item, keys);
      }
    }
    byte[][] sorted = keys.toArray(byte[][]::new);
    Arrays.sort(sorted, Arrays::compareUnsigned);
    return sorted;
  }

  private void addKey(NamespaceFolder folder, TreePath path, Item item, List<byte[]> keys)
      throws IOException {
    if (!isFile(item, path.toString())) {
      return;
    }
    try {
      keys.add(key(folder, path));
    } catch (ProntoException e) {
      faults.accept(e.problem());
    }
  }

  private boolean isFolder(Item item, String path) {
    refuseLink(item, path);
    return item.type() == Item.Type.FOLDER;
  }

  private boolean isFile(Item item, String path) {
    refuseLink(item, path);
    if (!FileNames.isOfFile(item.name())) {
      return false;
    }
    if (item.type() == Item.Type.OTHER) {
      faults.accept(Tree.refusal(path, item.type(), "file").problem());
    }
    return item.type() == Item.Type.FILE;
  }

  private void refuseLink(Item item, String path) {
    if (item.type() == Item.Type.LINK) {
      boolean file = item.name().endsWith(FileNames.SUFFIX);
      faults.accept(Tree.refusal(path, item.type(), file ? "file" : "folder").problem());
    }
  }

  /** A file of the folder, or of a folder in it, that would be a record's; null if none is. */
  private TreePath firstFile(List<String> folders) throws IOException {
    List<Item> items = tree.list(folders);
    for (Item item : items) {
      if (item.type() == Item.Type.FILE && FileNames.isOfFile(item.name())) {
        return new TreePath(folders, item.name());
      }
    }
    if (folders.size() == 2) {
      for (Item item : items) {
        if (item.type() == Item.Type.FOLDER) {
          TreePath first = firstFile(List.of(folders.get(0), folders.get(1), item.name()));
          if (first != null) {
            return first;
          }
        }
      }
    }
    return null;
  }

  /**
   * The namespace whose folder this is. Null if it can be none's, which is a fault only if there
   * are records in it.
   */
  private NamespaceFolder namespace(List<String> folders) throws IOException {
    try {
      Namespace namespace;
      if (folders.stream().anyMatch(FileNames::isHashed)) {
        TreePath first = firstFile(folders);
        if (first == null) {
          return null;
        }
        Label label = label(first);
        namespace = new Namespace(label.project(), label.namespace());
      } else {
        namespace = new Namespace(word(folders, 0), word(folders, 1));
      }
      Namespace.checkName("project", namespace.project(), delimiter);
      Namespace.checkName("namespace", namespace.name(), delimiter);
      NamespaceFolder folder = NamespaceFolder.of(namespace);
      if (!folder.folders().equals(folders)) {
        throw misnamed(String.join("/", folders), String.join("/", folder.folders()));
      }
      return folder;
    } catch (ProntoException e) {
      if (firstFile(folders) != null) {
        faults.accept(inFile(String.join("/", folders), e.problem()));
      }
      return null;
    }
  }

  private static String word(List<String> folders, int index) {
    return FileNames.wordOfFolder(folders.get(index))
        .orElseThrow(() -> undecodable(folders.get(index)));
  }

  private byte[] key(NamespaceFolder folder, TreePath path) throws IOException {
    byte[] utf8 = path.isHashed() ? label(path).key() : decodedKey(path);
    try {
      Key.ofUtf8(utf8);
    } catch (ProntoException e) {
      throw inFile(path.toString(), e.problem()).asException();
    }
    TreePath canonical = folder.place(utf8).path();
    if (!canonical.equals(path)) {
      throw misnamed(path.toString(), canonical.toString());
    }
    return utf8;
  }

  private static byte[] decodedKey(TreePath path) {
    String base = FileNames.wordOfFile(path.file()).orElseThrow(() -> undecodable(path.toString()));
    if (path.folders().size() == 2) {
      return base.getBytes(StandardCharsets.UTF_8);
    }
    String context =
        FileNames.wordOfFolder(path.folders().get(2))
            .orElseThrow(() -> undecodable(path.toString()));
    return (base + Key.CONTEXT + context).getBytes(StandardCharsets.UTF_8);
  }

  private Label label(TreePath path) throws IOException {
    byte[] bytes = tree.read(path);
    Label label = bytes == null ? null : FileContent.parse(bytes, path.toString()).label();
    if (label == null) {
      throw Problem.of(
              Kind.CONTENT,
              Text.visible(path.toString()) + " does not say whose it is, and its name is a hash",
              "it begins with {\"$key\":…,\"$namespace\":…,\"$project\":…,\"$value\":…}")
          .asException();
    }
    return label;
  }

  private static ProntoException undecodable(String path) {
    return Problem.of(
            Kind.CONTENT,
            Text.visible(path) + " has a '%' that no two hexadecimal digits of UTF-8 follow",
            "a '%' itself is written %25")
        .asException();
  }

  private static ProntoException misnamed(String path, String canonical) {
    return Problem.of(
            Kind.CONTENT,
            Text.visible(path) + " is not where an export would put this",
            "move it to " + Text.visible(canonical))
        .asException();
  }

  /** A fault of an address is one of content here, since it was not typed on a command line. */
  private static Problem inFile(String path, Problem problem) {
    if (problem.kind() != Kind.USAGE) {
      return problem;
    }
    return Problem.of(Kind.CONTENT, Text.visible(path) + ": " + problem.message(), problem.hint());
  }
}
