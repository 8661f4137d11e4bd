package org.prontodb.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
}
