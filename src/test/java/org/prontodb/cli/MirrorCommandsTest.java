package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.prontodb.cli.CommandLineRun.Result;

/** What a user of export-fs and import-fs sees. */
class MirrorCommandsTest {
  private static final String MANIFEST = ".prontodb-manifest.jsonl";
  private static final String JOURNAL = ".prontodb-manifest.part";

  @TempDir Path home;
  private CommandLineRun shell;
  private Path tree;

  @BeforeEach
  void setUp() {
    shell = new CommandLineRun(home);
    shell.environment.put("PRONTO_SECURITY", "false");
    tree = home.resolve("tree");
  }

  private void ok(String line) {
    Result result = shell.line(line);
    assertEquals(0, result.exit(), line + "\n" + result);
  }

  private void load(String stream) {
    Result result = shell.stdin(stream).run("stream");
    assertEquals(0, result.exit(), result.toString());
  }

  private Path database() {
    return home.resolve(".local/data/odx/prontodb/pronto.db");
  }

  private String value(String address) {
    Result result = shell.run("get", address, "--raw");
    return result.exit() == 0 ? result.stdout() : null;
  }

  private void edit(String file, String text) throws IOException {
    Files.writeString(tree.resolve(file), text);
  }

  private String file(String path) throws IOException {
    return Files.readString(tree.resolve(path));
  }

