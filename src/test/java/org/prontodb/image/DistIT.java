package org.prontodb.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that src/image/pack.sh makes, and the life of a program that comes out of it. */
class DistIT {
  private static final Path IMAGE = Path.of("target/prontodb").toAbsolutePath();
  private static final String PACK = Path.of("src/image/pack.sh").toAbsolutePath().toString();

  private static final List<String> LIBRARIES = List.of("sqlite-jdbc", "zstd-jni");

  @TempDir Path folder;

  private record Answer(String stdout, String stderr, int exit) {}

  private Answer run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path stdout = folder.resolve("stdout");
    Path stderr = folder.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(stdout.toFile())
            .redirectError(stderr.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    int exit = builder.start().waitFor();
    return new Answer(Files.readString(stdout), Files.readString(stderr), exit);
  }

  private Path pack(Path image, String into) throws IOException, InterruptedException {
    try (Stream<Path> libraries = Files.list(image.resolve("legal/org.prontodb"))) {
      List<Path> folders = libraries.filter(Files::isDirectory).toList();
      Answer packed =
          pack(image, sbom(folders.stream().map(f -> f.getFileName() + "").toList()), into);
      assertEquals(0, packed.exit(), packed.stderr());
      return Path.of(packed.stdout().strip());
    }
  }

  private Answer pack(Path image, Path sbom, String into) throws IOException, InterruptedException {
    Map<String, String> environment =
        Map.of("PATH", System.getenv("PATH"), "SOURCE_DATE_EPOCH", "1000000000");
    return run(environment, "sh", PACK, image + "", sbom + "", folder.resolve(into) + "");
  }

  /** What the plugin writes, as far as pack.sh looks at it. */
  private Path sbom(List<String> libraries) throws IOException {
    String components =
        libraries.stream()
            .map(
                name ->
                    "    {\n      \"purl\" : \"pkg:maven/g/" + name + "@3.50.3.0?type=jar\"\n    }")
            .collect(Collectors.joining(",\n"));
    return Files.writeString(
        folder.resolve("bom.json"), "{\n  \"components\" : [\n" + components + "\n  ]\n}\n");
  }

  private void unpack(Path archive, Path to) throws IOException, InterruptedException {
    Files.createDirectories(to);
    Map<String, String> environment = Map.of("PATH", System.getenv("PATH"));
    assertEquals(0, run(environment, "tar", "-xzf", archive + "", "-C", to + "").exit());
  }

  @Test
  void itIsInstalledUsedAndRemovedWhereThereIsNoJava() throws Exception {
    Path archive = pack(IMAGE, "dist");
    Path place = folder.resolve("a place");
    unpack(archive, place);
    Path program;
    try (Stream<Path> tops = Files.list(place)) {
      program = tops.toList().getFirst();
    }
    assertEquals(
        archive.getFileName().toString(),
        program.getFileName() + ".tar.gz",
        "one folder, so named");

    Path home = Files.createDirectory(folder.resolve("home"));
    // A launcher that is reached through a link asks for readlink, and nothing else is there.
    Path tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : List.of("/usr/bin/readlink", "/bin/readlink")) {
      if (Files.exists(Path.of(tool)) && !Files.exists(tools.resolve("readlink"))) {
        Files.createSymbolicLink(tools.resolve("readlink"), Path.of(tool));
      }
    }
    Map<String, String> bare = Map.of("HOME", home + "", "PATH", tools + "");

