package org.prontodb.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.prontodb.config.Paths;
import org.prontodb.config.Setting;
import org.prontodb.files.OwnerOnly;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/**
 * The program in the user's home: a copy of the runtime image, a launcher on the path, and a
 * configuration file. Each method can be called again and then does what is left to do; each
 * answers in sentences what it did.
 */
public final class Installation {
  /** Stands in the launcher, which is how one of ours is told from another program. */
  private static final String MARK = "# Starts ProntoDB";

  /** The launcher's line that finds the image; an installed one has the place written into it. */
  private static final String HOME_LINE = "home=${0%/*}/..";

  /** A file of the image that packages of operating systems have: see src/dist/deb.sh. */
  private static final String PACKAGE_MARK = "lib/packaged";

  private static final int ATTEMPTS = 20;

  private final Paths paths;
  private final InstalledFolders folders;
  private final Path image;

  /**
   * @param image the runtime image that this process runs from, or any other folder if it does not
   */
  public Installation(Paths paths, Path image) {
    this.paths = paths;
    this.folders = new InstalledFolders(paths);
    this.image = image;
  }

  /**
   * Copies the image, writes the launcher, and writes a configuration file where there is none. The
   * first two are left out where a package of the operating system has installed the program.
   *
   * @throws ProntoException if this process has no image, the launcher's place is taken, or the
   *     folders are not separate
   */
  public List<String> install() {
    return telling(
        said -> {
          folders.requireSeparate();
          folders.requireNoDatabaseInProgram();
          String launcher = launcherOfImage();
          if (!isOfPackage()) {
            refuseForeignLauncher();
            copyImage(said);
            writeLauncher(launcher, said);
          }
          writeConfiguration(said);
        });
  }

  /** Whether a package of the operating system has put the program where it runs. */
  public boolean isOfPackage() {
    return Files.exists(image.resolve(PACKAGE_MARK));
  }

  /** Removes the launcher and the copy of the image, and leaves configuration and data. */
  public List<String> uninstall() {
    return telling(
        said -> {
          folders.requireSeparate();
          folders.requireNoDatabaseInProgram();
          if (isOurs(paths.launcher())) {
            Files.deleteIfExists(paths.launcher());
            said.add("removed " + shown(paths.launcher()));
          }
          remove(paths.runtimeFolder(), said);
        });
  }

  /**
   * The folders that {@link #purge} would remove.
   *
   * @throws ProntoException if it would leave something of them, or remove something else
   */
  public List<Path> purgeable() throws IOException {
    folders.requireSeparate();
    folders.requireRemovable();
    return Stream.of(paths.configurationFolder(), paths.dataFolder())
        .filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  /** Removes configuration and data at their default paths, whatever other database is in use. */
  public List<String> purge() {
    return telling(
        said -> {
          for (Path folder : purgeable()) {
            remove(folder, said);
          }
        });
  }

  private String launcherOfImage() throws IOException {
    Path launcher = image.resolve("bin/prontodb");
    if (!isOurs(launcher)) {
      throw Problem.of(
              Kind.FAILED,
              "this program does not run from a runtime image, so there is nothing to install",
              "run bin/build.sh, then target/prontodb/bin/prontodb install")
          .asException();
    }
    return Files.readString(launcher);
  }

  private void refuseForeignLauncher() throws IOException {
    Path place = paths.launcher();
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS) && !isOurs(place)) {
      throw Problem.of(
              Kind.FAILED,
              shown(place) + " is another program",
              "move it away, or choose another folder with XDG_BIN_HOME")
          .asException();
    }
  }

  private void copyImage(List<String> said) throws IOException {
    Path target = paths.runtimeFolder();
    if (isInstalled(target)) {
      return;
    }
    FileTree.createFolder(target.getParent());
    // Beside its place, so that it gets there whole, and a start in between finds the old one.
    Path fresh = Files.createTempDirectory(target.getParent(), "prontodb.");
    try {
      Path copy = fresh.resolve("new");
      new FileTree(image).copyTo(copy);
      for (int attempt = 1; !isInstalled(target); attempt++) {
        try {
          putInPlace(copy, target, fresh.resolve("old" + attempt), said);
        } catch (FileSystemException e) {
          // Another installation has just taken the place, or cleared it.
          if (attempt == ATTEMPTS) {
            throw e;
          }
        }
      }
    } finally {
      new FileTree(fresh).delete();
    }
  }

  private boolean isInstalled(Path target) throws IOException {
    try {
      return Files.exists(target)
          && (Files.isSameFile(image, target)
              || new FileTree(image).looksLike(new FileTree(target)));
    } catch (NoSuchFileException | UncheckedIOException e) {
      return false; // somebody is removing it
    }
  }

  private static void putInPlace(Path copy, Path target, Path old, List<String> said)
      throws IOException {
    boolean exists = Files.exists(target);
    if (exists) {
      Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE);
    said.add((exists ? "replaced " : "copied the program to ") + shown(target));
  }

  private void writeLauncher(String launcher, List<String> said) throws IOException {
    Path place = paths.launcher();
    String quoted = "'" + paths.runtimeFolder().toString().replace("'", "'\\''") + "'";
    String text = launcher.replace(HOME_LINE, "home=" + quoted);
    if (Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
        && Files.readString(place).equals(text)) {
      return;
    }
    FileTree.createFolder(place.getParent());
    Path fresh = Files.createTempFile(place.getParent(), "prontodb.", "");
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(fresh, text);
    Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
    said.add("wrote the launcher " + shown(place));
  }

  private void writeConfiguration(List<String> said) throws IOException {
    Path file = paths.configurationFile();
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    FileTree.createFolder(file.getParent());
    StringBuilder text = new StringBuilder("# Settings of ProntoDB. Lines that begin with # are ");
    text.append("the defaults.\n");
    for (Setting setting : Setting.values()) {
      text.append("\n# ").append(setting.help()).append(": ").append(setting.form()).append('\n');
      text.append("# ").append(setting.key()).append('=');
      text.append(setting.standard().orElseGet(() -> paths.database().toString())).append('\n');
    }
    try {
      OwnerOnly.createFile(file);
    } catch (FileAlreadyExistsException e) {
      return; // another installation writes the same
    }
    Files.writeString(file, text);
    said.add("wrote " + shown(file));
  }

  /** Whether there is a launcher of ours, or a link to one, also one whose image is gone. */
  private static boolean isOurs(Path launcher) throws IOException {
    return Files.isRegularFile(launcher)
        ? Files.size(launcher) < 100_000 && Files.readString(launcher).contains(MARK)
        : Files.isSymbolicLink(launcher)
            && Files.readSymbolicLink(launcher).endsWith(Path.of("bin/prontodb"));
  }

  private static void remove(Path folder, List<String> said) throws IOException {
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      new FileTree(folder).delete();
      said.add("removed " + shown(folder));
    }
  }

  private interface Work {
    void into(List<String> said) throws IOException;
  }

  private static List<String> telling(Work work) {
    List<String> said = new ArrayList<>();
    try {
      work.into(said);
    } catch (IOException e) {
      throw failed(e, e.getMessage());
    } catch (UncheckedIOException e) {
      throw failed(e, e.getCause().getMessage());
    }
    return said;
  }

  private static ProntoException failed(Exception cause, String message) {
    return new ProntoException(
        Problem.of(
            Kind.FAILED,
            "not everything could be done: " + Text.visible(String.valueOf(message)),
            "run it again when that is mended: it does what is left to do"),
        cause);
  }

  private static String shown(Path path) {
    return Text.visible(path.toString());
  }
}
