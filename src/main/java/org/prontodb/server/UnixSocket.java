package org.prontodb.server;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
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
  private final Path place;
  private final Path folder;
  private boolean published;

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
    checkFree(place);
    try {
      Path beside = place.toAbsolutePath().getParent();
      return new UnixSocket(
          place,
          Files.createTempDirectory(
              beside,
              ".p",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
    } catch (IOException e) {
      throw refused(place, "can not be made: its folder can not be written", null, e);
    }
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
    return folder.resolve("s");
  }

  /** Opens it to its owner, now that it is bound. */
  void publish() {
    try {
      Files.setPosixFilePermissions(binding(), PosixFilePermissions.fromString("rw-------"));
      Files.move(binding(), place, StandardCopyOption.ATOMIC_MOVE);
      published = true;
      Files.delete(folder);
    } catch (IOException e) {
      throw refused(place, "can not be made", null, e);
    }
  }

  /** Takes it away. */
  @Override
  public void close() {
    try {
      if (published) {
        Files.deleteIfExists(place);
      }
      Files.deleteIfExists(binding());
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // A socket without a server is no obstacle to the next one.
      return;
    }
  }

  private static ProntoException refused(Path place, String what, String hint, IOException cause) {
    return new ProntoException(
        Problem.of(Kind.FAILED, "socket \"" + Text.visible(place.toString()) + "\" " + what, hint),
        cause);
  }
}
