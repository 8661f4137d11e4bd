package org.prontodb.app;

import java.util.List;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.stream.StreamDialect;
import org.prontodb.model.Nearest;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Text;

/** The dialects there are: a new one is a folder and a line here. */
public final class Dialects {
  public static final Dialect STREAM = new StreamDialect();

  private static final List<Dialect> ALL = List.of(STREAM);

  private Dialects() {}

  public static List<Dialect> all() {
    return ALL;
  }

  public static List<String> names() {
    return ALL.stream().map(Dialect::name).toList();
  }

  /** The dialect of this name; one that is unknown is refused with the nearest. */
  public static Dialect named(String name) {
    return ALL.stream()
        .filter(dialect -> dialect.name().equals(name))
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
