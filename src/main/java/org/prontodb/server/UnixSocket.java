package org.prontodb.server;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/**
 * The place of a socket in the file system. The socket is made in a folder that nobody else can
 * enter, given mode 0600, and only then moved to its place, so that there is no moment at which
 * others could connect.
 */
final class UnixSocket implements AutoCloseable {
  /** What the address of a socket holds, in bytes, without the NUL at its end: unix(7). */
  private static final int LONGEST = 107;

  private static final String NAME = "s";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path place;
  private final Path folder;

  /** Which file the socket is, once it is in its place. */
  private Object identity;

  private UnixSocket(Path place, Path folder) {
    this.place = place;
    this.folder = folder;
  }

  /**
   * Prepares a socket; what a dead server left at its place is no obstacle.
   *
   * @throws ProntoException if something else is there, or a server that answers
   */
  static UnixSocket at(Path place) {
    if (length(place) > LONGEST) {
      throw refused(
          place,
          "has a path of %d bytes, more than the %d that can be connected to"
              .formatted(length(place), LONGEST),
          "choose a shorter path, as in /run/prontodb/http.sock",
          null);
    }
    checkFree(place);
    return new UnixSocket(place, makeFolder(place));
  }

  /** A folder beside the socket for its owner alone, with a short name: its path counts, too. */
  private static Path makeFolder(Path place) {
    while (true) {
      Path folder = place.toAbsolutePath().resolveSibling(".p" + RANDOM.nextInt(10_000));
      if (length(folder.resolve(NAME)) > LONGEST) {
        throw refused(place, "is in a folder with too long a path", "choose another folder", null);
      }
      try {
        Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rwx------");
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(owner));
        // What the umask has taken from it.
        Files.setPosixFilePermissions(folder, owner);
        return folder;
      } catch (FileAlreadyExistsException e) {
        continue;
      } catch (IOException e) {
        throw refused(place, "can not be made: its folder can not be written", null, e);
      }
    }
  }

  private static int length(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private static void checkFree(Path place) {
    BasicFileAttributes there;
    try {
      there = Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      return;
    }
    if (!there.isOther()) {
      throw refused(place, "is there already and is no socket", "choose another path", null);
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(place));
    } catch (IOException e) {
      return;
    }
    throw refused(
        place, "is in use by another server", "stop that one, or choose another path", null);
  }

  /** Where to bind it. */
  Path binding() {
    return folder.resolve(NAME);
  }

  /** Opens it to its owner, now that it is bound. */
  void publish() {
    try {
      Files.setPosixFilePermissions(binding(), PosixFilePermissions.fromString("rw-------"));
      identity = identity(binding());
      Files.move(binding(), place, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(folder);
    } catch (IOException e) {
      throw refused(place, "can not be made", null, e);
    }
  }

  private static Object identity(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  /**
   * Takes it away, unless another server's is there by now. To be called while it still listens: a
   * place that does not answer any more may be taken by a successor.
   */
  @Override
  public void close() {
    try {
      if (identity != null && identity.equals(identity(place))) {
        Files.delete(place);
      }
    } catch (IOException e) {
      // A socket without a server is no obstacle to the next one.
      return;
    } finally {
      identity = null;
    }
  }

  /** Removes what was made for a socket that did not come into its place. */
  void removeFolder() {
    try {
      Files.deleteIfExists(binding());
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // An empty folder that stays behind harms nobody.
      return;
    }
  }

  private static ProntoException refused(Path place, String what, String hint, IOException cause) {
    return new ProntoException(
        Problem.of(Kind.FAILED, "socket \"" + Text.visible(place.toString()) + "\" " + what, hint),
        cause);
  }
}
