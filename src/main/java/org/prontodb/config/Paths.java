package org.prontodb.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.prontodb.model.PathWord;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;

/**
 * Where everything is kept for one user. The XDG variables replace the folders in {@code ~/.local};
 * as the XDG rules have it, one that is empty or no absolute path counts as not set.
 */
public final class Paths {
  private static final String OURS = "odx/prontodb";

  private final Map<String, String> environment;

  public Paths(Map<String, String> environment) {
    this.environment = environment;
  }

  /** {@code pronto.conf}, whether it is there or not. */
  public Path configurationFile() {
    return configurationFolder().resolve("pronto.conf");
  }

  public Path configurationFolder() {
    return folder("XDG_CONFIG_HOME", "etc").resolve(OURS);
  }

  /** The database where no other is named. */
  public Path database() {
    return dataFolder().resolve("pronto.db");
  }

  public Path dataFolder() {
    return folder("XDG_DATA_HOME", "data").resolve(OURS);
  }

  /** The folder that holds the installed program. */
  public Path runtimeFolder() {
    return folder("XDG_LIB_HOME", "lib").resolve(OURS);
  }

  /** The installed command. */
  public Path launcher() {
    return folder("XDG_BIN_HOME", "bin").resolve("prontodb");
  }

  /** The user's home folder. */
  public Path home() {
    return absolute("HOME")
        .orElseThrow(
            () ->
                Problem.of(
                        Kind.FAILED,
                        "no home folder is known: HOME is not set to an absolute path",
                        "set HOME, or name the database with -d FILE")
                    .asException());
  }

  /** Whether there can be a {@code pronto.conf}: without a home folder nobody has one. */
  public boolean hasConfigurationFolder() {
    return absolute("XDG_CONFIG_HOME").isPresent() || absolute("HOME").isPresent();
  }

  private Path folder(String variable, String inLocal) {
    return absolute(variable).orElseGet(() -> home().resolve(".local").resolve(inLocal));
  }

  private Optional<Path> absolute(String variable) {
    String value = environment.getOrDefault(variable, "");
    return value.startsWith("/")
        ? Optional.of(PathWord.ofVariable(variable, value))
        : Optional.empty();
  }
}
