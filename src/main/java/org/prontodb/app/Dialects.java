package org.prontodb.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.prontodb.compression.Compression;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.csv.CsvDialect;
import org.prontodb.dialect.foreign.ForeignDialect;
import org.prontodb.dialect.jsonl.JsonlDialect;
import org.prontodb.dialect.stream.StreamDialect;
import org.prontodb.dialect.tsv.TsvDialect;
import org.prontodb.model.Nearest;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Text;

/** The dialects there are: a new one is a folder and a line here. */
public final class Dialects {
  public static final Dialect STREAM = new StreamDialect();

  public static final Dialect TSV = new TsvDialect();

  private static final List<Dialect> ALL = List.copyOf(listed());

  private Dialects() {}

  private static List<Dialect> listed() {
    List<Dialect> dialects = new ArrayList<>();
    dialects.addAll(
        List.of(STREAM, TSV, new CsvDialect(), JsonlDialect.lines(), JsonlDialect.array()));
    dialects.addAll(ForeignDialect.all());
    return dialects;
  }

  public static List<Dialect> all() {
    return ALL;
  }

  public static List<String> names() {
    return ALL.stream().map(Dialect::name).toList();
  }

  /** The dialect that a file's name ends in, behind which may stand how it is compressed. */
  public static Optional<Dialect> ofFile(String file) {
    String name = Compression.nameWithout(file.toLowerCase(Locale.ROOT));
    String suffix = name.substring(name.lastIndexOf('.') + 1);
    return ALL.stream().filter(dialect -> dialect.suffixes().contains(suffix)).findFirst();
  }

  /** The dialect of this name; one that is unknown is refused with the nearest. */
  public static Dialect named(String name) {
    return ALL.stream()
        .filter(dialect -> dialect.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.of(
                        Kind.USAGE,
                        "unknown dialect \"" + Text.visible(name) + "\"",
                        Nearest.to(name, names())
                            .map(nearest -> "did you mean " + nearest + "?")
                            .orElse("the dialects are " + String.join(", ", names())))
                    .asException());
  }
}
