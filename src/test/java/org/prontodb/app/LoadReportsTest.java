package org.prontodb.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.prontodb.batch.BatchReport;
import org.prontodb.batch.NamespaceOutcome;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Namespace;
import org.prontodb.model.Position;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;

/** The lines of a report, and that docs/report.schema.json names just what stands in them. */
class LoadReportsTest {
  private static final Namespace RECIPES = new Namespace("kb", "recipes");

  private static String schema() throws IOException {
    return Files.readString(Path.of("docs/report.schema.json"));
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }

  @Test
  void an_error_tells_its_place_and_what_to_do() {
    Problem problem =
        Problem.of(Kind.CONTENT, "no \"namespace\" chosen", "write meta:path")
            .at(new Position("a.pronto", 3, 5, 40), null);
    assertEquals(
        """
        {"event":"error","file":"a.pronto","line":3,"column":5,"offset":40,"kind":"content",\
        "message":"no \\"namespace\\" chosen","hint":"write meta:path"}
        """,
        text(ReportJson.error(problem)));
    assertEquals(
        """
        {"event":"error","file":null,"kind":"busy","message":"busy","hint":null}
        """,
        text(ReportJson.error(Problem.of(Kind.BUSY, "busy"))));
  }

  @Test
  void a_receipt_names_every_namespace() {
    BatchReport report =
        new BatchReport(
            null,
            0,
            0,
            List.of(new NamespaceOutcome(RECIPES, true, 2, 1, 0, 5, false)),
            "b1",
            0,
            "ab",
            4,
            50,
            0.25,
            3,
            List.of("look"));
    assertEquals(
        """
        {"event":"receipt","ok":true,"batch":"b1","sha256":"ab","statements":4,"bytes":50,\
        "seconds":0.250,"namespaces":[{"namespace":"kb.recipes","committed":true,"puts":2,\
        "deletes":1}],"duplicates":5,"nulls":3,"warnings":["look"]}
        """,
        text(ReportJson.receipt(report, Delimiter.DEFAULT)));
  }

  @Test
  void the_schema_names_every_member_and_kind() throws IOException {
    String schema = schema();
    String lines =
        text(ReportJson.error(Problem.of(Kind.FAILED, "m").at(new Position("f", 1, 1, 0), null)))
            + text(
                ReportJson.receipt(
                    new BatchReport(
                        null,
                        0,
                        0,
                        List.of(new NamespaceOutcome(RECIPES, true, 0, 0, 0, 0, false)),
                        null,
                        0,
                        null,
                        0,
                        0,
                        0,
                        0,
                        List.of()),
                    Delimiter.DEFAULT));
    Matcher member = Pattern.compile("\"(\\w+)\":").matcher(lines);
    while (member.find()) {
      assertTrue(schema.contains("\"" + member.group(1) + "\": {"), member.group(1));
    }
    for (Kind kind : Kind.values()) {
      assertTrue(schema.contains("\"" + ReportJson.kind(kind) + "\""), kind.name());
    }
    assertEquals(10, Arrays.stream(Kind.values()).count(), "a new kind goes into the schema");
  }
}
