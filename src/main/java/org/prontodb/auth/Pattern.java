package org.prontodb.auth;

import org.prontodb.model.Delimiter;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;
import org.prontodb.store.Identities.Grant;

/**
 * The namespaces of a grant: {@code kb.recipes} is one, {@code kb.*} all of a project, those to
 * come included, and {@code *} all.
 *
 * @param project null for all
 * @param namespace null for all of the project
 */
public record Pattern(String project, String namespace) {
  private static final String ALL = "*";

  /** The pattern that {@code text} spells with the delimiter in force; {@code *.*} is {@code *}. */
  public static Pattern parse(String text, Delimiter delimiter) {
    if (text.equals(ALL)) {
      return new Pattern(null, null);
    }
    int at = text.indexOf(delimiter.character());
    if (at < 0 || delimiter.in(text.substring(at + 1))) {
      throw refused(text, delimiter);
    }
    String project = text.substring(0, at);
    String namespace = text.substring(at + 1);
    if (project.equals(ALL) && namespace.equals(ALL)) {
      return new Pattern(null, null);
    }
    Namespace.checkName("project", project);
    if (namespace.equals(ALL)) {
      if (project.contains(ALL)) {
        throw refused(text, delimiter);
      }
      return new Pattern(project, null);
    }
    Namespace.checkName("namespace", namespace);
    if (text.contains(ALL)) {
      throw refused(text, delimiter);
    }
    return new Pattern(project, namespace);
  }

  /** Whether there is a pattern for this namespace and no other. */
  static boolean canBe(Namespace namespace) {
    return !(namespace.project() + namespace.name()).contains(ALL);
  }

  public static Pattern of(Grant grant) {
    return new Pattern(grant.project(), grant.namespace());
  }

  boolean covers(Namespace other) {
    return (project == null || project.equals(other.project()))
        && (namespace == null || namespace.equals(other.name()));
  }

  /** How the pattern is written with {@code delimiter}. */
  public String text(Delimiter delimiter) {
    if (project == null) {
      return ALL;
    }
    return project + delimiter + (namespace == null ? ALL : namespace);
  }

  private static ProntoException refused(String text, Delimiter delimiter) {
    return Problem.of(
            Kind.USAGE,
            "\"" + Text.visible(text) + "\" is no pattern of namespaces",
            "write project%snamespace, project%s* or *".formatted(delimiter, delimiter))
        .asException();
  }
}
