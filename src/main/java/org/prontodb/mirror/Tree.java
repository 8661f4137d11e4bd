package org.prontodb.mirror;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.prontodb.files.OwnerOnly;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/**
 * The folder that a mirror is kept in, and what is done with files in it. Every folder is opened
 * from the one above it and no link is followed, so that nothing outside is read or written even if
 * another process exchanges a folder for a link meanwhile.
 */
final class Tree implements AutoCloseable {
  /** The largest value, each byte an escape of six characters, and room for its label. */
  private static final long MAX_FILE_BYTES = 400L << 20;

  private static final int OPEN_FOLDERS = 64;

  /** A file on its way to its place; there is one at a time. */
  private static final String UNFINISHED = ".prontodb-file.part";

  private static final LinkOption NOFOLLOW = LinkOption.NOFOLLOW_LINKS;

  private final Path top;
  private final SecureDirectoryStream<Path> root;
  private final boolean durable;
  private boolean writing;

  /** Whether the umask takes from a new file what its owner needs; null while that is not known. */
  private Boolean masksOwner;

  /** The folders used last, by their path from the top. */
  private final Map<String, SecureDirectoryStream<Path>> open =
      new LinkedHashMap<>(128, 0.75f, true);

  /** What is in a folder. */
  record Item(String name, Type type) {
    enum Type {
      FILE,
      FOLDER,
      LINK,
      OTHER
    }
  }

  private Tree(Path top, boolean durable) throws IOException {
    this.durable = durable;
    this.top = top.toRealPath();
    this.root = secure(Files.newDirectoryStream(this.top));
  }

  /** The tree in {@code folder}, which has to be there. */
  static Tree open(Path folder) throws IOException {
    return open(folder, false);
  }

