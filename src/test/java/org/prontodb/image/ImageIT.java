package org.prontodb.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of the runtime image that was just packaged. */
class ImageIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Path IMAGE = TARGET.resolve("prontodb");
  private static final String LAUNCHER = IMAGE.resolve("bin/prontodb").toString();

  @TempDir Path home;

  private record Answer(String stdout, String stderr, int exit) {}

  private Answer run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path stdout = home.resolve("stdout");
    Path stderr = home.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(stdout.toFile())
            .redirectError(stderr.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().putAll(environment);
    int exit = builder.start().waitFor();
    return new Answer(Files.readString(stdout), Files.readString(stderr), exit);
  }

  private Answer run(String... command) throws IOException, InterruptedException {
    return run(Map.of("HOME", home.toString()), command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "admin --help", "stream --help"})
  void theCacheOfEachKindOfCommandIsUsed(String words) throws Exception {
    String[] command =
        Stream.concat(Stream.of(LAUNCHER), Stream.of(words.split(" "))).toArray(String[]::new);
    Map<String, String> strict =
        Map.of("PRONTO_JAVA_OPTIONS", "-XX:AOTMode=on", "HOME", home.toString());
    assertEquals(0, run(strict, command).exit(), "the JVM refused its cache");
  }

  /**
   * What is not in a cache, or is written by the JVM for a switch over types, costs each start. The
   * JDK keeps classes of its own events out of every cache.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "set kb.recipes.b 2",
        "get kb.recipes.a",
        "scan kb.recipes",
        "export kb.recipes",
        "stream more.pronto",
        "import kb.recipes more.tsv"
      })
  void aStartFindsItsClassesInTheCache(String words) throws Exception {
    Files.writeString(home.resolve("more.pronto"), "meta:path=kb.recipes; b=2; c=\"3\";\n");
    Files.writeString(home.resolve("more.tsv"), "b\tMg==\n");
    assertEquals(0, run(LAUNCHER, "set", "kb.recipes.a", "1").exit());
    String[] command =
        Stream.concat(Stream.of(LAUNCHER), Stream.of(words.split(" "))).toArray(String[]::new);
    Map<String, String> told =
        Map.of(
            "PRONTO_JAVA_OPTIONS",
            "-Xlog:class+load",
            "PRONTO_SECURITY",
            "false",
            "HOME",
            home.toString());
    Answer answer = run(told, command);
    assertEquals(0, answer.exit(), answer.stderr());
    List<String> loaded = answer.stdout().lines().filter(l -> l.contains(" source: ")).toList();
    assertTrue(loaded.size() > 400, "the JVM has told little");
    List<String> late =
        loaded.stream()
            .filter(line -> !line.contains("source: shared objects file"))
            .filter(line -> !line.contains("jdk.internal.event."))
            .toList();
    assertEquals(List.of(), late);
  }

  /** Also in commands for which no cache was made, where each would cost more. */
  @ParameterizedTest
  @ValueSource(strings = {"nss", "ttl kb.recipes.a", "log", "admin user list", "capabilities"})
  void noLambdaOfOursIsWrittenInAStart(String words) throws Exception {
    assertEquals(0, run(LAUNCHER, "set", "kb.recipes.a", "1").exit());
    String[] command =
        Stream.concat(Stream.of(LAUNCHER), Stream.of(words.split(" "))).toArray(String[]::new);
    Map<String, String> told =
        Map.of("PRONTO_JAVA_OPTIONS", "-Xlog:class+load", "HOME", home.toString());
    List<String> written =
        run(told, command)
            .stdout()
            .lines()
            .filter(line -> line.contains("$$Lambda"))
            .filter(line -> line.matches(".*(org.prontodb|org.sqlite|picocli).*"))
            .toList();
    assertEquals(List.of(), written);
  }

  @Test
  void aCacheThatDoesNotFitIsRefusedWhereItIsAskedFor() throws Exception {
    Map<String, String> other =
        Map.of(
            "PRONTO_JAVA_OPTIONS",
            "-XX:AOTMode=on -XX:+UseCompactObjectHeaders",
            "HOME",
            home.toString());
    assertEquals(1, run(other, LAUNCHER, "version").exit());
  }

  @Test
  void withoutCachesItWorksAndSaysNothing() throws Exception {
    Path copy = copyOfImage();
    Files.delete(copy.resolve("lib/short.aot"));
    Files.delete(copy.resolve("lib/bulk.aot"));
    itWorksAndSaysNothing(copy.resolve("bin/prontodb"), Map.of());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 5_000_000})
  void aDamagedCacheIsPassedOverInSilence(int bytes) throws Exception {
    Path copy = copyOfImage();
    for (String kind : List.of("short", "bulk")) {
      Path cache = copy.resolve("lib/" + kind + ".aot");
      try (FileChannel file = FileChannel.open(cache, StandardOpenOption.WRITE)) {
        file.truncate(bytes);
      }
    }
    itWorksAndSaysNothing(copy.resolve("bin/prontodb"), Map.of());
  }

  /** As on a machine whose processor knows less, or that has much more memory. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:+IgnoreUnrecognizedVMOptions -XX:UseAVX=0 -XX:UseSSE=2",
        "-XX:-UseCompressedOops"
      })
  void whereACacheDoesNotFitItWorksAndSaysNothing(String options) throws Exception {
    itWorksAndSaysNothing(Path.of(LAUNCHER), Map.of("PRONTO_JAVA_OPTIONS", options));
  }

  private void itWorksAndSaysNothing(Path launcher, Map<String, String> more) throws Exception {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("HOME", home.toString());
    Path rows = Files.writeString(home.resolve("rows.tsv"), "pasta\tYWwgZGVudGU=\n");
    Answer loaded =
        run(environment, launcher.toString(), "-q", "import", "kb.recipes", rows.toString());
    assertEquals(new Answer("", "", 0), loaded);
    assertEquals(
        new Answer("al dente\n", "", 0),
        run(environment, launcher.toString(), "get", "kb.recipes.pasta"));
  }

  /** The XML parser is not in the image; what replaces each of its packages is one file. */
  @Test
  void theImageHoldsNoXmlParser() throws Exception {
    String jimage = Path.of(System.getProperty("java.home"), "bin/jimage").toString();
    String pattern = "regex:/java\\.xml/com/sun/org/apache/xerces/internal/parsers/.*";
    String modules = IMAGE.resolve("lib/modules").toString();
    Answer left = run(jimage, "list", "--include", pattern, modules);
    assertEquals(1, left.stdout().lines().filter(line -> line.endsWith(".class")).count());
  }

  @Test
  void nothingIsWrittenIntoTheImage() throws Exception {
    Path copy = copyOfImage();
    assertEquals(0, run("chmod", "-R", "a-w", copy.toString()).exit());
    String before = run("ls", "-lR", "--full-time", copy.toString()).stdout();
    assertEquals(0, run(copy + "/bin/prontodb", "set", "a.b.k", "v").exit());
    assertEquals(new Answer("v\n", "", 0), run(copy + "/bin/prontodb", "get", "a.b.k"));
    assertEquals(before, run("ls", "-lR", "--full-time", copy.toString()).stdout());
    run("chmod", "-R", "u+w", copy.toString());
  }

  @Test
  void aFolderThatIsGoneIsToldInWords() throws Exception {
    String script = "mkdir gone; cd gone; rmdir ../gone; '" + LAUNCHER + "' version";
    Answer answer = run("sh", "-c", script);
    assertEquals(1, answer.exit());
    assertTrue(answer.stderr().contains("the current folder does not exist any more"));
    assertFalse(answer.stderr().contains("java"), answer.stderr());
  }

  @Test
  void itRunsFromAnyPlaceAndThroughALink() throws Exception {
    Path copy = copyOfImage();
    Path link = Files.createSymbolicLink(home.resolve("link"), copy.resolve("bin/prontodb"));
    assertEquals(0, run(copy + "/bin/prontodb", "set", "a.b.k", "v").exit());
    assertEquals(new Answer("v\n", "", 0), run(link.toString(), "get", "a.b.k"));
  }

  @Test
  void itRunsThroughALinkBesideAnotherJava() throws Exception {
    Path bin = Files.createDirectories(home.resolve("else/bin"));
    Path java = Path.of(System.getProperty("java.home"), "bin/java");
    Files.createSymbolicLink(bin.resolve("java"), java);
    Path link = Files.createSymbolicLink(bin.resolve("prontodb"), Path.of(LAUNCHER));
    assertEquals(run(LAUNCHER, "version"), run(link.toString(), "version"));
  }

  /** The script of a checkout finds the image that the checkout has built. */
  @Test
  void aCheckoutRunsItsImage() throws Exception {
    Path checkout = Files.createDirectory(home.resolve("check out's"));
    Path bin = Files.createDirectory(checkout.resolve("bin"));
    Files.copy(
        Path.of("bin/prontodb"), bin.resolve("prontodb"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.createSymbolicLink(checkout.resolve("target"), TARGET);
    Answer expected = run(LAUNCHER, "version");
    assertEquals(expected, run(bin + "/prontodb", "version"));
    assertEquals(expected, run("check out's/bin/prontodb", "version"));
    Path link = Files.createSymbolicLink(home.resolve("link"), bin.resolve("prontodb"));
    assertEquals(expected, run(link.toString(), "version"));
    assertEquals(
        expected, run("sh", "-c", "cd \"check out's/bin\" && PATH=.:$PATH prontodb version"));
  }

  @Test
  void itCanBeCalledByARelativePath() throws Exception {
    Files.createSymbolicLink(home.resolve("image"), IMAGE);
    assertEquals(0, run("image/bin/prontodb", "set", "a.b.k", "v").exit());
  }

  @Test
  void itNeedsNoHomeWhereADatabaseIsNamed() throws Exception {
    String file = home.resolve("some.db").toString();
    assertEquals(0, run(Map.of(), LAUNCHER, "-d", file, "set", "a.b.k", "v").exit());
    assertEquals(new Answer("v\n", "", 0), run(Map.of(), LAUNCHER, "-d", file, "get", "a.b.k"));
  }

  @Test
  void textIsUtf8InEveryLocale() throws Exception {
    Map<String, String> plain = Map.of("HOME", home.toString(), "LC_ALL", "C", "LANG", "C");
    assertEquals(0, run(plain, LAUNCHER, "set", "a.b.été", "日本 ✓").exit());
    assertEquals(new Answer("日本 ✓\n", "", 0), run(plain, LAUNCHER, "get", "a.b.été"));
  }

  @Test
  void settingsForOtherJavaProgramsDoNotReachIt() throws Exception {
    Map<String, String> others =
        Map.of(
            "HOME", home.toString(),
            "JAVA_TOOL_OPTIONS", "-XX:+NoSuchOption",
            "JDK_JAVA_OPTIONS", "-XX:+NoSuchOption",
            "_JAVA_OPTIONS", "-XX:+NoSuchOption",
            "CLASSPATH", "/nowhere");
    assertEquals(run(LAUNCHER, "version"), run(others, LAUNCHER, "version"));
  }

  @Test
  void nothingIsLeftInTheTemporaryFolder() throws Exception {
    Path temporary = Files.createDirectory(home.resolve("tmp"));
    Map<String, String> environment =
        Map.of("HOME", home.toString(), "TMPDIR", temporary.toString());
    run(environment, LAUNCHER, "set", "a.b.k", "v");
    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(List.of(), left.toList());
    }
  }

  /** The JVM does not check a cache against the classes of a class path: it ran old code. */
  @Test
  void aChangedClassIsSeenAfterABuild() throws Exception {
    Path target = Files.createDirectory(home.resolve("target"));
    copy(TARGET.resolve("classes"), target.resolve("classes"));
    copy(IMAGE, target.resolve("prontodb"));
    Path work = Files.createDirectory(target.resolve("image"));
    for (String input : List.of("jars", "picocli")) {
      Files.createSymbolicLink(work.resolve(input), TARGET.resolve("image").resolve(input));
    }
    Path version = target.resolve("classes/org/prontodb/cli/VersionCommand.class");
    String bytes = Files.readString(version, StandardCharsets.ISO_8859_1);
    assertTrue(bytes.contains("prontodb "), "the version's text has changed: mend this test");
    Files.writeString(
        version, bytes.replace("prontodb ", "changed! "), StandardCharsets.ISO_8859_1);

    String build = Path.of("src/image/build.sh").toAbsolutePath().toString();
    Map<String, String> environment =
        Map.of("HOME", home.toString(), "JAVA_HOME", System.getProperty("java.home"));
    Answer built = run(environment, "sh", build, target.toString());
    assertEquals(0, built.exit(), built.stderr());

    Map<String, String> strict =
        Map.of("HOME", home.toString(), "PRONTO_JAVA_OPTIONS", "-XX:AOTMode=on");
    Answer answer = run(strict, target + "/prontodb/bin/prontodb", "version");
    assertTrue(answer.stdout().startsWith("changed! "), answer.toString());
  }

  private Path copyOfImage() throws IOException, InterruptedException {
    Path copy = home.resolve("some place/with 'quotes'");
    Files.createDirectories(copy.getParent());
    copy(IMAGE, copy);
    return copy;
  }

  private void copy(Path from, Path to) throws IOException, InterruptedException {
    assertEquals(0, run("cp", "-R", from.toString(), to.toString()).exit());
  }
}
