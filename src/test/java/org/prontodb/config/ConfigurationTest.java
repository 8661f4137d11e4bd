package org.prontodb.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.SourceLine;

class ConfigurationTest {
  @TempDir private Path home;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<Setting, String> flags = new HashMap<>();

  @BeforeEach
  void setHome() {
    environment.put("HOME", home.toString());
  }

  private Path file() {
    return new Paths(environment).configurationFile();
  }

  private void write(byte[] content) throws IOException {
    Files.createDirectories(file().getParent());
    Files.write(file(), content);
  }

  private void write(String content) throws IOException {
    write(content.getBytes(StandardCharsets.UTF_8));
  }

  private Configuration load() {
    return Configuration.load(environment, flags);
  }

  private Problem refused() {
    return assertThrows(ProntoException.class, this::load).problem();
  }

  @Test
  void withoutAFileTheDefaultsHold() {
    Configuration configuration = load();
    assertEquals(
        new DatabaseLocation.File(home.resolve(".local/data/odx/prontodb/pronto.db")),
        configuration.database());
    assertEquals(Delimiter.DEFAULT, configuration.delimiter());
    assertTrue(configuration.securityRequired());
    assertEquals(5000, configuration.busyTimeout());
    assertEquals(10_000, configuration.maxNamespaces());
    assertFalse(configuration.durable());
    assertEquals(List.of(), configuration.warnings());
  }

  @Test
  void theFileSetsEverything() throws IOException {
    write(
        """
        \uFEFF# my settings
          db = "/data/my #1.db"   # quoted, because of the mark

        ns_delim=':'
        security.required=false
        busy_timeout_ms =250 # short\r
        max_namespaces= 20000
        synchronous=full""");
    Configuration configuration = load();
    assertEquals(new DatabaseLocation.File(Path.of("/data/my #1.db")), configuration.database());
    assertEquals(new Delimiter(':'), configuration.delimiter());
    assertFalse(configuration.securityRequired());
    assertEquals(250, configuration.busyTimeout());
    assertEquals(20_000, configuration.maxNamespaces());
    assertTrue(configuration.durable());
    assertEquals(List.of(), configuration.warnings());
  }

  @Test
  void flagsStandAboveTheEnvironmentAboveTheFile() throws IOException {
    write("ns_delim=:\ndb=~/file.db\n");
    assertEquals(new DatabaseLocation.File(home.resolve("file.db")), load().database());
    environment.put("PRONTO_DB", "env.db");
    environment.put("PRONTO_NS_DELIM", "|");
    assertEquals(new DatabaseLocation.File(Path.of("env.db")), load().database());
    assertEquals(new Delimiter('|'), load().delimiter());
    assertFalse(load().durable());
    environment.put("PRONTO_SYNCHRONOUS", "full");
    assertTrue(load().durable());
    flags.put(Setting.DATABASE, "flag.db");
    flags.put(Setting.DELIMITER, "@");
    assertEquals(new DatabaseLocation.File(Path.of("flag.db")), load().database());
    assertEquals(new Delimiter('@'), load().delimiter());
  }

  @Test
  void aFileTooLongForABackupIsRefused() throws IOException {
    write("# long\n".repeat(200_000));
    Problem problem = refused();
    assertEquals(Kind.FAILED, problem.kind());
    assertEquals(
        "can not read the configuration " + file() + ": it has more than 1048576 bytes",
        problem.message());
  }

  @Test
  void anEmptyVariableIsNotSet() {
    environment.put("PRONTO_DB", "");
    environment.put("PRONTO_SECURITY", "");
    assertEquals(
        new DatabaseLocation.File(home.resolve(".local/data/odx/prontodb/pronto.db")),
        load().database());
    assertTrue(load().securityRequired());
  }

  @Test
  void theLastOfTwoLinesHolds() throws IOException {
    write("ns_delim=:\nns_delim=|\n");
    assertEquals(new Delimiter('|'), load().delimiter());
  }

  @Test
  void theValueOfAnUnknownNameIsNotShown() throws IOException {
    write("  PRONTO_ADMIN_PASS = canary # my own\n");
    SourceLine shown = load().warnings().getFirst().source();
    assertEquals("  PRONTO_ADMIN_PASS =***", shown.text());
    assertEquals(2, shown.caret());
  }