  private static Tree open(Path folder, boolean durable) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw Problem.of(
              Kind.FAILED,
              (Files.exists(folder) ? "this is no folder: " : "there is no folder ")
                  + Text.visible(folder.toString()))
          .asException();
    }
    return new Tree(folder, durable);
  }

  /**
   * The tree in {@code folder}, which is made if it is missing, for its owner alone.
   *
   * @param durable whether no file gets its name before its content is on the disk
   */
  static Tree create(Path folder, boolean durable) throws IOException {
    if (!Files.exists(folder)) {
      OwnerOnly.createFolders(folder);
    }
    return open(folder, durable);
  }

  private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> folder) {
    if (folder instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    throw Problem.of(
            Kind.FAILED,
            "this file system can not open a folder without following links",
            "keep the mirror on a local file system")
        .asException();
  }

  /** A file's bytes, or null if there is no such file. */
  byte[] read(TreePath path) throws IOException {
    SecureDirectoryStream<Path> folder = folder(path.folders(), false);
    return folder == null ? null : read(folder, path.file(), path.toString());
  }

  private static byte[] read(SecureDirectoryStream<Path> folder, String file, String shown)
      throws IOException {
    BasicFileAttributes attributes = attributes(folder, file);
    if (attributes == null) {
      return null;
    }
    if (!attributes.isRegularFile()) {
      throw notA("file", attributes, shown);
    }
    if (attributes.size() > MAX_FILE_BYTES) {
      throw Problem.of(
              Kind.CONTENT,
              Text.visible(shown) + " has " + attributes.size() + " bytes, too many for a record")
          .asException();
    }
    try (SeekableByteChannel channel =
        folder.newByteChannel(Path.of(file), Set.of(StandardOpenOption.READ, NOFOLLOW))) {
      ByteBuffer bytes = ByteBuffer.allocate((int) attributes.size());
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
      if (bytes.hasRemaining() || channel.size() > bytes.capacity()) {
        throw Problem.of(
                Kind.FAILED, Text.visible(shown) + " has changed while it was read", "try again")
            .asException();
      }
      return bytes.array();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Puts a file into its place: it is there as a whole or not at all. */
  void write(TreePath path, byte[] bytes) throws IOException {
    SecureDirectoryStream<Path> folder = folder(path.folders(), true);
    if (!writing) {
      deleteIfThere(UNFINISHED);
      writing = true;
    }
    try (FileChannel channel = newChannel(UNFINISHED)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      if (durable) {
        channel.force(true);
      }
    }
    root.move(Path.of(UNFINISHED), folder, Path.of(path.file()));
  }

  /** Removes a file, and the folders that are empty then. */
  void delete(TreePath path) throws IOException {
    SecureDirectoryStream<Path> folder = folder(path.folders(), false);
    if (folder == null) {
      return;
    }
    folder.deleteFile(Path.of(path.file()));
    List<String> folders = path.folders();
    while (!folders.isEmpty() && deleteIfEmpty(folders)) {
      folders = folders.subList(0, folders.size() - 1);
    }
  }

  private boolean deleteIfEmpty(List<String> folders) throws IOException {
    List<String> above = folders.subList(0, folders.size() - 1);
    try {
      folder(above, false).deleteDirectory(Path.of(folders.getLast()));
    } catch (DirectoryNotEmptyException e) {
      return false;
    }
    SecureDirectoryStream<Path> gone = open.remove(String.join("/", folders));
    if (gone != null) {
      gone.close();
    }
    return true;
  }

  /** What is in a folder, in no order, but for what begins with a dot; empty if there is none. */
  List<Item> list(List<String> folders) throws IOException {
    List<Item> items = new ArrayList<>();
    try (SecureDirectoryStream<Path> folder = unread(folders)) {
      if (folder == null) {
        return items;
      }
      for (Path entry : folder) {
        Path name = entry.getFileName();
        if (name.toString().startsWith(".")) {
          continue;
        }
        BasicFileAttributes attributes = attributes(folder, name);
        if (attributes != null) {
          items.add(new Item(name.toString(), type(attributes)));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return items;
  }

  private static Item.Type type(BasicFileAttributes attributes) {
    if (attributes.isRegularFile()) {
      return Item.Type.FILE;
    }
    if (attributes.isDirectory()) {
      return Item.Type.FOLDER;
    }
    return attributes.isSymbolicLink() ? Item.Type.LINK : Item.Type.OTHER;
  }

  /** Opens a folder for a walk through it, which can be done once with each opening. */
  private SecureDirectoryStream<Path> unread(List<String> folders) throws IOException {
    if (folders.isEmpty()) {
      return secure(Files.newDirectoryStream(top));
    }
    SecureDirectoryStream<Path> above = folder(folders.subList(0, folders.size() - 1), false);
    return above == null ? null : child(above, folders);
  }

  /** Refuses if a folder is something else, or a link; that it is missing is no fault. */
  void check(List<String> folders) throws IOException {
    folder(folders, false);
  }

  /**
   * Opens a file at the top, or answers null if there is none.
   *
   * @param options besides that no link is followed
   */
  FileChannel open(String name, OpenOption... options) throws IOException {
    BasicFileAttributes attributes = attributes(root, name);
    if (attributes == null) {
      return null;
    }
    if (!attributes.isRegularFile()) {
      throw notA("file", attributes, name);
    }
    Set<OpenOption> all = new HashSet<>(Set.of(options));
    all.add(NOFOLLOW);
    return (FileChannel) root.newByteChannel(Path.of(name), all);
  }

  /** Makes a file at the top, which must not be there. */
  FileChannel newChannel(String name) throws IOException {
    FileChannel channel =
        (FileChannel)
            root.newByteChannel(
                Path.of(name),
                Set.of(
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    NOFOLLOW),
                OwnerOnly.file());
    try {
      openToOwner(Path.of(name));
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void openToOwner(Path file) throws IOException {
    if (Boolean.FALSE.equals(masksOwner)) {
      return;
    }
    PosixFileAttributeView view =
        root.getFileAttributeView(file, PosixFileAttributeView.class, NOFOLLOW);
    Set<PosixFilePermission> wanted = OwnerOnly.file().value();
    if (masksOwner == null) {
      masksOwner = !view.readAttributes().permissions().equals(wanted);
    }
    if (masksOwner) {
      view.setPermissions(wanted);
    }
  }

  /** Gives a file at the top another name, in the place of what has it. */
  void rename(String name, String newName) throws IOException {
    root.move(Path.of(name), root, Path.of(newName));
  }

  boolean isThere(String name) throws IOException {
    return attributes(root, name) != null;
  }

  void deleteIfThere(String name) throws IOException {
    if (isThere(name)) {
      root.deleteFile(Path.of(name));
    }
  }

  private SecureDirectoryStream<Path> folder(List<String> folders, boolean create)
      throws IOException {
    if (folders.isEmpty()) {
      return root;
    }
    String path = String.join("/", folders);
    SecureDirectoryStream<Path> known = open.get(path);
    if (known != null) {
      return known;
    }
    SecureDirectoryStream<Path> above = folder(folders.subList(0, folders.size() - 1), create);
    if (above == null) {
      return null;
    }
    SecureDirectoryStream<Path> folder = child(above, folders);
    if (folder == null && create) {
      make(path);
      folder = child(above, folders);
      if (folder == null) {
        throw new NoSuchFileException(path);
      }
    }
    if (folder != null) {
      keep(path, folder);
    }
    return folder;
  }

  /**
   * Java can not make a folder relative to an open one. If another process has exchanged a folder
   * above, the new one is empty and somewhere else, and is not found in its place afterwards.
   */
  private void make(String path) throws IOException {
    try {
      OwnerOnly.createFolder(top.resolve(path));
    } catch (FileAlreadyExistsException e) {
      // another process was quicker
    }
  }

  private static SecureDirectoryStream<Path> child(
      SecureDirectoryStream<Path> above, List<String> folders) throws IOException {
    String name = folders.getLast();
    BasicFileAttributes attributes = attributes(above, name);
    if (attributes == null) {
      return null;
    }
    if (!attributes.isDirectory()) {
      throw notA("folder", attributes, String.join("/", folders));
    }
    return above.newDirectoryStream(Path.of(name), NOFOLLOW);
  }

  private void keep(String path, SecureDirectoryStream<Path> folder) throws IOException {
    open.put(path, folder);
    if (open.size() > OPEN_FOLDERS) {
      var eldest = open.entrySet().iterator();
      SecureDirectoryStream<Path> unused = eldest.next().getValue();
      eldest.remove();
      unused.close();
    }
  }

  private static BasicFileAttributes attributes(SecureDirectoryStream<Path> folder, String name)
      throws IOException {
    return attributes(folder, Path.of(name));
  }

  /** Of the file itself, not of what a link leads to; null if there is none. */
  private static BasicFileAttributes attributes(SecureDirectoryStream<Path> folder, Path name)
      throws IOException {
    try {
      return folder
          .getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW)
          .readAttributes();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static ProntoException notA(String wanted, BasicFileAttributes attributes, String shown) {
    return refusal(shown, type(attributes), wanted);
  }

  /** What to say of something that is in a record's way. */
  static ProntoException refusal(String shown, Item.Type type, String wanted) {
    String what =
        switch (type) {
          case LINK -> "a symbolic link";
          case FOLDER -> "a folder";
          case FILE -> "a file";
          case OTHER -> "neither a file nor a folder";
        };
    return Problem.of(
            Kind.FAILED,
            Text.visible(shown) + " is " + what + " where a " + wanted + " is expected",
            type == Item.Type.LINK
                ? "links are not followed: put what it leads to in its place, or take it away"
                : "take it away")
        .asException();
  }

  @Override
  public void close() throws IOException {
    try (root) {
      for (SecureDirectoryStream<Path> folder : open.values()) {
        folder.close();
      }
      if (writing) {
        deleteIfThere(UNFINISHED);
      }
    }
  }
}
