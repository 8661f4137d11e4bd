package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables at the command line, beyond what the transcripts show. */
class TableCommandsTest {
  @TempDir Path home;
  private CommandLineRun shell;

  @BeforeEach
  void begin() {
    shell = new CommandLineRun(home);
    shell.environment.put("PRONTO_SECURITY", "false");
  }

  private void prints(String expected, String commandLine) {
    assertEquals(expected, shell.line(commandLine).toString());
  }

  @Test
  void theUsualColumnsOfAWiderFileCanBeAskedFor() {
    shell.stdin("id\tname\tage\tcity\n1\tAda\t36\tLondon\n");
    prints("[0]", "import -q kb.people --plain --header --key 1 --value 2");
    prints("1\tAda\n[0]", "scan kb.people");
  }

  @Test
  void linesWithoutANamespaceGoWhereTheCommandSays() {
    String lines =
        """
        {"k":"a","v":"1"}
        {"k":"b","v":"2","ns":"kb.other"}
        {"k":"c","v":"3"}
        """;
    shell.stdin(lines);
    prints("[0]", "stream -q --from jsonl -p kb -n usual");
    prints("a\nc\n[0]", "keys kb.usual");
    prints("b\n[0]", "keys kb.other");
    shell.stdin(lines);
    CommandLineRun.Result toImport = shell.line("import kb.usual --from jsonl");
    assertEquals(65, toImport.exit());
    assertTrue(toImport.stderr().startsWith("<stdin>:2:1: error: this line is for kb.other"));
    assertFalse(toImport.stderr().contains("<stdin>:3"), toImport.stderr());
  }

  @Test
  void aLineWithoutANamespaceNeverLandsInThatOfTheLineBefore() {
    String lines = "{\"k\":\"b\",\"v\":\"2\",\"ns\":\"kb.other\"}\n{\"k\":\"c\",\"v\":\"3\"}\n";
    shell.stdin(lines);
    CommandLineRun.Result loaded = shell.line("stream --from jsonl");
    assertEquals(65, loaded.exit());
    assertTrue(loaded.stderr().startsWith("<stdin>:2:1: error: no namespace chosen"));
    for (String dialect : new String[] {"stream", "jsonl"}) {
      shell.stdin(lines);
      CommandLineRun.Result converted = shell.line("convert --from jsonl --to " + dialect);
      assertEquals(65, converted.exit());
      assertTrue(converted.stderr().startsWith("<stdin>:2:1: error: no namespace chosen"));
    }
  }

  @Test
  void aListGoesOnBehindAnyKeyThatItShowed() {
    prints("[0]", "--ns-delim : set kb:a:x.1 one");
    prints("[0]", "--ns-delim : set kb:a:x.2 two");
    prints("x.2\n[0]", "keys kb.a --after x.1");
  }

  @Test
  void onlyBareKeysEndWithANulByte() {
    prints("[0]", "set kb.a.k v");
    prints("k\0[0]", "keys kb.a -0");
    assertEquals(64, shell.line("keys kb.a -0 --json").exit());
    assertEquals(64, shell.line("keys kb.a -0 --stream").exit());
  }