  @Test
  void anUnknownNameWarnsAndNamesTheNearest() throws IOException {
    write("busy_timeout=1\ncolour=red\n");
    List<Problem> warnings = load().warnings();
    assertEquals("unknown setting \"busy_timeout\"", warnings.get(0).message());
    assertEquals("did you mean busy_timeout_ms?", warnings.get(0).hint());
    assertEquals(file() + ":1:1", warnings.get(0).position().toString());
    assertEquals("unknown setting \"colour\"", warnings.get(1).message());
    assertEquals(
        "the settings are db, ns_delim, security.required, busy_timeout_ms, max_namespaces,"
            + " synchronous",
        warnings.get(1).hint());
    assertEquals(file() + ":2:1", warnings.get(1).position().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "db                       | 1:3  | '=' is missing here",
        "db /x = y                | 1:4  | '=' is missing here",
        "= 5                      | 1:1  | a name is missing before '='",
        "ns_delim = \"            | 1:12 | this quote is not closed",
        "ns_delim = ':' :         | 1:16 | nothing may follow a quoted value",
        "ns_delim = __            | 1:12 | ns_delim must be one of ! $ % & ( ) + , . : < > ? @ [ ] ^ ` { ¦ } ~, not \"__\"",
        "security.required=maybe  | 1:19 | security.required must be true or false, not \"maybe\"",
        "busy_timeout_ms=-1       | 1:17 | busy_timeout_ms must be a whole number from 0 to 3600000, not \"-1\"",
        "busy_timeout_ms=99999999999 | 1:17 | busy_timeout_ms must be a whole number from 0 to 3600000, not \"99999999999\"",
        "busy_timeout_ms=         | 1:17 | busy_timeout_ms must be a whole number from 0 to 3600000, not \"\"",
        "max_namespaces=0         | 1:16 | max_namespaces must be a whole number from 1 to 1000000, not \"0\"",
        "synchronous=off          | 1:13 | synchronous must be normal or full, not \"off\"",
        "db=here.db               | 1:4  | db must be an absolute path or a URL here",
      })
  void aBadLineIsToldWithItsPlace(String line, String place, String message) throws IOException {
    write(line.strip() + "\n");
    Problem problem = refused();
    assertEquals(Kind.FAILED, problem.kind());
    assertEquals(message.replace('¦', '|'), problem.message());
    assertEquals(file() + ":" + place, problem.position().toString());
    String shown = problem.source().text();
    assertEquals(message.contains("must be") ? line.strip() : shownWithoutValue(line), shown);
  }

  private static String shownWithoutValue(String line) {
    String name = line.strip().replaceFirst("[^a-z_].*", "");
    return name.equals(line.strip()) ? name : name + "=***";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "admin_pass=\"SECRET",
        "admin_pass SECRET",
        "pass:SECRET",
        "=SECRET",
        "p='a' SECRET"
      })
  void aLineThatCanNotBeReadShowsNoValue(String line) throws IOException {
    write(line + "\n");
    Problem problem = refused();
    assertFalse(problem.toString().contains("SECRET"), problem::toString);
  }

  @Test
  void aVariableThatIsNearlyOneOfOursIsNamed() {
    environment.put("PRONTO_BUSY_TIMEOUT", "5");
    environment.put("PRONTO_UNRELATED_THING", "5");
    Configuration configuration = load();
    assertEquals(
        "unknown variable PRONTO_BUSY_TIMEOUT is ignored",
        configuration.warnings().getFirst().message());
    assertEquals(
        "did you mean PRONTO_BUSY_TIMEOUT_MS?", configuration.warnings().getFirst().hint());
    assertEquals(1, configuration.warnings().size());
    assertEquals(
        List.of("PRONTO_BUSY_TIMEOUT", "PRONTO_UNRELATED_THING"), configuration.unknownVariables());
  }

  @Test
  void theOffsetAndColumnOfABadLineAreExact() throws IOException {
    write("\uFEFF# ünï\n\n  bröken \uD83D\uDE00");
    Problem problem = refused();
    assertEquals(file() + ":3:10", problem.position().toString());
    assertEquals(3 + 8 + 1 + 2 + 7 + 1, problem.position().offset());
  }

  @Test
  void aFileThatIsNotUtf8IsRefusedAtTheByte() throws IOException {
    write(new byte[] {'d', 'b', '=', '/', (byte) 0xff, '\n'});
    Problem problem = refused();
    assertEquals("this is not UTF-8 text", problem.message());
    assertEquals(file() + ":1:5", problem.position().toString());
    assertEquals(4, problem.position().offset());
  }

  @Test
  void aFolderInPlaceOfTheFileIsToldAndNotIgnored() throws IOException {
    Files.createDirectories(file());
    assertTrue(refused().message().startsWith("can not read the configuration " + file()));
  }

  @ParameterizedTest
  @CsvSource({
    "PRONTO_SECURITY, no, 'PRONTO_SECURITY must be true or false, not \"no\"'",
    "PRONTO_NS_DELIM, _, 'PRONTO_NS_DELIM must be one of ! $ % & ( ) + , . : < > ? @ [ ] ^ ` { | }"
        + " ~, not \"_\"'"
  })
  void aBadVariableIsAMistakeInTheCommand(String variable, String value, String message) {
    environment.put(variable, value);
    assertEquals(Kind.USAGE, refused().kind());
    assertEquals(message, refused().message());
  }

  @Test
  void aNamedDatabaseNeedsNoHome() {
    environment.remove("HOME");
    flags.put(Setting.DATABASE, "x.db");
    assertEquals(new DatabaseLocation.File(Path.of("x.db")), load().database());
  }
}
