package org.prontodb.dialect.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.BatchCommand.Authenticate;
import org.prontodb.batch.BatchCommand.Put;
import org.prontodb.batch.BatchCommand.Rejected;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;

/** A canary that stands for a password must not sing, however broken the preamble is. */
class SecretsTest {
  private static final String CANARY = "cAnArY";

  static List<String> preambles() {
    List<String> preambles = new ArrayList<>();
    String[] statements = {
      "meta:sec:pass=C;",
      "meta:sec:pass=C",
      "meta:sec:pass C;",
      "meta:sec:pass;=C;",
      "meta:sec:pass:C;",
      "meta:sec:passC;",
      "meta:sec:pass=\"C;",
      "meta:sec:pass=C\";",
      "meta:sec:pass=\"C\" C;",
      "meta:sec:pass=\"\\C\";",
      "meta:sce:pass=C;",
      "meta:pass=C;",
      "meta:sec:pas=C;",
      "meta:sec pass=C;",
      "meta: sec:pass=C;",
      "meta:sec:pass =\nC;",
      "meta:sec:pass\n=C;",
      "sec:pass=C;",
      "sec pass=C;",
      "pass=C;",
      "pass C;",
      "\"meta:sec:pass\"=C;",
      "\"meta:sec:pass=C\";",
      "META:SEC:PASS=C;",
      "META:SEC:PASS C;",
      "meta.sec.pass=C;",
      "meta:sec:apikey=C C;",
      "meta:sec:apikey C;",
      "meta:sec:session;C;",
      "meta:s=C;",
      "meta:secret=C;",
      "meta:sec:user=C C\n;C C;",
      "x=1 meta:sec:pass=C;",
      "x y=1; meta:sec:pass=C;",
      "; meta:sec:pass=\"C\nC\nC\" C;",
      "# C\nmeta:sec:pass=C\n C;",
      "meta:sec:pass=C.C;C.C=C;"
    };
    String[] behind = {
      "", " meta:sec:user=admin;", "\nmeta:sec:user=admin C;\nC C=C;", "\nC\nC C;x y=1;", "\nC"
    };
    for (String statement : statements) {
      for (String rest : behind) {
        preambles.add((statement + rest).replace("C", CANARY));
      }
    }
    return preambles;
  }

  @ParameterizedTest
  @MethodSource("preambles")
  void nothingShownOrKeptOfABrokenPreambleHoldsASecret(String stream) throws IOException {
    try (StreamReader reader = reader(stream)) {
      boolean password = false;
      boolean whole = false;
      for (BatchCommand c = reader.next(); c != null; c = reader.next()) {
        if (c instanceof Rejected bad) {
          assertSilent(bad.problem());
          assertFalse(text(reader.statement()).contains(CANARY));
        } else {
          assertSilent(reader.locate(Problem.of(Kind.DENIED, "no"), true));
          assertSilent(reader.locate(Problem.of(Kind.DENIED, "no"), false));
          if (c instanceof Put) {
            return; // a preamble misspelt beyond recognition: the executor refuses and ends here
          }
          assertFalse(text(reader.statement()).contains(CANARY));
          if (c instanceof Authenticate statement) {
            switch (statement.credential()) {
              case PASSWORD -> password = true;
              case USER -> whole = password;
              case API_KEY, SESSION -> whole = true;
            }
            if (whole) {
              return; // what follows is shown
            }
          }
        }
      }
    }
  }

  private static void assertSilent(Problem problem) {
    assertFalse(problem.toString().toLowerCase().contains(CANARY.toLowerCase()), problem::toString);
  }

  @Test
  void whatFollowsThePreambleIsShownAlsoOnTheSameLine() throws IOException {
    String stream = "meta:sec:pass=cAnArY; meta:sec:user=admin; a=1; x y=2;\nb c=3;";
    try (StreamReader reader = reader(stream)) {
      Rejected sameLine = firstRejected(reader);
      assertEquals(
          "meta:sec:pass=***; meta:sec:user=***; a=1; x y=2;", sameLine.problem().source().text());
      assertEquals(
          "meta:sec:pass=***; meta:sec:user=***; a=1; x ".length(),
          sameLine.problem().source().caret());
      assertTrue(sameLine.problem().message().contains("\"x\""));
      assertEquals("test:1:51", sameLine.problem().position().toString());
      assertEquals("b c=3;", firstRejected(reader).problem().source().text());
    }
  }

  @Test
  void theKnownNamesOfABlankedLineStandApart() throws IOException {
    try (StreamReader reader = reader("meta:sec:pass=cAnArY; meta:sec:user=admin;\n")) {
      reader.next();
      reader.next();
      Problem denied = reader.locate(Problem.of(Kind.DENIED, "no"), false);
      assertEquals("meta:sec:pass=***; meta:sec:user=***;", denied.source().text());
      assertEquals("meta:sec:pass=***; ".length(), denied.source().caret());
    }
  }

  @Test
  void aSecretThatComesLateIsBlankedToo() throws IOException {
    String stream =
        "a=1;\nx y=2; meta:sec:pass=cAnArY;\nmeta:sec:apikey=\"\ncAnArY\"; x y=1;\nok ok=1;";
    try (StreamReader reader = reader(stream)) {
      Rejected ahead = firstRejected(reader);
      assertEquals("x y=2; meta:sec:pass=***;", ahead.problem().source().text());
      assertEquals(2, ahead.problem().source().caret());
      assertSilent(firstRejected(reader).problem());
      assertEquals("ok ok=1;", firstRejected(reader).problem().source().text());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        // behind a faulty directive that is known as one
        "meta:sec:pass=C;meta:sec:user=u;meta:path=kb;x y=1; => meta:sec:pass=***; meta:sec:user=***;meta:path=kb;x y=1;",
        "meta:sec:apikey=C;meta:pth=kb; => meta:sec:apikey=***;meta:pth=kb;",
        // a password with a ';' in it looks like half a preamble and a record
        "meta:sec:pass=C;C=C;x y=1; => meta:sec:pass=***;x y=1;",
        "meta:sec:pass=C;meta:path=kb;x y=1; => meta:sec:pass=***;meta:path=kb;x y=1;",
        // half a preamble, then what can not be told apart from it
        "meta:sec:pass=C;C C;meta:path=kb.r;x y=1; => meta:sec:pass=***;meta:path=kb.r;x y=1;",
        "metta:sec:pass=C;x y=1; => ***;x y=1;"
      })
  void onlyWhatMayBeASecretIsBlanked(String stream, String shown) throws IOException {
    try (StreamReader reader = reader(stream.replace("C", CANARY))) {
      Problem last = null;
      for (BatchCommand c = reader.next(); c != null; c = reader.next()) {
        if (c instanceof Rejected bad) {
          assertSilent(bad.problem());
          last = bad.problem();
        }
      }
      assertEquals(shown, last.source().text());
    }
  }

  @Test
  void aStreamWithoutAPreambleShowsItsLines() throws IOException {
    try (StreamReader reader = reader("x y=1;")) {
      Rejected bad = firstRejected(reader);
      assertEquals("x y=1;", bad.problem().source().text());
      assertTrue(bad.problem().message().contains("\"x\""));
    }
  }

  private static Rejected firstRejected(StreamReader reader) throws IOException {
    BatchCommand command = reader.next();
    while (!(command instanceof Rejected)) {
      command = reader.next();
    }
    return (Rejected) command;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static StreamReader reader(String stream) {
    return Reading.reader(new ByteArrayInputStream(Reading.utf8(stream)), Reading.USUAL_WINDOW);
  }
}
