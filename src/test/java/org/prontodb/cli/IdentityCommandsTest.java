package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.prontodb.cli.CommandLineRun.Result;
import org.prontodb.cli.ProcessContext.Terminal;
import org.prontodb.model.Secret;

/** The commands of {@code admin} and {@code proto} that are about who may do what. */
class IdentityCommandsTest {
  @TempDir private Path home;
  private CommandLineRun shell;

  @BeforeEach
  void openShell() {
    shell = new CommandLineRun(home);
  }

  private Result run(String... words) {
    return shell.run(words);
  }

  private String printed(String... words) {
    Result result = run(words);
    assertEquals(0, result.exit(), result.toString());
    return result.stdout();
  }

  private void addUser(String name, String password) {
    Result result = shell.stdin(password + "\n").run("admin", "user=" + name + ";pass=-;");
    assertEquals("! added user " + name + "\n[0]", result.toString());
  }

  private String openSession(String... more) {
    shell.stdin("pronto!");
    List<String> words = new java.util.ArrayList<>(List.of("proto", "auth", "pass=-;user=admin"));
    words.addAll(List.of(more));
    return printed(words.toArray(String[]::new)).strip();
  }

  @Test
  void aUserIsAddedThenGetsANewPassword() {
    addUser("sam", "open sesame");
    assertEquals(
        "! changed the password of sam\n[0]",
        shell.stdin("other").run("admin", "pass=-; user=sam").toString());
    assertEquals("admin\tdefault\trw *\nsam\tset\t\n", printed("admin", "user", "list"));
    assertEquals("admin\nsam\n", printed("admin", "user", "list", "-q"));
  }

  @Test
  void thePasswordComesFromAFile() throws IOException {
    Files.writeString(secretFile("password.txt", "rw-------"), "open sesame\r\n");
    assertEquals(
        "! added user sam\n[0]",
        run("admin", "user=sam", "--password-file", "password.txt").toString());
    assertEquals(0, run("proto", "auth", "user=sam", "--password-file", "password.txt").exit());
    assertEquals(0, shell.stdin("open sesame").run("proto", "auth", "user=sam;pass=-").exit());
  }

  @Test
  void aKeyComesFromAFileToo() throws IOException {
    addUser("sam", "x");
    String key = printed("admin", "apikey", "create", "sam");
    Files.writeString(secretFile("key.txt", "rw-------"), key);
    Result opened = run("proto", "auth", "sec=-", "--password-file", "key.txt");
    assertEquals("session of sam, expires 2026-01-01T08:00:00Z\n", opened.stderr());
    assertEquals("sam\n", printed("proto", "whoami", "sec=-", "--password-file", "key.txt"));
    Files.writeString(secretFile("session.txt", "rw-------"), opened.stdout());
    assertEquals(0, run("proto", "revoke", "session=-", "--password-file", "session.txt").exit());
    assertEquals(77, run("proto", "whoami", "session=-", "--password-file", "session.txt").exit());
    assertEquals(0, shell.stdin("x").run("admin", "user=sam", "--password-file", "-").exit());
    assertEquals(64, run("admin", "user=sam;pass=x", "--password-file", "key.txt").exit());
  }

  @Test
  void aPasswordFileThatOthersMayReadDrawsAWarning() throws IOException {
    Files.writeString(secretFile("open.txt", "rw-r-----"), "x");
    Files.writeString(secretFile("closed.txt", "rw-------"), "x");
    assertEquals(
        "! prontodb: warning: the permissions of open.txt let others read the password in it:"
            + " chmod 600 open.txt\n! added user sam\n[0]",
        run("admin", "user=sam", "--password-file", "open.txt").toString());
    assertEquals(
        "! changed the password of sam\n[0]",
        run("admin", "user=sam", "--password-file", "closed.txt").toString());
    assertEquals(
        "! prontodb: error: \".\" is a folder\n[1]",
        run("admin", "user=sam", "--password-file", ".").toString());
  }

