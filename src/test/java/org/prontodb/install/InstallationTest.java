package org.prontodb.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.prontodb.config.Paths;
import org.prontodb.model.ProntoException;

/** Installations into the same home at the same time. */
class InstallationTest {
  private static final int AT_ONCE = 8;

  @TempDir Path folder;
  private Path image;
  private Paths paths;

  @BeforeEach
  void makeImage() throws IOException {
    image = folder.resolve("image");
    Files.createDirectories(image.resolve("bin"));
    Files.createDirectories(image.resolve("lib"));
    Files.writeString(
        image.resolve("bin/prontodb"), "#!/bin/sh\n# Starts ProntoDB\nhome=${0%/*}/..\n");
    for (int i = 0; i < 50; i++) {
      Files.writeString(image.resolve("lib/part" + i), "x".repeat(20_000));
    }
    paths = new Paths(Map.of("HOME", folder.resolve("home").toString()));
  }

  private void atOnce(Runnable... works) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        ends.add(threads.submit(works[i % works.length]));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void all_succeed_and_leave_one_installation() throws Exception {
    for (int round = 0; round < 5; round++) {
      atOnce(() -> new Installation(paths, image).install());
      assertEquals(List.of("prontodb"), names(paths.runtimeFolder().getParent()));
      assertEquals(List.of("prontodb"), names(paths.launcher().getParent()));
      assertEquals(50, names(paths.runtimeFolder().resolve("lib")).size());
      assertTrue(Files.isRegularFile(paths.configurationFile()));
      // The next round replaces what is there by something else.
      Files.writeString(image.resolve("lib/part0"), "round " + round);
    }
  }

  @Test
  void all_that_are_removed_are_gone() throws Exception {
    new Installation(paths, image).install();
    atOnce(() -> new Installation(paths, image).uninstall());
    assertFalse(Files.exists(paths.runtimeFolder()));
    assertFalse(Files.exists(paths.launcher()));
  }

  private Paths in(Map<String, String> folders) {
    Map<String, String> environment = new HashMap<>(Map.of("HOME", folder + "/home"));
    folders.forEach((name, value) -> environment.put(name, folder.resolve(value).toString()));
    return new Paths(environment);
  }

  private static void assertRefused(Installation installation) {
    assertThrows(ProntoException.class, installation::install);
    assertThrows(ProntoException.class, installation::uninstall);
    assertThrows(ProntoException.class, installation::purgeable);
  }

  @Test
  void folders_that_coincide_or_lie_within_each_other_are_refused() throws IOException {
    Files.createDirectories(folder.resolve("real"));
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
    List<Map<String, String>> cases =
        List.of(
            Map.of("XDG_DATA_HOME", "d", "XDG_LIB_HOME", "d"),
            Map.of("XDG_DATA_HOME", "d", "XDG_CONFIG_HOME", "d"),
            Map.of("XDG_CONFIG_HOME", "d", "XDG_LIB_HOME", "d"),
            Map.of("XDG_DATA_HOME", "d/odx/prontodb/lib", "XDG_LIB_HOME", "d"),
            Map.of("XDG_LIB_HOME", "d/odx/prontodb", "XDG_DATA_HOME", "d"),
            Map.of("XDG_DATA_HOME", "link", "XDG_LIB_HOME", "real"),
            Map.of("XDG_BIN_HOME", "d/odx", "XDG_LIB_HOME", "d"),
            Map.of("XDG_BIN_HOME", "d/odx/prontodb/bin", "XDG_DATA_HOME", "d"));
    for (Map<String, String> homes : cases) {
      Paths shared = in(homes);
      Files.createDirectories(shared.dataFolder());
      Files.writeString(shared.database(), "SQLite format 3\0");
      assertRefused(new Installation(shared, image));
      assertTrue(Files.exists(shared.database()), homes.toString());
    }
  }

  @Test
  void where_a_package_has_the_program_only_the_configuration_is_written() throws IOException {
    Files.createFile(image.resolve("lib/packaged"));
    new Installation(paths, image).install();
    assertTrue(Files.exists(paths.configurationFile()));
    assertFalse(Files.exists(paths.runtimeFolder()));
    assertFalse(Files.exists(paths.launcher()));
  }

  /** As root nothing is read-only, so the permissions of the copy are looked at. */
  @Test
  void a_program_in_read_only_folders_is_installed() throws IOException {
    Files.setPosixFilePermissions(
        image.resolve("lib"), PosixFilePermissions.fromString("r-xr-xr-x"));
    new Installation(paths, image).install();
    assertEquals(
        "rwxr-xr-x",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(paths.runtimeFolder().resolve("lib"))));
  }

  @Test
  void database_in_the_folder_of_the_program_stays() throws IOException {
    new Installation(paths, image).install();
    Path database = paths.runtimeFolder().resolve("lib/mine.db");
    Files.writeString(database, "SQLite format 3\0");
    Files.writeString(image.resolve("lib/part0"), "another release");
    Installation installation = new Installation(paths, image);
    assertThrows(ProntoException.class, installation::install);
    assertThrows(ProntoException.class, installation::uninstall);
    assertTrue(Files.exists(database));
  }

  @Test
  void purge_refuses_links_and_databases_that_it_was_not_told_of() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.createDirectories(paths.dataFolder().getParent());
    Files.createSymbolicLink(paths.dataFolder(), elsewhere);
    Installation installation = new Installation(paths, image);
    assertThrows(ProntoException.class, installation::purgeable);
    Files.delete(paths.dataFolder());
    Files.createDirectory(paths.dataFolder());
    for (String own : List.of("pronto.db", "pronto.db.before-restore-20260101T000000Z")) {
      Files.writeString(paths.dataFolder().resolve(own), "SQLite format 3\0");
    }
    assertEquals(List.of(paths.dataFolder()), installation.purgeable());
    Files.writeString(paths.dataFolder().resolve("other.db"), "SQLite format 3\0");
    assertThrows(ProntoException.class, installation::purgeable);
    assertThrows(ProntoException.class, installation::purge);
    assertTrue(Files.exists(paths.dataFolder().resolve("other.db")));
  }
}
