package org.prontodb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups and restores as a user at a shell sees them, with the real tar, age and openssl. */
class BackupCommandsTest {
  private static final String DATA = ".local/data/odx/prontodb";

  @TempDir Path home;
  private CommandLineRun shell;

  @BeforeEach
  void begin() {
    shell = new CommandLineRun(home);
    shell.environment.put("PATH", System.getenv("PATH"));
    shell.environment.put("PRONTO_SECURITY", "false");
    shell.run("set", "kb.recipes.pasta", "al dente");
  }

  @Test
  void whatAKilledBackupLeftIsRemovedByTheNextWhateverItsName() throws IOException {
    Path left = Files.createFile(home.resolve(".prontodb-999999999-ff.part"));
    backup("tuesday.tar.gz");
    assertFalse(Files.exists(left));
  }

  private String backup(String file, String... options) {
    String[] words = {"backup", "-q", "--out", file};
    String[] all = Arrays.copyOf(words, words.length + options.length);
    System.arraycopy(options, 0, all, words.length, options.length);
    assertEquals("[0]", shell.run(all).toString());
    return file;
  }

  private void prints(String expected, String... words) {
    assertEquals(expected, shell.run(words).toString());
  }

  private String system(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  private List<String> data() throws IOException {
    try (var files = Files.list(home.resolve(DATA))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"b.tar.gz", "b.tar.zst"})
  void stockTarReadsABackup(String name) throws Exception {
    Path conf = Files.createDirectories(home.resolve(".local/etc/odx/prontodb"));
    Files.writeString(conf.resolve("pronto.conf"), "busy_timeout_ms = 100\n");
    backup(name);
    assertEquals("rw-------", mode(home.resolve(name)));
    assertEquals("pronto.db\npronto.conf\nmanifest.json\nSHA256SUMS\n", system("tar -tf " + name));
    system("mkdir out; tar -xf " + name + " -C out; cd out; sha256sum -c SHA256SUMS");
    assertEquals(
        "pasta|al dente\n", system("sqlite3 out/pronto.db 'SELECT k, v FROM ns_kb_recipes'"));
    assertEquals("ok\n", system("sqlite3 out/pronto.db 'PRAGMA integrity_check'"));
    assertEquals(
        "1 2026-01-01T00:00:00Z 1\n",
        system("jq -r '\"\\(.format) \\(.created) \\(.namespaces)\"' out/manifest.json"));
    assertEquals("busy_timeout_ms = 100\n", Files.readString(home.resolve("out/pronto.conf")));
    assertEquals(List.of("pronto.db"), data());
  }

  @Test
  void nameTellsDatabaseAndTimeAndNoFileIsEverReplaced() throws IOException {
    for (String number : List.of("", "-2", "-3")) {
      prints(
          "! 1 namespace backed up to %s/pronto.db-20260101T000000Z%s.tar.gz\n[0]"
              .formatted(home, number),
          "backup");
    }
    shell.run("-d", "shop.db", "set", "a.b.c", "v");
    assertEquals(0, shell.run("-d", "shop.db", "backup").exit());
    assertTrue(Files.exists(home.resolve("shop.db-20260101T000000Z.tar.gz")));
    Files.createFile(home.resolve("there.tar.gz"));
    prints(
        "! prontodb: error: there is already a file \"%s/there.tar.gz\"\n".formatted(home)
            + "!   hint: choose another name, or remove it first\n[1]",
        "backup",
        "--out",
        "there.tar.gz");
    Files.createSymbolicLink(home.resolve("link.tar.gz"), home.resolve("elsewhere"));
    assertEquals(1, shell.run("backup", "--out", "link.tar.gz").exit());
    assertFalse(Files.exists(home.resolve("elsewhere")));
    Files.createDirectory(home.resolve("folder"));
    assertEquals(0, shell.run("backup", "--zstd", "--out", "folder").exit());
    assertTrue(Files.exists(home.resolve("folder/pronto.db-20260101T000000Z.tar.zst")));
    assertEquals(64, shell.run("backup", "--zstd", "--out", "x.tar.gz").exit());
  }

  @Test
  void whatIsNotThereCanNotBeBackedUp() throws IOException {
    assertEquals(2, shell.run("-d", "none.db", "backup").exit());
    assertEquals(List.of(".local"), names());
  }

  @Test
  void restoreBringsBackWhatWasThere() throws IOException {
    byte[] noise = new byte[300_000];
    new Random(3).nextBytes(noise);
    shell.stdin(noise).run("set", "kb.recipes.noise", "-");
    shell.run("admin", "create-cache", "kb.hot", "timeout=60;max_items=3");
    shell.run("set", "kb.hot.k", "v");
    shell.run("admin", "set-ns", "kb.packed", "compress=zstd", "--create");
    shell.run("set", "kb.packed.long", "x".repeat(5_000));
    String before = shell.run("nss", "--json").stdout();
    backup("b.tar.gz");
    shell.run("admin", "drop-ns", "kb.recipes");
    shell.run("set", "kb.later.k", "v");
    prints(
        "! 3 namespaces restored\n! what was there before is in %s/%s/pronto.db.before-restore-20260101T000000Z\n[0]"
            .formatted(home, DATA),
        "restore",
        "--force",
        "b.tar.gz");
    assertEquals(before, shell.run("nss", "--json").stdout());
    assertArrayEquals(noise, shell.run("get", "--raw", "kb.recipes.noise").bytes());
    assertEquals("x".repeat(5_000) + "\n", shell.run("get", "kb.packed.long").stdout());
    String copy = home + "/" + DATA + "/pronto.db.before-restore-20260101T000000Z";
    prints("v\n[0]", "-d", copy, "get", "kb.later.k");
    assertEquals("rw-------", mode(Path.of(copy)));
    prints("ok\n[0]", "check");
    assertEquals(List.of("pronto.db", "pronto.db.before-restore-20260101T000000Z"), data());
  }

  @Test
  void withoutForceNoNamespaceIsReplaced() throws IOException {
    backup("b.tar.gz");
    shell.run("set", "kb.recipes.rice", "hard");
    prints(
        "! prontodb: error: the database holds 1 namespace, which a restore would replace\n!   hint:"
            + " --force replaces them and keeps a copy beside the database; -d restores into"
            + " another file\n[1]",
        "restore",
        "b.tar.gz");
    prints("hard\n[0]", "get", "kb.recipes.rice");
    prints("! the backup is sound and holds 1 namespace\n[0]", "restore", "--dry-run", "b.tar.gz");
    prints("hard\n[0]", "get", "kb.recipes.rice");
    assertEquals(List.of("pronto.db"), data());
  }

  @Test
  void restoreMakesAMissingDatabaseWithTheIdentitiesOfTheBackup() throws IOException {
    shell.stdin("secret\n").run("admin", "user=sam;pass=-;");
    backup("b.tar.gz");
    prints("! 1 namespace restored\n[0]", "-d", "new.db", "restore", "b.tar.gz");
    prints("al dente\n[0]", "-d", "new.db", "get", "kb.recipes.pasta");
    assertTrue(shell.run("-d", "new.db", "admin", "user", "list").stdout().contains("sam"));
    assertEquals("rw-------", mode(home.resolve("new.db")));
    Files.createFile(home.resolve("empty.db"));
    prints("! 1 namespace restored\n[0]", "-d", "empty.db", "restore", "b.tar.gz");
    prints("al dente\n[0]", "-d", "empty.db", "get", "kb.recipes.pasta");
  }

  @Test
  void identitiesStayUnlessAskedFor() {
    shell.stdin("secret\n").run("admin", "user=old;pass=-;");
    backup("b.tar.gz");
    shell.run("admin", "user", "remove", "old");
    shell.stdin("secret\n").run("admin", "user=new;pass=-;");
    shell.run("restore", "--force", "b.tar.gz");
    String users = shell.run("admin", "user", "list").stdout();
    assertTrue(users.contains("new") && !users.contains("old"), users);
    shell.run("restore", "--force", "--with-identities", "b.tar.gz");
    users = shell.run("admin", "user", "list").stdout();
    assertTrue(users.contains("old") && !users.contains("new"), users);
  }

  @Test
  void aPipeWillDo() {
    CommandLineRun.Result written = shell.run("backup", "--out", "-");
    assertEquals(0, written.exit());
    shell.stdin(written.bytes());
    prints("[0]", "-q", "-d", "piped.db", "restore", "-");
    prints("al dente\n[0]", "-d", "piped.db", "get", "kb.recipes.pasta");
  }

  @Test
  void backupsAtTheSameTimeDoNotCollide() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Future<Integer>> ends = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        ends.add(threads.submit(() -> new CommandLineRun(home).run("backup", "--zstd").exit()));
      }
      for (Future<Integer> end : ends) {
        assertEquals(0, end.get());
      }
    }
    assertEquals(6, names().stream().filter(name -> name.endsWith(".tar.zst")).count());
  }

  @Test
  void databaseBehindALinkIsBackedUpAndRestoredThere() throws Exception {
    Files.createDirectory(home.resolve("links"));
    Files.createSymbolicLink(home.resolve("links/x.db"), home.resolve(DATA).resolve("pronto.db"));
    assertEquals(0, shell.run("-d", "links/x.db", "backup", "--out", "b.tar.gz").exit());
    assertEquals(0, shell.run("-d", "links/x.db", "restore", "--force", "b.tar.gz").exit());
    assertEquals(List.of("pronto.db", "pronto.db.before-restore-20260101T000000Z"), data());
    try (var files = Files.list(home.resolve("links"))) {
      assertEquals(1, files.count(), "nothing stands beside the link");
    }
  }

  @Test
  void folderBehindALinkGetsTheNewDatabase() throws Exception {
    Files.createDirectory(home.resolve("disk"));
    Files.createSymbolicLink(home.resolve("data"), home.resolve("disk"));
    assertEquals(0, shell.run("-d", "data/sub/new.db", "set", "a.b.c", "v").exit());
    assertTrue(Files.exists(home.resolve("disk/sub/new.db")));
    Files.createSymbolicLink(home.resolve("gone"), home.resolve("not mounted"));
    assertEquals(1, shell.run("-d", "gone/sub/new.db", "set", "a.b.c", "v").exit());
    assertEquals(1, shell.run("-d", "gone/sub/new.db", "get", "a.b.c").exit());
    assertFalse(Files.exists(home.resolve("not mounted")));
  }

  // --- encryption

  @Test
  void ageEncryptsToSeveralKeysAndDecryptsWithAnyOfThem() throws Exception {
    system("age-keygen -o one.key; age-keygen -o two.key");
    String one = system("age-keygen -y one.key").strip();
    String two = system("age-keygen -y two.key").strip();
    backup("b.tar.gz.age", "--age-recipient", one, "--age-recipient", two);
    assertEquals("rw-------", mode(home.resolve("b.tar.gz.age")));
    assertTrue(system("age -d -i two.key b.tar.gz.age | tar -tz").startsWith("pronto.db\n"));
    for (String key : List.of("one.key", "two.key")) {
      prints(
          "! 1 namespace restored\n[0]",
          "-d",
          key + ".db",
          "restore",
          "b.tar.gz.age",
          "--age-identity",
          home.resolve(key).toString());
      prints("al dente\n[0]", "-d", key + ".db", "get", "kb.recipes.pasta");
    }
    backup("i.tar.gz.age", "--age-identity", home + "/two.key");
    assertTrue(system("age -d -i two.key i.tar.gz.age | tar -tz").startsWith("pronto.db\n"));
    system("age-keygen -o wrong.key");
    CommandLineRun.Result wrong =
        shell.run("-d", "w.db", "restore", "b.tar.gz.age", "--age-identity", home + "/wrong.key");
    assertEquals(1, wrong.exit(), wrong.toString());
    assertTrue(wrong.stderr().contains("age failed with exit code 1: age: error: no identity"));
    assertFalse(Files.exists(home.resolve("w.db")));
    prints(
        "! prontodb: error: this backup is encrypted\n!   hint: give --age-identity FILE\n[65]",
        "-d",
        "w.db",
        "restore",
        "b.tar.gz.age");
  }

  @Test
  void opensslEncryptsWithThePasswordOfAVariable() throws Exception {
    shell.environment.put("BACKUP_PASS", "correct horse");
    backup("b.tar.zst.enc", "--openssl-pass-env", "BACKUP_PASS");
    assertTrue(
        system(
                "export P='correct horse';"
                    + " openssl enc -d -aes-256-cbc -pbkdf2 -pass env:P -in b.tar.zst.enc"
                    + " | zstd -dc | tar -t")
            .startsWith("pronto.db\n"));
    prints(
        "! 1 namespace restored\n[0]",
        "-d",
        "new.db",
        "restore",
        "--openssl-pass-env",
        "BACKUP_PASS",
        "b.tar.zst.enc");
    shell.environment.put("BACKUP_PASS", "wrong horse");
    CommandLineRun.Result wrong =
        shell.run("-d", "w.db", "restore", "--openssl-pass-env", "BACKUP_PASS", "b.tar.zst.enc");
    assertTrue(wrong.exit() == 1 || wrong.exit() == 65, wrong.toString());
    assertFalse(wrong.stderr().contains("horse"), wrong.stderr());
    assertFalse(Files.exists(home.resolve("w.db")));
    shell.environment.put("BACKUP_PASS", "");
    assertEquals(64, shell.run("backup", "--openssl-pass-env", "BACKUP_PASS").exit());
  }

  @Test
  void missingProgramIsNamedAndLeavesNoFile() throws IOException {
    shell.environment.put("PATH", home.toString());
    prints(
        "! prontodb: error: the program age is not installed\n!   hint: install age with your"
            + " system's packages, or from https://age-encryption.org\n[1]",
        "backup",
        "--out",
        "b.age",
        "--age-recipient",
        "age1x");
    assertEquals(List.of(".local"), names());
  }

  @Test
  void whatTheProgramSaysIsShown() throws IOException {
    CommandLineRun.Result failed = shell.run("backup", "--out", "b.age", "--age-recipient", "bad");
    assertEquals(1, failed.exit());
    assertTrue(
        failed.stderr().contains("age failed with exit code 1: age: error:"), failed.stderr());
    assertEquals(List.of(".local"), names());
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(home)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  // --- what is damaged, or hostile

  @Test
  void aByteThatIsFlippedOrCutOffIsFoundBeforeAnythingIsTouched() throws Exception {
    backup("b.tar.gz");
    byte[] good = Files.readAllBytes(home.resolve("b.tar.gz"));
    Random random = new Random(17);
    for (int round = 0; round < 30; round++) {
      byte[] bad = round % 2 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
      if (round % 2 == 1) {
        bad[20 + random.nextInt(bad.length - 20)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(home.resolve("bad.tar.gz"), bad);
      CommandLineRun.Result result = shell.run("-d", "new.db", "restore", "bad.tar.gz");
      assertEquals(65, result.exit(), round + ": " + result);
      assertFalse(Files.exists(home.resolve("new.db")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tar -czf bad.tar.gz -C out --transform 's|pronto.db|../pronto.db|' -P pronto.db",
        "tar -czf bad.tar.gz -C out --transform 's|^|/tmp/|' -P pronto.db",
        "ln -s /etc/passwd l/pronto.db; tar -czf bad.tar.gz -C l pronto.db",
        "cp out/pronto.db l/a; ln l/a l/pronto.db; tar -czf bad.tar.gz -C l a pronto.db",
        "mkdir l/pronto.db; tar -czf bad.tar.gz -C l pronto.db",
        "tar -czf bad.tar.gz -C out pronto.db pronto.db manifest.json SHA256SUMS",
        "tar -czf bad.tar.gz -C out pronto.db manifest.json",
        "tar -czf bad.tar.gz -C out manifest.json SHA256SUMS",
        "tar -czf bad.tar.gz -C out SHA256SUMS manifest.json pronto.db",
        "touch l/more; tar -cf bad.tar -C out pronto.db manifest.json SHA256SUMS -C ../l more;"
            + " gzip bad.tar",
        "truncate -s 2M l/manifest.json; tar -czf bad.tar.gz -C out pronto.db -C ../l"
            + " manifest.json -C ../out SHA256SUMS",
        "truncate -s 5M l/pronto.db; tar -czSf bad.tar.gz -C l pronto.db -C ../out manifest.json"
            + " SHA256SUMS",
        "echo x >> out/pronto.db; tar -czf bad.tar.gz -C out pronto.db manifest.json SHA256SUMS",
        "head -c 300000 /dev/zero | gzip > bad.tar.gz",
        "echo nothing of the kind > bad.tar.gz",
        ": > bad.tar.gz",
        "touch l/x; tar -czf bad.tar.gz -C l --format=pax"
            + " --pax-option=comment:=$(head -c 100000 /dev/zero | tr '\\0' c) x"
      })
  void archiveThatIsNoBackupIsRefused(String make) throws Exception {
    backup("b.tar.gz");
    system("mkdir out l; tar -xf b.tar.gz -C out; " + make);
    CommandLineRun.Result result = shell.run("-d", "new.db", "restore", "bad.tar.gz");
    assertEquals(65, result.exit(), result.toString());
    assertTrue(result.stderr().startsWith("prontodb: error: "), result.stderr());
    assertFalse(Files.exists(home.resolve("new.db")), "nothing was touched");
    try (var files = Files.list(home)) {
      assertTrue(files.noneMatch(file -> file.getFileName().toString().endsWith(".restore")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PRAGMA user_version = 999",
        "PRAGMA application_id = 1",
        "CREATE TRIGGER t AFTER INSERT ON ns_kb_recipes BEGIN DELETE FROM sec_users; END",
        "DROP TABLE ns_kb_recipes",
        "DROP TABLE sys_namespaces"
      })
  void databaseThatIsNotAsItShouldBeIsRefused(String sql) throws Exception {
    backup("b.tar.gz");
    system(
        "mkdir out; tar -xf b.tar.gz -C out; cd out; sqlite3 pronto.db '"
            + sql
            + "'; sha256sum pronto.db manifest.json > SHA256SUMS;"
            + " tar -czf ../bad.tar.gz pronto.db manifest.json SHA256SUMS");
    CommandLineRun.Result result = shell.run("restore", "--force", "bad.tar.gz");
    assertEquals(65, result.exit(), result.toString());
    assertTrue(
        result.stderr().contains("the database in the backup can not be used: "), result.stderr());
    assertEquals(List.of("pronto.db"), data());
    prints("al dente\n[0]", "get", "kb.recipes.pasta");
  }

  @Test
  void pageSizeOfTheDatabaseMayDiffer() throws Exception {
    backup("b.tar.gz");
    system(
        "sqlite3 "
            + DATA
            + "/pronto.db 'PRAGMA journal_mode=DELETE; PRAGMA page_size=4096; VACUUM;'");
    shell.run("set", "kb.recipes.pasta", "soft");
    assertEquals(0, shell.run("restore", "--force", "b.tar.gz").exit());
    prints("al dente\n[0]", "get", "kb.recipes.pasta");
    prints("ok\n[0]", "check");
  }

  @Test
  void databaseOfAnOlderSchemaIsBackedUpAndRestored() throws Exception {
    system(
        "sqlite3 "
            + DATA
            + "/pronto.db 'ALTER TABLE sys_namespaces DROP COLUMN compress;"
            + " ALTER TABLE sys_namespaces DROP COLUMN compress_level; PRAGMA user_version = 1'");
    backup("b.tar.gz");
    prints("! 1 namespace restored\n[0]", "-d", "new.db", "restore", "b.tar.gz");
    prints("al dente\n[0]", "-d", "new.db", "get", "kb.recipes.pasta");
    prints("[0]", "restore", "-q", "--force", "b.tar.gz");
    prints("al dente\n[0]", "get", "kb.recipes.pasta");
  }
}
