package org.prontodb.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.prontodb.config.DatabaseLocation;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;
import org.prontodb.store.Store;
import org.prontodb.store.StoreOptions;
import org.prontodb.store.StoreProvider;
import org.prontodb.store.sqlite.SqliteOptions;
import org.prontodb.store.sqlite.SqliteStore;

/**
 * Finds the store of a location. Files are SQLite's and opened at once, which keeps the start of a
 * command short; what a URL names is looked for among the services of this program and of the jars
 * in the folder {@code plugins} of its runtime.
 */
final class Stores {
  private Stores() {}

  /** The file itself that a path leads to; null where the database is no file. */
  static Path file(DatabaseLocation location) {
    return switch (location) {
      case DatabaseLocation.File(Path path) -> SqliteStore.locate(path);
      case DatabaseLocation.Url url -> null;
    };
  }

  /**
   * The store at a location, which the first write creates.
   *
   * @throws ProntoException with kind USAGE if the scheme of its URL is not known
   */
  static Store open(DatabaseLocation location, StoreOptions options) {
    return switch (location) {
      case DatabaseLocation.File(Path path) ->
          SqliteStore.open(
              SqliteStore.locate(path),
              new SqliteOptions(
                  options.busyTimeoutMillis(), options.durable(), options.adminPassword()));
      case DatabaseLocation.Url url -> provider(url.scheme()).open(url.url(), options);
    };
  }

  private static StoreProvider provider(String scheme) {
    TreeSet<String> known = new TreeSet<>(List.of(DatabaseLocation.SQLITE));
    try {
      for (StoreProvider provider : ServiceLoader.load(StoreProvider.class, plugins())) {
        if (provider.schemes().contains(scheme)) {
          return provider;
        }
        known.addAll(provider.schemes());
      }
    } catch (ServiceConfigurationError e) {
      throw new ProntoException(
          Problem.of(
              Kind.FAILED,
              "a plugin can not be loaded: " + Text.visible(String.valueOf(e.getMessage())),
              "look at the jars in " + Text.visible(pluginFolder().toString())),
          e);
    }
    throw Problem.of(
            Kind.USAGE,
            "there is no kind of database with URLs that begin with \"" + scheme + ":\"",
            "known are a path and "
                + String.join(":, ", known)
                + ":; a file of that name is written ./"
                + scheme
                + ":…")
        .asException();
  }

  private static Path pluginFolder() {
    return Path.of(System.getProperty("java.home"), "plugins");
  }

  private static ClassLoader plugins() {
    ClassLoader own = StoreProvider.class.getClassLoader();
    try (Stream<Path> files = Files.list(pluginFolder())) {
      List<URL> jars = new ArrayList<>();
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
        jars.add(jar.toUri().toURL());
      }
      return new URLClassLoader(jars.toArray(URL[]::new), own);
    } catch (NoSuchFileException e) {
      return own;
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
