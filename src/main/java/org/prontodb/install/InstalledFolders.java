package org.prontodb.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.prontodb.config.Paths;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/** Refuses to install into or remove folders in which something else would be lost with them. */
record InstalledFolders(Paths paths) {

  /**
   * A folder of the installation, or the launcher.
   *
   * @param variable moves it elsewhere
   */
  private record Place(String what, String variable, Path path) {}

  /**
   * Refuses folders that coincide or lie within each other: what removes or replaces one would
   * remove the other.
   */
  void requireSeparate() {
    List<Place> places =
        List.of(
            new Place("the configuration", "XDG_CONFIG_HOME", paths.configurationFolder()),
            new Place("the data", "XDG_DATA_HOME", paths.dataFolder()),
            new Place("the program", "XDG_LIB_HOME", paths.runtimeFolder()),
            new Place("the launcher", "XDG_BIN_HOME", paths.launcher()));
    for (Place one : places) {
      for (Place other : places) {
        if (one != other && real(one.path).startsWith(real(other.path))) {
          throw refused(
              "%s (%s) would lie within the place of %s (%s)"
                  .formatted(one.what, shown(one.path), other.what, shown(other.path)),
              "choose separate folders with %s and %s; nothing was changed"
                  .formatted(one.variable, other.variable));
        }
      }
    }
  }

  /** Refuses to remove or replace the program's folder where a database is kept in it. */
  void requireNoDatabaseInProgram() throws IOException {
    refuseDatabasesIn(paths.runtimeFolder());
  }

  /** Refuses to remove configuration and data where something would be left, or lost with them. */
  void requireRemovable() throws IOException {
    for (Path place : List.of(paths.configurationFolder(), paths.dataFolder(), paths.database())) {
      if (Files.isSymbolicLink(place)) {
        throw refused(
            "%s is a link to %s, and what a link leads to is not removed"
                .formatted(shown(place), shown(Files.readSymbolicLink(place))),
            "remove both by hand; nothing was changed");
      }
    }
    refuseDatabasesIn(paths.configurationFolder());
    refuseDatabasesIn(paths.dataFolder());
  }

  private void refuseDatabasesIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    for (Path database : new FileTree(folder).databases()) {
      if (!isOwn(database)) {
        throw refused(
            "%s is a database, and would be removed with the folder that it is in"
                .formatted(shown(database)),
            "move it to another folder first; nothing was changed");
      }
    }
  }

  /** The default database, its safety copies, and what a killed process left beside it. */
  private boolean isOwn(Path database) {
    String name = database.toString();
    return database.equals(paths.database())
        || name.startsWith(paths.database() + ".")
        || name.startsWith(paths.dataFolder().resolve(".pronto.db.").toString());
  }

  /** The path without links, as far as it is there. */
  private static Path real(Path path) {
    for (Path above = path; above != null; above = above.getParent()) {
      try {
        return above.toRealPath().resolve(above.relativize(path)).normalize();
      } catch (IOException e) {
        // what is above it may be there
      }
    }
    return path.normalize();
  }

  private static ProntoException refused(String message, String hint) {
    return Problem.of(Kind.FAILED, message, hint).asException();
  }

  private static String shown(Path path) {
    return Text.visible(path.toString());
  }
}