  @Test
  void anExportThroughALinkReplacesWhatItLeadsTo() throws IOException {
    prints("[0]", "set kb.a.k v");
    Path link = Files.createSymbolicLink(home.resolve("link.tsv"), Path.of("table.tsv"));
    Files.writeString(home.resolve("table.tsv"), "old");
    prints("! 1 record exported\n[0]", "export kb.a -o " + link);
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.isRegularFile(home.resolve("table.tsv"), LinkOption.NOFOLLOW_LINKS));
    assertEquals("k\tdg==\n", Files.readString(link));
  }

  @Test
  void namesOfFilesDecideInEitherCaseUnlessAnOptionDoes() throws IOException {
    Files.writeString(home.resolve("DATA.CSV"), "id,name\n1,Ada\n");
    prints("[0]", "import -q kb.a DATA.CSV --key id");
    prints("1\tAda\n[0]", "scan kb.a");
    prints("[0]", "stream -q -p kb -n b DATA.CSV --key id");
    prints("1\tAda\n[0]", "scan kb.b");
    prints("! 1 record exported\n[0]", "export kb.a -o OUT.JSON.GZ");
    assertEquals((byte) 0x1f, Files.readAllBytes(home.resolve("OUT.JSON.GZ"))[0]);
    prints("[0]", "import -q kb.c OUT.JSON.GZ");
    prints("1\tAda\n[0]", "scan kb.c");
    prints("id\tname\n1\tAda\n[0]", "convert --from CSV --to tsv --plain DATA.CSV");
    Files.writeString(home.resolve("x.tsv"), "a\tYQ==\n");
    assertEquals(64, shell.line("stream -p kb -n d DATA.CSV x.tsv").exit());
  }

  @Test
  void aRunThatChangesNothingHasEitherName() throws IOException {
    Files.writeString(home.resolve("t.csv"), "a,1\n");
    prints("kb.a create=1 update=0 unchanged=0 delete=0\n[0]", "import -q kb.a t.csv --dry-run");
    prints("kb.a create=1 update=0 unchanged=0 delete=0\n[0]", "import -q kb.a t.csv --check");
    prints("[0]", "import -q kb.a t.csv");
    prints("a\n[0]", "del --prefix kb.a --check");
    prints("a\n[0]", "del --prefix kb.a --dry-run");
  }

  @Test
  void aWideTableComesOutAsItWentIn() throws IOException {
    String csv =
        "id,name,city,age,note\n"
            + "1,Ada,London,36,\n"
            + "2,\"Bob \"\"B\"\"\",\"Paris, FR\",07,\"two\nlines\"\n";
    Files.writeString(home.resolve("wide.csv"), csv);
    prints("[0]", "import -q kb.p wide.csv --key id --value :json");
    CommandLineRun.Result out =
        shell.line("export kb.p --to csv --key id --columns /name,/city,/age,/note");
    assertEquals(csv, out.stdout());
    assertEquals(
        out.stdout(),
        shell.line("scan kb.p --to csv --key id --columns name,city,age,note").stdout());
    prints("[0]", "import -q kb.p wide.csv --key name --value :all --typed --rename age=years");
    prints(
        "Ada\t{\"city\":\"London\",\"id\":1,\"name\":\"Ada\",\"note\":null,\"years\":36}\n"
            + "Bob \"B\"\t{\"city\":\"Paris, FR\",\"id\":2,\"name\":\"Bob"
            + " \\\\\"B\\\\\"\",\"note\":\"two\\\\n"
            + "lines\",\"years\":\"07\"}\n"
            + "[0]",
        "scan kb.p --after 2");
    assertEquals(
        "years;who;note\r\n36;Ada;-\r\n07;\"Bob \"\"B\"\"\";\"two\nlines\"\r\n",
        shell
            .line(
                "scan kb.p --after 2 --to excel --separator ; --key who --columns /years,:key,/note"
                    + " --null -")
            .stdout());
    shell.line("set kb.p.plain text");
    CommandLineRun.Result refused = shell.line("export kb.p --to csv --columns /a");
    assertEquals(65, refused.exit());
    assertTrue(
        refused.stderr().contains("the value of \"plain\" is no JSON object"), refused.stderr());
    assertEquals(64, shell.line("scan kb.p --columns /a").exit());
    assertEquals(64, shell.line("import kb.p wide.csv --key id --value name --typed").exit());
    CommandLineRun.Result renamed =
        shell.line("import kb.p wide.csv --key id --value :json --rename agee=years");
    assertEquals(65, renamed.exit());
    assertTrue(
        renamed.stderr().contains("there is no column \"agee\" to be renamed"), renamed.stderr());
  }

  @Test
  void keysAndObjectsAreMadeOfSeveralColumns() {
    String csv = "a,b,c,\"d,e\"\n1,2,3,4\n";
    shell.stdin(csv);
    prints("[0]", "import -q kb.k --from csv --key b,a --value c,1");
    prints("2:1\t{\"a\":\"1\",\"c\":\"3\"}\n[0]", "scan kb.k");
    shell.stdin(csv);
    prints("[0]", "import -q kb.j --from csv --key a,b --key-join / --value d,e");
    prints("1/2\t4\n[0]", "scan kb.j");
  }

  @Test
  void otherEncodingsAreReadAndWrittenAndNamedWhereTheyAreMetUnasked() throws IOException {
    String text = "k\u00e9y,\u20ac\n";
    for (String name : new String[] {"utf-16", "UTF-16LE", "utf-16be", "windows-1252", "cp1252"}) {
      Files.write(home.resolve("t.csv"), text.getBytes(java.nio.charset.Charset.forName(name)));
      prints("[0]", "import -q kb.e t.csv --encoding " + name);
      prints("k\u00e9y\t\u20ac\n[0]", "scan kb.e");
      prints("! 1 record exported\n[0]", "export kb.e -o o.csv --encoding " + name);
      prints("[0]", "import -q kb.f o.csv --encoding " + name);
      prints("k\u00e9y\t\u20ac\n[0]", "scan kb.f");
    }
    for (String name : new String[] {"utf-16", "UTF-16LE", "utf-16be"}) {
      Files.write(home.resolve("t.csv"), "ab,c\n".getBytes(java.nio.charset.Charset.forName(name)));
      CommandLineRun.Result unasked = shell.line("import kb.e t.csv");
      assertEquals(65, unasked.exit());
      assertTrue(unasked.stderr().contains("the input is UTF-16 ("), unasked.stderr());
      assertTrue(unasked.stderr().contains("add --encoding utf-16"), unasked.stderr());
    }
    Files.write(home.resolve("t.csv"), new byte[] {'a', ',', (byte) 0x81, '\n'});
    CommandLineRun.Result broken = shell.line("import kb.e t.csv --encoding windows-1252");
    assertEquals(65, broken.exit());
    assertTrue(
        broken.stderr().contains("not windows-1252: the byte 0x81 behind 2 others"),
        broken.stderr());
    CommandLineRun.Result lacking = shell.line("export kb.e -o o.csv --encoding iso-8859-1");
    assertEquals(65, lacking.exit());
    assertTrue(lacking.stderr().contains("iso-8859-1 lacks the character"), lacking.stderr());
    assertEquals(64, shell.line("import kb.e t.csv --encoding klingon").exit());
  }

  @Test
  void valuesAreSpeltInHexadecimalOrBase64url() {
    shell.stdin("a\tff0A\nb\t\n");
    prints("[0]", "import -q kb.h --hex");
    prints("a\t_wo\nb\t\n[0]", "export kb.h --base64url");
    prints("a\tff0a\nb\t\n[0]", "export kb.h --hex");
    for (String bad : new String[] {"f", "fg", "0xff"}) {
      shell.stdin("a\t" + bad + "\n");
      assertEquals(65, shell.line("import kb.h --hex").exit(), bad);
    }
    for (String good : new String[] {"_wo", "_wo="}) {
      shell.stdin("a\t" + good + "\n");
      assertEquals(0, shell.line("import -q kb.h --base64url").exit(), good);
    }
    for (String bad : new String[] {"/wo=", "_w=o", "_wp", "_", "_wo=="}) {
      shell.stdin("a\t" + bad + "\n");
      assertEquals(65, shell.line("import kb.h --base64url").exit(), bad);
    }
    assertEquals(64, shell.line("import kb.h --hex --plain").exit());
  }

  @Test
  void nullsAreCounted() {
    shell.stdin("a\t1\nb\t\\N\nc\t\\N\n");
    CommandLineRun.Result loaded = shell.line("import kb.n --from mysql --report -");
    assertTrue(
        loaded.stderr().startsWith("2 records left out, because their values are NULL\n"),
        loaded.stderr());
    assertTrue(loaded.stdout().contains("\"nulls\":2"), loaded.stdout());
  }

  @Test
  void aCheckShowsTheFirstRecordsAsTheyWouldBeStored() {
    String csv = "id,v\n1,al dente\n2,\"{\"\"a\"\":1}\"\n3,\n4,x\n5,x\n6,x\n";
    shell.stdin(csv);
    prints(
        """
        kb.v create=6 update=0 unchanged=0 delete=0
        ! the first 5 records:
        !   1  text  al dente
        !   2  json  {"a":1}
        !   3  text \s
        !   4  text  x
        !   5  text  x
        [0]\
        """,
        "import kb.v --from csv --header --check");
    shell.stdin("a\tgA==\n");
    prints(
        """
        kb.v create=1 update=0 unchanged=0 delete=0
        ! the first record:
        !   a  bytes  80
        [0]\
        """,
        "import kb.v --base64 --check");
    shell.stdin("a\tMQ==\n");
    CommandLineRun.Result json = shell.line("import kb.v --base64 --check --json");
    assertEquals(
        "{\"event\":\"preview\",\"k\":\"a\",\"type\":\"text\",\"v\":\"1\"}\n", json.stderr());
    shell.stdin("a\tMQ==\n");
    assertEquals("", shell.line("import -q kb.v --base64 --check").stderr());
  }

  @Test
  void duplicatesAreTold() {
    shell.stdin("a\t1\nb\t2\na\t3\n");
    CommandLineRun.Result loaded = shell.line("import kb.d --plain --report -");
    assertTrue(
        loaded.stderr().contains("2 puts, 0 deletes, 1 duplicate key, 12 bytes"), loaded.stderr());
    assertTrue(loaded.stdout().contains("\"duplicates\":1,"), loaded.stdout());
  }
}
