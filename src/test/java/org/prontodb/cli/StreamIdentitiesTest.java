package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.prontodb.cli.CommandLineRun.Result;

/** Who may load what with {@code prontodb stream}. */
class StreamIdentitiesTest {
  private static final String ADMIN = "meta:sec:pass=pronto!; meta:sec:user=admin;\n";
  private static final String RECORDS = "meta:path=kb.a;\nx=1;\nmeta:path=shop.b;\ny=2;\n";

  @TempDir private Path home;
  private CommandLineRun shell;

  @BeforeEach
  void openShell() {
    shell = new CommandLineRun(home);
  }

  private Result stream(String text, String... options) {
    String[] words = new String[options.length + 1];
    words[0] = "stream";
    System.arraycopy(options, 0, words, 1, options.length);
    return shell.stdin(text).run(words);
  }

  /** A user with these grants, whose API key stands in the environment from here on. */
  private void actAs(String user, String... grants) {
    assertEquals(0, shell.stdin("x").run("admin", "user=" + user + ";pass=-").exit());
    for (String grant : grants) {
      assertEquals(0, shell.line("admin grant " + user + " " + grant).exit());
    }
    Result key = shell.run("admin", "apikey", "create", user);
    shell.environment.put("PRONTO_APIKEY", key.stdout().strip());
  }

  private void nothingIsThere() {
    assertEquals("", shell.run("nss", "-q").stdout());
  }

  @Test
  void theDefaultPasswordIsToldEachTime() {
    Result loaded = stream(ADMIN + RECORDS);
    assertEquals(0, loaded.exit(), loaded.toString());
    assertTrue(loaded.stderr().contains("default password"), loaded.stderr());
    assertTrue(stream(ADMIN + RECORDS).stderr().contains("default password"));
  }

  @Test
  void withoutAnybodyNothingIsLoaded() {
    assertEquals(77, stream(RECORDS).exit());
    shell.environment.put("PRONTO_SECURITY", "false");
    assertEquals(0, stream(RECORDS).exit());
  }