    assertEquals(0, run(bare, program.resolve("prontodb") + "", "install").exit());
    deleteAll(program);
    String launcher = home.resolve(".local/bin/prontodb").toString();
    assertEquals(0, run(bare, launcher, "set", "kb.recipes.pasta", "al dente").exit());
    assertEquals(new Answer("al dente\n", "", 0), run(bare, launcher, "get", "kb.recipes.pasta"));
    Map<String, String> strict =
        Map.of("HOME", home + "", "PATH", tools + "", "PRONTO_JAVA_OPTIONS", "-XX:AOTMode=on");
    // A package with the native binary holds no caches: see docs/packaging.md.
    boolean caches = Files.notExists(Path.of("target/prontodb/native"));
    for (String command : caches ? List.of("version", "nss", "stream") : List.<String>of()) {
      assertEquals(
          0,
          run(strict, launcher, command, "--help").exit(),
          "its caches fit where it was unpacked");
    }
    assertEquals(0, run(bare, launcher, "uninstall", "--purge", "--yes").exit());
    assertEquals(List.of(), filesIn(home));
  }

  @Test
  void theSameImageGivesTheSameBytes() throws Exception {
    Path image = smallImage("one");
    Path other = smallImage("other");
    Files.setLastModifiedTime(other.resolve("bin/prontodb"), FileTime.fromMillis(0));
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwx------"));
    Path archive = pack(image, "dist");
    assertArrayEquals(Files.readAllBytes(archive), Files.readAllBytes(pack(other, "dist2")));
    assertTrue(archive.getFileName().toString().startsWith("prontodb-9.8.7-"), archive.toString());

    Map<String, String> environment = Map.of("PATH", System.getenv("PATH"));
    String check = "cd dist && sha256sum -c *.sha256";
    assertEquals(0, run(environment, "sh", "-c", check).exit());
  }

  @Test
  void theRuntimeStandsInTheListOfWhatIsInside() throws Exception {
    Path place = folder.resolve("place");
    unpack(pack(smallImage("image"), "dist"), place);
    Path sbom =
        filesIn(place).stream().filter(f -> f.endsWith("sbom.json")).findAny().orElseThrow();
    String text = Files.readString(sbom);
    assertTrue(text.contains("\"name\": \"openjdk\", \"version\": \"25.0.9+1\""), text);
    assertTrue(text.contains("\"supplier\": { \"name\": \"Somebody\" }"), text);
    assertTrue(text.contains("pkg:maven/g/zstd-jni@"), text);
  }

  @Test
  void theLibrariesWithinLibrariesStandInItToo() throws Exception {
    Path place = folder.resolve("place");
    unpack(pack(smallImage("image"), "dist"), place);
    Path sbom =
        filesIn(place).stream().filter(f -> f.endsWith("sbom.json")).findAny().orElseThrow();
    String text = Files.readString(sbom);
    assertTrue(text.contains("\"name\": \"sqlite\", \"version\": \"3.50.3\""), text);
    assertTrue(text.contains("\"name\": \"zstd\", \"version\": \"3.50.3\""), text);
  }

  /** It listed a library that is used for tests alone, and is not in the image. */
  @Test
  void aListThatDoesNotFitTheImageIsNotPacked() throws Exception {
    Path image = smallImage("image");
    Answer more = pack(image, sbom(List.of("commons-codec", "sqlite-jdbc", "zstd-jni")), "dist");
    assertEquals(1, more.exit());
    assertTrue(more.stderr().contains("< commons-codec"), more.stderr());
    Answer fewer = pack(image, sbom(List.of("sqlite-jdbc")), "dist");
    assertEquals(1, fewer.exit());
    assertTrue(fewer.stderr().contains("> zstd-jni"), fewer.stderr());
    assertEquals(List.of(), filesIn(folder.resolve("dist")), "nothing is left");
  }

  @Test
  void thePackageOfAnArchiveIsAlwaysTheSame() throws Exception {
    Assumptions.assumeTrue(
        Files.exists(Path.of("/usr/bin/dpkg-deb")), "NOT TESTED: there is no dpkg-deb");
    Path image = smallImage("image");
    Files.writeString(
        image.resolve("bin/prontodb"),
        "#!/bin/sh\nhome=${0%/*}/..\necho prontodb 9.8.7-rc1 \"$home\"\n");
    Files.copy(Path.of("/bin/true"), image.resolve("bin/java"));
    Files.createDirectories(image.resolve("lib"));
    Path archive = pack(image, "dist");
    Path first = deb(archive, "one");
    Path second = deb(archive, "other");
    assertTrue(first.getFileName().toString().startsWith("prontodb_9.8.7~rc1_"), first.toString());
    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));

    Path root = folder.resolve("root");
    Map<String, String> environment = Map.of("PATH", System.getenv("PATH"));
    assertEquals(0, run(environment, "dpkg-deb", "-R", first + "", root + "").exit());
    String control = Files.readString(root.resolve("DEBIAN/control"));
    assertTrue(control.contains("\nDepends: libc6 (>= 2."), control);
    assertFalse(control.replace("maintainers@", "").contains("@"), control);
    Answer launched = run(environment, root.resolve("usr/bin/prontodb") + "");
    assertEquals("prontodb 9.8.7-rc1 /usr/lib/prontodb\n", launched.stdout());
    for (String file :
        List.of(
            "usr/lib/prontodb/lib/packaged",
            "usr/lib/systemd/system/prontodb.service",
            "usr/share/bash-completion/completions/prontodb",
            "usr/share/zsh/vendor-completions/_prontodb",
            "usr/share/fish/vendor_completions.d/prontodb.fish",
            "usr/share/doc/prontodb/copyright",
            "usr/share/doc/prontodb/sbom.json",
            "usr/share/doc/prontodb/samples/quickstart.pronto")) {
      assertTrue(Files.exists(root.resolve(file)), file);
    }
  }

  private Path deb(Path archive, String into) throws IOException, InterruptedException {
    Map<String, String> environment =
        Map.of("PATH", System.getenv("PATH"), "SOURCE_DATE_EPOCH", "1000000000");
    String script = Path.of("src/dist/deb.sh").toAbsolutePath().toString();
    Answer made = run(environment, "sh", script, archive + "", folder.resolve(into) + "");
    assertEquals(0, made.exit(), made.stderr());
    return Path.of(made.stdout().strip());
  }

  @Test
  void everyLibraryHasItsLicenceInTheImage() throws Exception {
    try (Stream<Path> jars = Files.list(Path.of("target/image/jars"))) {
      for (Path jar : jars.toList()) {
        String library = jar.getFileName().toString().replaceFirst("-[0-9].*", "");
        Path legal = IMAGE.resolve("legal/org.prontodb").resolve(library);
        assertTrue(Files.isDirectory(legal), library);
        assertFalse(filesIn(legal).isEmpty(), library);
      }
    }
    assertTrue(Files.exists(IMAGE.resolve("legal/java.base/LICENSE")));
  }

  private Path smallImage(String name) throws IOException {
    Path image = folder.resolve(name);
    Files.createDirectories(image.resolve("bin"));
    for (String library : LIBRARIES) {
      Files.createDirectories(image.resolve("legal/org.prontodb").resolve(library));
    }
    Path launcher = image.resolve("bin/prontodb");
    Files.writeString(launcher, "#!/bin/sh\necho prontodb 9.8.7\n");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    String release = "IMPLEMENTOR=\"Somebody\"\nJAVA_RUNTIME_VERSION=\"25.0.9+1\"\n";
    Files.writeString(image.resolve("release"), release);
    return image;
  }

  private static List<Path> filesIn(Path top) throws IOException {
    try (Stream<Path> paths = Files.walk(top)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }

  private static void deleteAll(Path top) throws IOException {
    try (Stream<Path> paths = Files.walk(top)) {
      for (Path path : paths.toList().reversed()) {
        Files.delete(path);
      }
    }
  }
}
