package org.prontodb.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/**
 * Which files one command reads and writes. A file that it writes is used for nothing else: not as
 * the database, not as an input, and not for two outputs, by whatever names, links or redirections.
 * So each output is reported here before it is opened.
 *
 * <p>Only regular files can lose anything: two outputs may be the same pipe, terminal or device.
 */
public final class FileUse {
  /** What SQLite keeps beside a database. */
  private static final List<String> COMPANIONS = List.of("-wal", "-shm", "-journal");

  private final List<Use> inputs = new ArrayList<>();
  private final List<Use> outputs = new ArrayList<>();

  /**
   * @param name what messages call it
   * @param identity equal for two names of the same file
   */
  private record Use(String name, Path file, Object identity) {
    boolean isSameAs(Use other) {
      if (identity.equals(other.identity)) {
        return true;
      }
      // What was not there yet may have been made meanwhile, as an output of this command.
      Use now = identity instanceof Place ? use(name, file) : null;
      return now != null && now.identity.equals(other.identity);
    }

    /** Its name rather than that of a descriptor. */
    String place() {
      return file.startsWith("/proc/self/fd") ? "" : Text.visible(file.toString());
    }
  }

  /** What a file will be that is not there yet: a name in a folder. */
  private record Place(Object folder, String name) {

    // Written out, since the JVM would make a record's own when it is first called, which costs a
    // start 10 ms.
    @Override
    public boolean equals(Object other) {
      return other instanceof Place place && folder.equals(place.folder) && name.equals(place.name);
    }

    @Override
    public int hashCode() {
      return 31 * folder.hashCode() + name.hashCode();
    }
  }

  /** As {@link #input}, for a database and the files that belong to it. */
  public void database(Path file) {
    input("the database", file);
    List<Path> names = new ArrayList<>(List.of(file));
    try {
      names.add(file.toRealPath());
    } catch (IOException e) {
      // It is not there yet, or can not be reached, and so is no link that leads somewhere.
    }
    for (Path name : names) {
      for (String companion : COMPANIONS) {
        Path beside = name.resolveSibling(name.getFileName() + companion);
        input("a file of the database", beside);
      }
    }
  }

  /**
   * The command reads this file.
   *
   * @param name what messages call it
   * @throws ProntoException with kind USAGE if it is an output, too
   */
  public void input(String name, Path file) {
    Use input = use(name, file);
    if (input != null) {
      refuseSame(input, outputs);
      inputs.add(input);
    }
  }

  /**
   * The command will write this file, which need not be there.
   *
   * @param name what messages call it
   * @throws ProntoException with kind USAGE if it is something else, too
   */
  public void output(String name, Path file) {
    Use output = use(name, file);
    if (output != null) {
      refuseSame(output, inputs);
      refuseSame(output, outputs);
      outputs.add(output);
    }
  }

  private static void refuseSame(Use one, List<Use> others) {
    for (Use other : others) {
      if (other.isSameAs(one)) {
        String place = one.place().isEmpty() ? other.place() : one.place();
        throw Problem.of(
                Kind.USAGE,
                "%s and %s are the same file".formatted(one.name(), other.name())
                    + (place.isEmpty() ? "" : ": \"" + place + "\""),
                "write to another file")
            .asException();
      }
    }
  }

  /** Null if nothing can get lost. */
  private static Use use(String name, Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        return null;
      }
      Object key = attributes.fileKey();
      return new Use(name, file, key == null ? file.toRealPath() : key);
    } catch (NoSuchFileException e) {
      return new Use(name, file, place(file));
    } catch (IOException e) {
      // What can not be looked at can not be opened either.
      return null;
    }
  }

  private static Object place(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    Path name = absolute.getFileName();
    if (folder == null || name == null) {
      return absolute;
    }
    try {
      Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
      return new Place(key == null ? folder.toRealPath() : key, name.toString());
    } catch (IOException e) {
      return absolute;
    }
  }
}