  @Test
  void aPreambleThatIsNotRequiredIsStillVerified() {
    shell.environment.put("PRONTO_SECURITY", "false");
    assertEquals(77, stream(ADMIN.replace("pronto!", "wrong") + RECORDS).exit());
    assertEquals(2, shell.run("nss").exit(), "no database was made");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--check", "--keep-going", "--commit-every=1"})
  void aNamespaceWithoutAGrantStopsTheLoadAtTheLineThatChoosesIt(String option) {
    actAs("sam", "rw kb.*");
    Result refused = option.isEmpty() ? stream(RECORDS) : stream(RECORDS, option);
    assertEquals(77, refused.exit(), refused.toString());
    assertTrue(refused.stderr().contains("<stdin>:3:"), "the line is named: " + refused.stderr());
    assertTrue(refused.stderr().contains("shop.b"), refused.stderr());
    assertEquals(2, shell.run("get", "shop.b.y").exit());
    if (!option.startsWith("--commit-every")) {
      nothingIsThere();
    }
  }

  @Test
  void whatIsSkippedDoesNotHideARefusalThatIsNot() {
    actAs("sam", "rw kb.*");
    Result refused = stream("meta:path=kb.a; bad bad;\n" + RECORDS, "--keep-going");
    assertEquals(77, refused.exit(), refused.toString());
    nothingIsThere();
    String late = "meta:path=kb.a; bad bad; x=1; meta:sec:apikey=x;";
    assertEquals(77, stream(late, "--keep-going").exit());
    nothingIsThere();
  }

  @Test
  void aPreambleThatEndsWithTheInputIsToldWhere() {
    Result cut = stream("meta:sec:pass=pronto!;\n");
    assertEquals(77, cut.exit());
    assertTrue(cut.stderr().startsWith("<stdin>:2:1: error: the preamble has"), cut.stderr());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--check", "--keep-going"})
  void aUserWhoMayReadMayNotLoad(String option) {
    shell.run("set", "kb.a.x", "secret");
    actAs("sam", "ro *");
    String asking = "meta:path=kb.a; meta:if=\"x=secret\"; x=1;";
    assertEquals(77, (option.isEmpty() ? stream(asking) : stream(asking, option)).exit());
    assertEquals("secret\n", shell.run("get", "kb.a.x").stdout());
  }

  @Test
  void anApiKeyInTheEnvironmentStandsInForThePreamble() {
    actAs("sam", "rw kb.*", "rw shop.b");
    assertEquals(0, stream(RECORDS).exit());
    assertEquals("2\n", shell.run("get", "shop.b.y").stdout());
    assertTrue(shell.run("log").stdout().contains("\tsam\t"), "the log names who loaded");
  }

  @Test
  void aSessionInTheEnvironmentStandsAboveAnApiKey() {
    actAs("sam");
    Result session = shell.stdin("pronto!").run("proto", "auth", "pass=-;user=admin");
    shell.environment.put("PRONTO_SESSION", session.stdout().strip());
    assertEquals(0, stream(RECORDS).exit());
    shell.pass(8 * 3600);
    assertEquals(77, stream(RECORDS).exit());
  }

  @Test
  void aKeyInTheStreamIsAPreamble() {
    actAs("sam", "rw *");
    String key = shell.environment.remove("PRONTO_APIKEY");
    assertEquals(0, stream("meta:sec:apikey=" + key + ";\n" + RECORDS).exit());
    assertEquals(77, stream("meta:sec:session=" + key + ";\n" + RECORDS).exit());
  }

  @Test
  void theLogTellsWhoChangedWhatAndWhoLoaded() {
    actAs("sam", "rw *");
    shell.pass(1);
    assertEquals(0, stream(RECORDS).exit());
    shell.pass(1);
    shell.line("admin revoke sam *");
    String by = "os:" + System.getProperty("user.name");
    String id = shell.run("admin", "apikey", "list", "-q").stdout().strip();
    assertEquals(
        """
        2026-01-01T00:00:02Z	BY	revoke	sam	*
        2026-01-01T00:00:01Z	sam	ok	-	2	2	0	44
        2026-01-01T00:00:00Z	BY	apikey create	sam	ID
        2026-01-01T00:00:00Z	BY	grant	sam	rw *
        2026-01-01T00:00:00Z	BY	user add	sam	-
        """
            .replace("BY", by)
            .replace("ID", id),
        shell.run("log").stdout());
    assertEquals(
        "{\"event\":\"identity\",\"at\":\"2026-01-01T00:00:02Z\",\"by\":\""
            + by
            + "\",\"action\":\"revoke\",\"user\":\"sam\",\"detail\":\"*\"}\n",
        shell.run("log", "--json", "--limit", "1").stdout());
  }

  /** The input, and something that happens when it has been read. */
  private static InputStream then(String text, Runnable happens) {
    return new SequenceInputStream(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        new InputStream() {
          @Override
          public int read() {
            happens.run();
            return -1;
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin revoke sam *", "admin apikey revoke KEY", "admin user remove sam"})
  void whatIsTakenBackWhileALoadRunsStopsIt(String change) {
    actAs("sam", "rw *");
    String key = shell.environment.get("PRONTO_APIKEY");
    CommandLineRun other = new CommandLineRun(home);
    InputStream input =
        then(RECORDS, () -> assertEquals(0, other.line(change.replace("KEY", key)).exit()));
    Result refused = shell.stdin(input).run("stream");
    assertEquals(77, refused.exit(), refused.toString());
    nothingIsThere();
  }

  @Test
  void thePasswordOfTheEnvironmentHoldsInTheLoadThatMakesTheDatabase() {
    shell.environment.put("PRONTO_ADMIN_PASS", "from the start");
    assertEquals(77, stream(ADMIN + RECORDS).exit());
    Result loaded = stream(ADMIN.replace("pronto!", "from the start") + RECORDS);
    assertEquals(0, loaded.exit(), loaded.toString());
    assertFalse(loaded.stderr().contains("default password"), loaded.stderr());
    assertEquals(77, stream(ADMIN + RECORDS).exit());
  }

  @Test
  void aRefusalNamesTheNamespaceAsItIsToBeGranted() {
    actAs("sam");
    shell.environment.put("PRONTO_NS_DELIM", ":");
    Result refused = stream("meta:path=kb:a.b;\nx=1;\n");
    assertEquals(77, refused.exit());
    assertTrue(refused.stderr().contains("1:11: error: sam may not write into kb:a.b"));
    String hint = refused.stderr().substring(refused.stderr().indexOf("prontodb admin"));
    assertEquals(0, shell.line(hint.lines().findFirst().orElseThrow()).exit());
    assertEquals(0, stream("meta:path=kb:a.b;\nx=1;\n").exit());
  }

  @Test
  void aRefusalOfANameThatTheDelimiterCanNotExpressTellsWithWhichOne() {
    actAs("sam");
    String load = "meta:delim=:;\nmeta:path=kb:a.b;\nx=1;\n";
    Result refused = stream(load);
    assertEquals(77, refused.exit());
    assertTrue(refused.stderr().contains("sam may not write into kb!a.b"), refused.stderr());
    assertTrue(
        refused.stderr().contains("prontodb --ns-delim '!' admin grant sam rw 'kb!a.b'"),
        refused.stderr());
    assertEquals(0, shell.line("--ns-delim ! admin grant sam rw kb!a.b").exit());
    assertEquals(0, stream(load).exit());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "kb.$(reboot) | prontodb admin grant sam rw 'kb.$(reboot)'",
        "kb.&id       | prontodb admin grant sam rw 'kb.&id'",
        "kb.*         | a name with * in it has no grant of its own",
        "*.*          | a name with * in it has no grant of its own"
      })
  void theCommandInARefusalDoesNoMoreThanItSays(String path, String hint) {
    actAs("sam");
    Result refused = stream("meta:path=" + path + ";\nx=1;\n");
    assertEquals(77, refused.exit());
    assertTrue(
        refused
            .stderr()
            .contains("hint: " + (hint.startsWith("a ") ? "" : "have an admin grant it: ") + hint),
        refused.stderr());
  }

  @Test
  void theLogNamesTheUserOrElseTheAccountThatRanALoad() {
    String account = "os:" + System.getProperty("user.name");
    assertEquals(0, shell.stdin("x\tMQ==\n").run("import", "kb.a").exit());
    actAs("sam", "rw *");
    assertEquals(0, stream(RECORDS).exit());
    shell.environment.remove("PRONTO_APIKEY");
    shell.environment.put("PRONTO_SECURITY", "false");
    assertEquals(0, stream(RECORDS).exit());
    assertEquals(0, stream(ADMIN + RECORDS).exit());
    String who =
        shell
            .run("log")
            .stdout()
            .lines()
            .map(line -> line.split("\t"))
            .filter(fields -> fields[2].equals("ok"))
            .map(fields -> fields[1])
            .collect(Collectors.joining(" "));
    assertEquals("admin " + account + " sam " + account, who);
  }
}