  /** Every file of a tree, with its content. */
  private static Map<String, String> files(Path tree) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(tree.relativize(path).toString(), Files.readString(path));
      }
    }
    return files;
  }

  private void exported() {
    load("meta:path=kb.recipes; pasta=al dente; rice=ten minutes; beans=soak;");
    ok("export-fs tree");
  }

  @Test
  void aRecordIsAFileThatPeopleCanRead() throws IOException {
    load("meta:path=kb.recipes; pasta=al dente; pasta__it=molto; meta:path=app.users; \"u/1\"=x;");
    shell.stdin("{\"b\":[1],\"a\":2}").run("set", "kb.recipes.bread", "-", "--json");
    Result result = shell.run("export-fs", "tree");
    assertEquals("! 4 files written, 0 removed, 0 unchanged\n[0]", result.toString());
    Map<String, String> files = files(tree);
    files.remove(MANIFEST);
    assertEquals(
        Map.of(
            "kb/recipes/pasta.json", "\"al dente\"\n",
            "kb/recipes/it/pasta.json", "\"molto\"\n",
            "kb/recipes/bread.json", "{\"a\":2,\"b\":[1]}\n",
            "app/users/u%2F1.json", "\"x\"\n"),
        files);
    for (String path : List.of("kb", "kb/recipes", "kb/recipes/it", "")) {
      assertEquals(
          "rwx------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(tree.resolve(path))));
    }
    for (String path : List.of("kb/recipes/pasta.json", MANIFEST)) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(tree.resolve(path))));
    }
  }

  @Test
  void anyRecordsComeBackAsTheyWere() throws IOException {
    shell.environment.put("PRONTO_NS_DELIM", "~");
    Random random = new Random(11);
    for (int round = 0; round < 25; round++) {
      Path db = home.resolve("a" + round + ".db");
      Path copy = home.resolve("b" + round + ".db");
      assertEquals(
          0,
          shell
              .stdin(randomLines(random))
              .run("-d", db.toString(), "stream", "--from", "jsonl")
              .exit());
      Path first = home.resolve("first" + round);
      Path second = home.resolve("second" + round);
      assertEquals(0, shell.run("-d", db.toString(), "export-fs", first.toString()).exit());
      Result imported = shell.run("-d", copy.toString(), "import-fs", first.toString());
      assertEquals(0, imported.exit(), imported.toString());
      assertEquals(0, shell.run("-d", copy.toString(), "export-fs", second.toString()).exit());
      assertEquals(files(first), files(second));
      assertEquals(dump(db), dump(copy));
      assertEquals(
          files(first).size(),
          files(first).keySet().stream().map(f -> f.toLowerCase(Locale.ROOT)).distinct().count());
    }
  }

  private String dump(Path db) {
    StringBuilder dump = new StringBuilder();
    String[] namespaces = shell.run("-d", db.toString(), "nss", "--json").stdout().split("\n");
    for (String line : namespaces) {
      Matcher names = new Matcher(line);
      dump.append(line).append('\n');
      dump.append(
          shell
              .run("-d", db.toString(), "scan", "-p", names.project, "-n", names.namespace, "--b64")
              .stdout());
    }
    return dump.toString();
  }

  /** The names in a line of {@code nss --json}, which hold nothing that is escaped. */
  private static final class Matcher {
    final String project;
    final String namespace;

    Matcher(String line) {
      project = line.split("\"project\":\"")[1].split("\"")[0];
      namespace = line.split("\"namespace\":\"")[1].split("\"")[0];
    }
  }

  private static String randomLines(Random random) {
    String[] names = {
      "kb", "KB", "Kb", "a.b", ".x", "con", "x.json", "é", "É", "Ü".repeat(60), "%"
    };
    String[] parts = {
      "a",
      "A",
      "b",
      ".",
      "..",
      "/",
      "%",
      " ",
      "_",
      "__",
      "__it",
      ".json",
      "con",
      "é",
      "e\u0301",
      "É",
      "餃",
      "😀",
      "\\",
      ":",
      "*",
      "x".repeat(260),
      "$",
      "-",
      "manifest"
    };
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 120; i++) {
      StringBuilder key = new StringBuilder();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        key.append(parts[random.nextInt(parts.length)]);
      }
      if (key.toString().getBytes(StandardCharsets.UTF_8).length > 1024) {
        continue;
      }
      String ns = names[random.nextInt(names.length)] + "~" + names[random.nextInt(names.length)];
      String value =
          switch (random.nextInt(4)) {
            case 0 -> "\"v\":{\"b\":1,\"a\":[" + random.nextInt(9) + "]}";
            case 1 -> "\"v\":\"" + "\\u0000\\n$".repeat(random.nextInt(3)) + "\"";
            case 2 -> "\"b64\":\"/w==\"";
            default -> "\"v\":{\"$base64\":\"eA==\"}";
          };
      lines
          .append("{\"ns\":\"")
          .append(ns)
          .append("\",\"k\":\"")
          .append(key.toString().replace("\\", "\\\\"))
          .append("\",")
          .append(value)
          .append("}\n");
    }
    return lines.toString();
  }

  @Test
  void cachesComeBackWithTheirSettingsAndEnds() throws IOException {
    ok("admin create-cache kb.pages timeout=60;max_items=5;evict_on_read=0");
    ok("set kb.pages.index hello --ttl 600");
    ok("set kb.pages.short soon --ttl 1");
    ok("admin create-cache kb.empty timeout=5");
    ok("export-fs tree");
    shell.pass(2);
    Result result = shell.run("-d", "copy.db", "import-fs", "tree");
    assertEquals(0, result.exit());
    assertTrue(result.stderr().contains("1 record left out"), result.stderr());
    assertEquals("598\n", shell.line("-d copy.db ttl kb.pages.index").stdout());
    assertEquals(
        "kb.empty\tttl\t0\t0\t5\t0\t1\t0\nkb.pages\tttl\t1\t10\t60\t5\t0\t0\n",
        shell.line("-d copy.db nss").stdout());
    ok("-d copy.db export-fs again");
    ok("export-fs tree");
    assertEquals(files(tree), files(home.resolve("again")));
    assertFalse(Files.exists(tree.resolve("kb/pages/short.json")));
  }

  @Test
  void aSecondExportWritesWhatChangedAndTouchesNothingElse() throws IOException {
    exported();
    FileTime old = FileTime.fromMillis(1_000_000);
    for (String path : List.of("kb/recipes/pasta.json", "kb/recipes/rice.json", MANIFEST)) {
      Files.setLastModifiedTime(tree.resolve(path), old);
    }
    assertEquals(
        "! 0 files written, 0 removed, 3 unchanged\n[0]", shell.line("export-fs tree").toString());
    assertEquals(old, Files.getLastModifiedTime(tree.resolve(MANIFEST)));
    edit("kb/recipes/notes.txt", "mine");
    edit("kb/recipes/mine.json", "\"mine\"");
    load("meta:path=kb.recipes; rice=twelve; meta:del=beans;");
    assertEquals(
        "! 1 file written, 1 removed, 1 unchanged\n[0]", shell.line("export-fs tree").toString());
    assertEquals("\"twelve\"\n", file("kb/recipes/rice.json"));
    assertFalse(Files.exists(tree.resolve("kb/recipes/beans.json")));
    assertEquals(old, Files.getLastModifiedTime(tree.resolve("kb/recipes/pasta.json")));
    assertEquals("mine", file("kb/recipes/notes.txt"));
    assertEquals("\"mine\"", file("kb/recipes/mine.json"));
  }

  @Test
  void foldersThatAreEmptyGoWithTheirLastFile() {
    load("meta:path=kb.a; x__it=1; y=2; meta:path=kb.b; z=1;");
    ok("export-fs tree");
    ok("del kb.a.x__it");
    ok("admin drop-ns kb.b");
    ok("export-fs tree");
    assertFalse(Files.exists(tree.resolve("kb/a/it")));
    assertTrue(Files.exists(tree.resolve("kb/a/y.json")));
    assertFalse(Files.exists(tree.resolve("kb/b")));
  }

  @Test
  void anExportOfAPartLeavesTheRestAlone() throws IOException {
    load("meta:path=kb.a; x=1; meta:path=kb.b; x=1; meta:path=app.c; x=1;");
    ok("export-fs tree");
    load("meta:path=kb.a; x=2; meta:path=kb.b; x=2; meta:path=app.c; x=2;");
    ok("export-fs kb.a tree");
    assertEquals("\"2\"\n", file("kb/a/x.json"));
    assertEquals("\"1\"\n", file("kb/b/x.json"));
    ok("-p kb export-fs tree");
    assertEquals("\"2\"\n", file("kb/b/x.json"));
    assertEquals("\"1\"\n", file("app/c/x.json"));
    ok("admin drop-ns kb.b");
    ok("export-fs kb tree");
    assertFalse(Files.exists(tree.resolve("kb/b")));
    assertEquals("\"1\"\n", file("app/c/x.json"));
    assertEquals(2, shell.line("export-fs kb.none tree").exit());
    assertEquals(2, shell.line("export-fs none tree").exit());
    assertEquals(64, shell.line("export-fs a.b.c tree").exit());
    assertEquals(64, shell.line("-n a export-fs tree").exit());
  }

  @Test
  void aRecordFollowsItsFile() throws IOException {
    exported();
    edit("kb/recipes/pasta.json", "{\"b\": 2,\n\"a\": 1}");
    Files.delete(tree.resolve("kb/recipes/rice.json"));
    edit("kb/recipes/bread.json", "\"crusty\"");
    Files.createDirectories(tree.resolve("kb/recipes/it"));
    edit("kb/recipes/it/pasta.json", "\"molto\"");
    assertEquals(
        "kb.recipes create=2 update=1 unchanged=1 delete=1\n[0]",
        shell.line("import-fs tree --dry-run").toString());
    assertEquals("al dente", value("kb.recipes.pasta"));
    ok("import-fs tree");
    assertEquals("{\"a\":1,\"b\":2}", value("kb.recipes.pasta"));
    assertEquals(null, value("kb.recipes.rice"));
    assertEquals("crusty", value("kb.recipes.bread"));
    assertEquals("molto", value("kb.recipes.pasta__it"));
    assertEquals("soak", value("kb.recipes.beans"));
    assertEquals(
        "kb.recipes create=0 update=0 unchanged=4 delete=0\n[0]",
        shell.line("import-fs tree --dry-run").toString());
  }

  @Test
  void whatChangedInTheStoreAloneStays() throws IOException {
    exported();
    load("meta:path=kb.recipes; pasta=soft; meta:del=rice; new=1;");
    edit("kb/recipes/beans.json", "\"canned\"");
    Result result = shell.line("import-fs tree");
    assertEquals(0, result.exit(), result.toString());
    assertTrue(result.stderr().contains("2 records left"), result.stderr());
    assertEquals("soft", value("kb.recipes.pasta"));
    assertEquals(null, value("kb.recipes.rice"));
    assertEquals("canned", value("kb.recipes.beans"));
    assertEquals("1", value("kb.recipes.new"));
  }

  private void inConflict() throws IOException {
    load("meta:path=kb.recipes; pasta=1; rice=1; beans=1; bread=1; fine=1; meta:path=kb.z; x=1;");
    ok("export-fs tree");
    load("meta:path=kb.recipes; pasta=store; meta:del=rice; beans=store; added=store;");
    edit("kb/recipes/pasta.json", "\"file\"");
    edit("kb/recipes/rice.json", "\"file\"");
    Files.delete(tree.resolve("kb/recipes/beans.json"));
    edit("kb/recipes/bread.json", "\"file\"");
    edit("kb/recipes/added.json", "\"file\"");
    edit("kb/z/x.json", "\"file\"");
  }

  @Test
  void conflictsAreListedAndNothingIsImported() throws IOException {
    inConflict();
    String before = shell.line("scan kb.recipes").stdout() + shell.line("scan kb.z").stdout();
    Result result = shell.line("import-fs tree");
    assertEquals(
        """
        prontodb: error: conflict: kb/recipes/added.json: the file and the record differ, and the \
        manifest does not know them
        prontodb: error: conflict: kb/recipes/beans.json: the file was deleted since the export, \
        and the record has changed
        prontodb: error: conflict: kb/recipes/pasta.json: the file and the record have both \
        changed since the export
        prontodb: error: conflict: kb/recipes/rice.json: the file has changed since the export, \
        the record was deleted
        prontodb: error: the tree and the store are in conflict, in 4 places
          hint: --overwrite lets the files decide, --skip-existing the records that are there
        nothing was changed
        """,
        result.stderr());
    assertEquals(1, result.exit());
    assertEquals(before, shell.line("scan kb.recipes").stdout() + shell.line("scan kb.z").stdout());
    assertEquals(1, shell.line("import-fs tree --dry-run").exit());
  }

  @Test
  void overwriteLetsTheFilesDecide() throws IOException {
    inConflict();
    ok("import-fs tree --overwrite");
    assertEquals(
        "added\tfile\nbread\tfile\nfine\t1\npasta\tfile\nrice\tfile\n",
        shell.line("scan kb.recipes").stdout());
    assertEquals("file", value("kb.z.x"));
  }

  @Test
  void skipExistingLetsTheRecordsDecideThatAreThere() throws IOException {
    inConflict();
    ok("import-fs tree --skip-existing");
    assertEquals(
        "added\tstore\nbeans\tstore\nbread\tfile\nfine\t1\npasta\tstore\nrice\tfile\n",
        shell.line("scan kb.recipes").stdout());
    assertEquals("file", value("kb.z.x"));
    assertEquals(64, shell.line("import-fs tree --skip-existing --overwrite").exit());
  }

  @Test
  void withoutAManifestEveryDifferenceIsAConflict() throws IOException {
    exported();
    Files.delete(tree.resolve(MANIFEST));
    ok("import-fs tree");
    ok("set kb.recipes.pasta soft");
    assertEquals(1, shell.line("import-fs tree").exit());
    assertEquals("soft", value("kb.recipes.pasta"));
    assertEquals(1, shell.line("-d other.db import-fs tree").exit());
    assertFalse(Files.exists(home.resolve("other.db")));
    ok("-d other.db import-fs tree --skip-existing");
    assertEquals(3, shell.line("-d other.db keys kb.recipes").stdout().lines().count());
    ok("import-fs tree --overwrite");
    assertEquals("al dente", value("kb.recipes.pasta"));
  }

  @Test
  void anotherDatabaseGetsAllOfANamespaceThatItDoesNotHave() throws IOException {
    exported();
    ok("-d other.db set kb.recipes.own 1");
    ok("-d other.db import-fs tree");
    assertEquals("beans\nown\npasta\nrice\n", shell.line("-d other.db keys kb.recipes").stdout());
  }

  @Test
  void anotherDatabaseThatHasSomeOfTheRecordsGetsWhatThePolicySays() throws IOException {
    exported();
    String[] policies = {"", " --skip-existing", " --overwrite"};
    String[] expected = {
      "own\t1\npasta\tsoft\n",
      "beans\t%b\nown\t1\npasta\tsoft\nrice\t%r\n",
      "beans\t%b\nown\t1\npasta\tal dente\nrice\t%r\n"
    };
    for (int i = 0; i < policies.length; i++) {
      ok("-d other.db set kb.recipes.own 1");
      ok("-d other.db set kb.recipes.pasta soft");
      Result result = shell.line("-d other.db import-fs tree" + policies[i]);
      assertEquals(0, result.exit(), result.toString());
      assertEquals(
          expected[i]
              .replace("%b", value("kb.recipes.beans"))
              .replace("%r", value("kb.recipes.rice")),
          shell.line("-d other.db scan kb.recipes").stdout());
    }
  }

  @Test
  void whatChangedInTheStoreAloneIsTakenBackByOverwrite() throws IOException {
    exported();
    ok("set kb.recipes.pasta spoilt");
    ok("del kb.recipes.rice");
    String rice = file("kb/recipes/rice.json");
    ok("import-fs tree");
    assertEquals("spoilt", value("kb.recipes.pasta"));
    ok("import-fs tree --overwrite");
    assertEquals("al dente", value("kb.recipes.pasta"));
    assertEquals(rice, '"' + value("kb.recipes.rice") + "\"\n");
  }

  @Test
  void aNamespaceOfAnotherKindIsRefused() throws IOException {
    exported();
    ok("-d other.db admin create-cache kb.recipes timeout=60");
    Result result = shell.line("-d other.db import-fs tree");
    assertEquals(1, result.exit());
    assertTrue(result.stderr().contains("is a cache in the store"), result.stderr());
  }

  @Test
  void anExportKeepsWhatWasEditedAndNotImported() throws IOException {
    exported();
    edit("kb/recipes/pasta.json", "\"edited\"");
    Result result = shell.line("export-fs tree");
    assertEquals(0, result.exit());
    assertTrue(result.stderr().contains("1 file left as edited"), result.stderr());
    assertEquals("\"edited\"", file("kb/recipes/pasta.json"));
    ok("set kb.recipes.pasta both");
    ok("set kb.recipes.rice twelve");
    result = shell.line("export-fs tree");
    assertEquals(1, result.exit());
    assertTrue(result.stderr().contains("conflict: kb/recipes/pasta.json"), result.stderr());
    assertEquals("\"edited\"", file("kb/recipes/pasta.json"));
    assertEquals("\"twelve\"\n", file("kb/recipes/rice.json"));
    assertEquals(1, shell.line("import-fs tree").exit(), "it is a conflict still");
    ok("export-fs tree --overwrite");
    assertEquals("\"both\"\n", file("kb/recipes/pasta.json"));
    ok("import-fs tree");
  }

  @Test
  void aFileOfSomebodyElseIsNotOverwritten() throws IOException {
    Files.createDirectories(tree.resolve("kb/recipes"));
    edit("kb/recipes/pasta.json", "\"mine\"");
    load("meta:path=kb.recipes; pasta=al dente; rice=1;");
    assertEquals(1, shell.line("export-fs tree").exit());
    assertEquals("\"mine\"", file("kb/recipes/pasta.json"));
    assertEquals("\"1\"\n", file("kb/recipes/rice.json"));
    ok("del kb.recipes.pasta");
    ok("export-fs tree");
    assertEquals("\"mine\"", file("kb/recipes/pasta.json"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"kb", "kb/recipes", "kb/recipes/it", "kb/recipes/pasta.json", "readme.json"})
  void anImportFollowsNoLink(String place) throws IOException {
    load("meta:path=kb.recipes; pasta=1; pasta__it=2;");
    ok("export-fs tree");
    Path there = tree.resolve(place);
    Path outside = home.resolve("outside");
    if (Files.exists(there)) {
      Files.move(there, outside);
    } else {
      Files.writeString(outside, "\"x\"");
    }
    Files.createSymbolicLink(there, outside);
    Result result = shell.line("-d other.db import-fs tree");
    assertEquals(1, result.exit(), result.toString());
    assertEquals(2, result.stderr().split(place + " is a symbolic link").length, "told once");
    assertFalse(Files.exists(home.resolve("other.db")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kb", "kb/recipes", "kb/recipes/it", "kb/recipes/pasta.json"})
  void anExportFollowsNoLink(String place) throws IOException {
    load("meta:path=kb.recipes; pasta=1; pasta__it=2;");
    ok("export-fs tree");
    Path outside = home.resolve("outside");
    Files.move(tree.resolve(place), outside);
    Files.createSymbolicLink(tree.resolve(place), outside);
    load("meta:path=kb.recipes; pasta=new; pasta__it=new; pasta2__it=new;");
    Result result = shell.line("export-fs tree");
    assertEquals(1, result.exit(), result.toString());
    assertTrue(result.stderr().contains(place + " is a symbolic link"), result.stderr());
    assertTrue(Files.isSymbolicLink(tree.resolve(place)));
    try (Stream<Path> paths = Files.walk(outside)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        assertFalse(Files.readString(path).contains("new"), path.toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {MANIFEST, JOURNAL})
  void theManifestIsNoLinkEither(String name) throws IOException {
    exported();
    Path outside = home.resolve("outside");
    Files.writeString(outside, "precious");
    Files.deleteIfExists(tree.resolve(name));
    Files.createSymbolicLink(tree.resolve(name), outside);
    assertEquals(1, shell.line("export-fs tree").exit());
    assertEquals(1, shell.line("import-fs tree").exit());
    assertEquals("precious", Files.readString(outside));
  }

  @Test
  void aBadFileIsToldWithItsPlaceAndNothingLands() throws IOException {
    exported();
    edit("kb/recipes/bread.json", "\"fine\"");
    edit("kb/recipes/pasta.json", "{\n  \"a\": 1,\n  \"b\": oops\n}\n");
    Result result = shell.line("import-fs tree");
    assertEquals(65, result.exit());
    assertTrue(result.stderr().startsWith("kb/recipes/pasta.json:3:8: error:"), result.stderr());
    assertEquals(null, value("kb.recipes.bread"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kb/recipes/Upper.json",
        "kb/recipes/a__b.json",
        "kb/recipes/100%.json",
        "kb/recipes/%70asta.json",
        "kb/recipes/%00.json",
        "kb/white space/x.json",
        "KB/recipes/x.json",
        "kb/recipes/%~00.json"
      })
  void aFileThatNoExportWouldNameSoIsRefused(String path) throws IOException {
    exported();
    Files.createDirectories(tree.resolve(path).getParent());
    edit(path, "\"x\"");
    Result result = shell.line("import-fs tree");
    assertEquals(65, result.exit(), result.toString());
    assertEquals("al dente", value("kb.recipes.pasta"));
  }

  @Test
  void otherFilesAreLeftAlone() throws IOException {
    exported();
    Map<String, String> others =
        Map.of(
            "README.md", "x",
            "package.json", "{}",
            "Docs/a.json", "not even JSON",
            "Docs/images/logo.png", "x",
            ".git/HEAD/x.json", "x",
            "kb/recipes/.draft.json", "x",
            "kb/recipes/pasta.json~", "x",
            "kb/recipes/it/deep/x.json", "x");
    for (var other : others.entrySet()) {
      Files.createDirectories(tree.resolve(other.getKey()).getParent());
      edit(other.getKey(), other.getValue());
    }
    assertEquals(
        "kb.recipes create=0 update=0 unchanged=3 delete=0\n[0]",
        shell.line("import-fs tree --dry-run").toString().replaceFirst("Docs.*\n", ""));
    ok("import-fs tree");
    ok("export-fs tree");
    for (var other : others.entrySet()) {
      assertEquals(other.getValue(), file(other.getKey()));
    }
  }

  @Test
  void aKeyWithTheDelimiterInForceComesBack() throws IOException {
    ok("-p kb -n recipes set a.b 1");
    ok("export-fs tree");
    ok("-d other.db import-fs tree");
    ok("-d other.db -p kb -n recipes get a.b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<<<<<<< HEAD",
        "{\"k\":\"a\"}",
        "{\"k\":\"\",\"sha256\":\"00\"}",
        "{\"project\":\"../x\",\"namespace\":\"y\",\"kind\":\"std\"}"
      })
  void aDamagedManifestIsToldWithItsPlace(String line) throws IOException {
    exported();
    Files.writeString(
        tree.resolve(MANIFEST), line + "\n", StandardOpenOption.APPEND, StandardOpenOption.WRITE);
    for (String command : List.of("import-fs tree", "export-fs tree", "export-fs tree")) {
      Result result = shell.line(command);
      assertEquals(65, result.exit(), result.toString());
      assertTrue(result.stderr().startsWith(MANIFEST + ":6:"), result.stderr());
    }
    assertFalse(Files.exists(tree.resolve(JOURNAL)));
  }

  @Test
  void anInterruptedExportIsCompletedByTheNext() throws IOException {
    exported();
    String before = file(MANIFEST);
    load("meta:path=kb.recipes; pasta=1; rice=2; soup=3; meta:del=beans;");
    ok("export-fs tree");
    String journal = file(MANIFEST);
    // As if it had been killed behind the file of pasta: the line of rice is cut off.
    edit(MANIFEST, before);
    edit(JOURNAL, journal.substring(0, journal.indexOf("\"rice\"") + 9));
    edit("kb/recipes/rice.json", "\"ten minutes\"\n");
    Files.delete(tree.resolve("kb/recipes/soup.json"));
    Result refused = shell.line("import-fs tree");
    assertEquals(1, refused.exit());
    assertTrue(refused.stderr().contains("was interrupted"), refused.stderr());
    load("meta:path=kb.recipes; pasta=4;");
    assertEquals(
        "! 3 files written, 0 removed, 0 unchanged\n[0]", shell.line("export-fs tree").toString());
    assertEquals("\"4\"\n", file("kb/recipes/pasta.json"));
    assertEquals("\"2\"\n", file("kb/recipes/rice.json"));
    assertFalse(Files.exists(tree.resolve(JOURNAL)));
    ok("export-fs fresh");
    assertEquals(files(home.resolve("fresh")), files(tree));
  }

  @Test
  void twoExportsIntoOneFolderDoNotMeet() throws IOException {
    exported();
    try (FileChannel other =
            FileChannel.open(
                tree.resolve(JOURNAL), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = other.lock()) {
      assertTrue(lock.isValid());
      assertEquals(75, shell.line("export-fs tree").exit());
      assertEquals(75, shell.line("import-fs tree").exit());
    }
    ok("export-fs tree");
  }

  @Test
  void theSameDataGivesTheSameTree() throws IOException {
    load("meta:path=kb.recipes; b=1; a=2; meta:path=app.x; c=3;");
    ok("export-fs tree");
    for (String line : List.of("set app.x.c 3", "set kb.recipes.a 2", "set kb.recipes.b 1")) {
      ok("-d other.db " + line);
    }
    ok("-d other.db export-fs again");
    assertEquals(files(tree), files(home.resolve("again")));
  }

  @Test
  void whatIsNoFolderIsSaid() {
    assertEquals(2, shell.line("export-fs tree").exit());
    assertFalse(Files.exists(tree, LinkOption.NOFOLLOW_LINKS));
    assertEquals(1, shell.line("import-fs tree").exit());
    ok("set kb.a.x 1");
    assertEquals(1, shell.line("export-fs " + home.relativize(database())).exit());
    assertEquals(64, shell.run("export-fs", "").exit());
    assertEquals(64, shell.run("import-fs", "").exit());
    assertEquals(64, shell.line("import-fs").exit());
    assertEquals(64, shell.line("-p kb import-fs tree").exit());
  }

  @Test
  void aLargeValueAndManyContextsPass() throws IOException {
    byte[] large = new byte[5 << 20];
    new Random(1).nextBytes(large);
    shell.stdin(large).run("set", "kb.big.blob", "-");
    List<String> keys = new ArrayList<>();
    StringBuilder stream = new StringBuilder("meta:path=kb.many;");
    for (int i = 0; i < 300; i++) {
      keys.add("k" + i % 3 + "__c" + i);
      stream.append(keys.getLast()).append("=v").append(i).append(';');
    }
    load(stream.toString());
    ok("export-fs tree");
    ok("-d other.db import-fs tree");
    assertArrayEquals(large, shell.line("-d other.db get kb.big.blob --raw").bytes());
    assertEquals(
        shell.line("scan kb.many").stdout(), shell.line("-d other.db scan kb.many").stdout());
  }
}