  private Path secretFile(String name, String mode) throws IOException {
    Path file = Files.createFile(home.resolve(name));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @Test
  void aPasswordOnTheCommandLineWorksWithAWarning() {
    Result result = run("admin", "user=sam;pass=123;");
    assertEquals(0, result.exit());
    assertTrue(
        result
            .stderr()
            .startsWith("prontodb: warning: others on this machine can read the password"),
        result.stderr());
    assertFalse(result.stderr().contains("123"));
  }

  @Test
  void theSettingsStandInOneArgumentOrInSeveral() {
    assertEquals(0, run("admin", "user=sam", "pass=123").exit());
    assertEquals(0, run("proto", "auth", "pass=123;", "user=sam;").exit());
    assertEquals(77, run("proto", "auth", "pass=124", "user=sam").exit());
  }

  @Test
  void aSessionOpenedWithTheDefaultPasswordIsWarnedOf() {
    run("set", "kb.a.x", "1");
    assertTrue(
        shell
            .stdin("pronto!")
            .run("proto", "auth", "pass=-;user=admin")
            .stderr()
            .startsWith("prontodb: warning: the default password of admin is in use;"));
  }

  @Test
  void aGroupOfCommandsTellsWhatIsInIt() {
    String help = run("help", "proto").stdout();
    assertTrue(help.contains("proto whoami"), help);
    assertEquals(help, run("proto", "--help").stdout());
    assertTrue(run("proto").stderr().contains("proto auth, proto whoami, proto revoke"));
  }

  @Test
  void aPersonIsAskedTwiceForANewPasswordAndOnceForALogin() {
    ArrayDeque<String> answers = new ArrayDeque<>(List.of("one", "two", "one", "one", "one"));
    StringBuilder asked = new StringBuilder();
    shell.terminal =
        new Terminal() {
          @Override
          public boolean is(int descriptor) {
            return descriptor == 0;
          }

          @Override
          public Optional<Secret> ask(String question) {
            asked.append(question);
            return Optional.of(Secret.of(answers.removeFirst()));
          }
        };
    assertEquals(
        "! prontodb: error: the two are not the same; nothing was changed\n[65]",
        run("admin", "user=sam").toString());
    assertEquals(0, run("admin", "user=sam").exit());
    assertEquals(0, run("proto", "auth", "user=sam;pass=-").exit());
    assertEquals(
        "password: password again: password: password again: password: ", asked.toString());
    assertTrue(answers.isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "admin user=sam        | 64 | the password is missing: write pass=- and give it on standard input",
        "admin pass=-          | 64 | user= is missing",
        "admin usr=sam;pass=-  | 64 | unknown setting \"usr\"; did you mean user?",
        "admin user=sam;user=x | 64 | setting \"user\" is given twice",
        "admin user=sam;pass=  | 65 | the password is empty",
        "admin user=sam;pass=- | 65 | standard input has no password in it",
        "admin user=a/b;pass=x | 64 | user name \"a/b\" holds '/' at character 2",
        "admin sam             | 64 | unknown command \"admin sam\"",
        "admin                 | 64 | admin needs 'user=NAME;pass=-;'",
        "admin user            | 64 | \"admin user\" is the beginning of a command",
        "proto                 | 64 | \"proto\" is the beginning of a command",
        "admin user lsit       | 64 | unknown command \"admin user lsit\"",
        "admin user=sam c=d    | 64 | unknown setting; it takes user, pass",
        "admin user=sam secret | 64 | bad settings: something is wrong at character 16",
        "proto whoami sec=a sec=b | 64 | proto whoami takes one setting and no more",
        "user=sam;pass=secret  | 64 | unknown command \"user=…\"",
        "proto auth user=x;sec=y | 64 | sec= stands alone",
        "proto auth sec=       | 77 | the API key is not valid: unknown, expired or revoked",
        "proto auth user=x;pass=y | 77 | wrong user or password",
        "proto whoami          | 77 | nobody has authenticated: neither PRONTO_SESSION nor PRONTO_APIKEY is set",
        "proto whoami user=sam | 64 | unknown setting; it takes session, sec",
        "admin grant sam rx kb.* | 64 | \"rx\" is no access",
        "admin user=os:sam;pass=x | 64 | user name \"os:sam\" begins with os:",
        "proto whoami --password-file key | 64 | say what is in the file: session=- or sec=-",
        "admin grant sam rw *.x | 64 | \"*.x\" is no pattern of namespaces",
        "admin grant sam rw kb | 64 | \"kb\" is no pattern of namespaces",
        "admin apikey create sam --expires 30y | 64 | --expires needs a span of time such as 90, 90s, 15m, 2h or 7d, up to a thousand years, not \"30y\"",
        "admin apikey create sam --expires 0 | 64 | --expires needs a span of time such as 90, 90s, 15m, 2h or 7d, up to a thousand years, not \"0\"",
      })
  void whatIsWrongIsTold(String line, int exit, String message) {
    Result result = shell.line(line.strip());
    assertEquals(exit, result.exit(), result.toString());
    String last = result.stderr().substring(result.stderr().indexOf("error: ") + 7);
    assertEquals(message, last.lines().findFirst().orElse(""));
    assertFalse(Files.exists(home.resolve(".local")), "a refused command creates nothing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "admin user remove sam | 2 | there is no user \"sam\"",
        "admin user remove admin | 1 | admin can not be removed",
        "admin apikey create sam | 2 | there is no user \"sam\"",
        "admin apikey revoke abc | 2 | there is no API key \"abc\"",
        "admin grant sam rw kb.* | 2 | there is no user \"sam\"",
        "admin grant admin rw kb.* | 1 | admin may do all: a grant would change nothing",
        "admin revoke admin kb.* | 2 | \"admin\" has no grant for \"kb.*\"",
      })
  void whatIsNotThereIsTold(String line, int exit, String message) {
    run("set", "kb.recipes.pasta", "x");
    Result result = shell.line(line);
    assertEquals(exit, result.exit(), result.toString());
    assertEquals("prontodb: error: " + message, result.stderr().lines().findFirst().orElse(""));
  }

  @Test
  void listsOfADatabaseThatIsNotThereAreAMiss() {
    assertEquals(2, run("admin", "user", "list").exit());
    assertEquals(2, run("admin", "apikey", "list").exit());
    assertEquals(2, run("admin", "user", "remove", "sam").exit());
  }

  @Test
  void anApiKeyIsPrintedOnceListedAndRevoked() {
    addUser("sam", "x");
    Result created =
        run("admin", "apikey", "create", "sam", "--name", "nightly", "--expires", "30d");
    String key = created.stdout().strip();
    String id = key.substring("pronto_ak_".length(), "pronto_ak_".length() + 8);
    assertEquals(
        "API key " + id + " of sam, expires 2026-01-31T00:00:00Z; it is not shown again\n",
        created.stderr());
    assertEquals(
        id + "\tsam\tnightly\t2026-01-01T00:00:00Z\t2026-01-31T00:00:00Z\n",
        printed("admin", "apikey", "list"));
    shell.environment.put("PRONTO_APIKEY", key);
    assertEquals("sam\n", printed("proto", "whoami"));
    assertEquals(
        "! revoked API key " + id + " of sam\n[0]",
        run("admin", "apikey", "revoke", id).toString());
    assertEquals(77, run("proto", "whoami").exit());
    assertEquals("", printed("admin", "apikey", "list"));
  }

  @Test
  void anApiKeyIsRevokedByItsTextToo() {
    addUser("sam", "x");
    String key = printed("admin", "apikey", "create", "sam").strip();
    Result revoked = run("admin", "apikey", "revoke", key);
    assertEquals(0, revoked.exit());
    Result again = run("admin", "apikey", "revoke", key);
    assertEquals(2, again.exit());
    assertFalse((revoked.toString() + again).contains(key));
  }

  @Test
  void keysAndUsersAreListedAsJson() {
    addUser("sam", "x");
    run("admin", "grant", "sam", "rw", "kb.*");
    run("admin", "grant", "sam", "ro", "*.*");
    assertEquals(
        """
        {"user":"admin","password":"default","grants":[{"access":"rw","pattern":"*",\
        "project":null,"namespace":null}]}
        {"user":"sam","password":"set","grants":[{"access":"ro","pattern":"*",\
        "project":null,"namespace":null},{"access":"rw","pattern":"kb.*",\
        "project":"kb","namespace":null}]}
        """,
        printed("admin", "user", "list", "--json"));
    String key = printed("admin", "apikey", "create", "sam", "--json");
    assertTrue(
        key.matches(
            "\\{\"key\":\"pronto_ak_[^\"]*\",\"id\":\"[a-z2-7]{8}\",\"user\":\"sam\",\"name\":\"\","
                + "\"created\":\"2026-01-01T00:00:00Z\",\"expires\":null\\}\n"),
        key);
    assertEquals(
        "{" + key.substring(key.indexOf("\"id\"")), printed("admin", "apikey", "list", "--json"));
  }

  @Test
  void aSessionLastsEightHoursUnlessToldOtherwise() {
    String session = openSession();
    shell.environment.put("PRONTO_SESSION", session);
    assertEquals("admin\n", printed("proto", "whoami"));
    shell.pass(8 * 3600 - 1);
    assertEquals("admin\n", printed("proto", "whoami"));
    shell.pass(1);
    assertEquals(77, run("proto", "whoami").exit());
    shell.environment.put("PRONTO_SESSION", openSession("--ttl", "90"));
    shell.pass(90);
    assertEquals(77, run("proto", "whoami").exit());
  }

  @Test
  void aSessionIsShownOnStandardInputAsWellAsInTheEnvironment() {
    String session = openSession();
    assertEquals("admin\n", shell.stdin(session).run("proto", "whoami", "session=-").stdout());
    assertEquals(0, shell.stdin(session).run("proto", "revoke", "session=-").exit());
    assertEquals(77, shell.stdin(session).run("proto", "whoami", "session=-").exit());
  }

  @Test
  void whoamiTellsAMachineMore() {
    String session = openSession();
    shell.environment.put("PRONTO_SESSION", session);
    assertEquals(
        "{\"user\":\"admin\",\"by\":\"session\",\"id\":\""
            + session.substring(10, 18)
            + "\",\"expires\":\"2026-01-01T08:00:00Z\"}\n",
        printed("proto", "whoami", "--json"));
  }

  @Test
  void anApiKeyOpensASessionThatEndsWithIt() {
    addUser("sam", "x");
    String key = printed("admin", "apikey", "create", "sam").strip();
    Result opened = shell.stdin(key).run("proto", "auth", "sec=-", "--ttl", "1h");
    assertEquals("session of sam, expires 2026-01-01T01:00:00Z\n", opened.stderr());
    shell.environment.put("PRONTO_SESSION", opened.stdout().strip());
    assertEquals("sam\n", printed("proto", "whoami"));
    run("admin", "apikey", "revoke", key);
    assertEquals(77, run("proto", "whoami").exit());
  }

  @Test
  void theEnvironmentSetsTheFirstPasswordOfAdmin() {
    shell.environment.put("PRONTO_ADMIN_PASS", "from the start");
    assertEquals(77, shell.stdin("pronto!").run("proto", "auth", "user=admin;pass=-").exit());
    assertEquals(0, shell.stdin("from the start").run("proto", "auth", "user=admin;pass=-").exit());
    assertEquals("admin\tset\trw *\n", printed("admin", "user", "list"));
    shell.environment.put("PRONTO_ADMIN_PASS", "too late");
    assertEquals(77, shell.stdin("too late").run("proto", "auth", "user=admin;pass=-").exit());
  }

  @Test
  void theDefaultPasswordIsNeverHidden() {
    shell.environment.put("PRONTO_ADMIN_PASS", "pronto!");
    run("set", "kb.recipes.pasta", "x");
    assertEquals("admin\tdefault\trw *\n", printed("admin", "user", "list"));
    addUserAgain("admin", "other");
    assertEquals("admin\tset\trw *\n", printed("admin", "user", "list"));
    Result reset = shell.stdin("pronto!").run("admin", "user=admin;pass=-");
    assertTrue(reset.stderr().contains("admin has the default password again"));
    assertEquals("admin\tdefault\trw *\n", printed("admin", "user", "list"));
  }

  private void addUserAgain(String name, String password) {
    assertEquals(0, shell.stdin(password).run("admin", "user=" + name + ";pass=-").exit());
  }
}
