package org.prontodb.model;

import java.nio.charset.StandardCharsets;
import org.prontodb.model.Problem.Kind;

/**
 * A project and a namespace in it. Both names are 1 to 128 bytes of UTF-8 without white space,
 * control characters, {@code / ; =} or quotes. That a name does not hold the active delimiter is
 * checked where text is read, since the delimiter can change and a stored name does not.
 */
public record Namespace(String project, String name) implements Comparable<Namespace> {
  private static final int MAX_BYTES = 128;
  private static final String FORBIDDEN = "/;=\"'`";

  public Namespace {
    checkName("project", project);
    checkName("namespace", name);
  }

  /** The namespace that {@code project<delimiter>name} names, as in {@code meta:path}. */
  public static Namespace parse(String text, Delimiter delimiter) {
    int at = text.indexOf(delimiter.character());
    if (at < 0 || delimiter.in(text.substring(at + 1))) {
      throw Problem.of(
              Kind.USAGE,
              "\"" + Text.visible(text) + "\" is not a namespace",
              "write project" + delimiter + "namespace")
          .asException();
    }
    return new Namespace(text.substring(0, at), text.substring(at + 1));
  }

  /**
   * Refuses a name that no project or namespace may have.
   *
   * @param what "project" or "namespace", for the message
   */
  public static void checkName(String what, String name) {
    if (name.isEmpty()) {
      throw refused(what + " name is empty");
    }
    for (int i = 0; i < name.length(); ) {
      int c = name.codePointAt(i);
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        throw refused(what + " name is not valid Unicode text");
      }
      if (Text.isControl(c) || Text.isWhiteSpace(c) || FORBIDDEN.indexOf(c) >= 0) {
        throw refused(
            what
                + " name \""
                + Text.visible(name)
                + "\" holds "
                + describe(c)
                + " at character "
                + (name.codePointCount(0, i) + 1));
      }
      i += Character.charCount(c);
    }
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw refused(what + " name has " + bytes + " bytes, at most " + MAX_BYTES + " are allowed");
    }
  }

  /** Refuses a name that holds the delimiter in force. */
  public static void checkName(String what, String name, Delimiter delimiter) {
    checkName(what, name);
    if (delimiter.in(name)) {
      throw refused(
          what + " name \"" + Text.visible(name) + "\" holds the delimiter '" + delimiter + "'");
    }
  }

  /** How the address of this namespace is written with {@code delimiter}. */
  public String path(Delimiter delimiter) {
    return project + delimiter + name;
  }

  /** Whether {@link #path} with this delimiter reads back to this namespace. */
  public boolean isExpressibleWith(Delimiter delimiter) {
    return !delimiter.in(project) && !delimiter.in(name);
  }

  private static String describe(int c) {
    return Text.isWhiteSpace(c) ? "white space" : "'" + Text.visible(Character.toString(c)) + "'";
  }

  private static ProntoException refused(String message) {
    return Problem.of(
            Kind.USAGE, message, "names have no white space, control character, / ; = or quote")
        .asException();
  }

  /** By project, then name, in the order of their UTF-8 bytes. */
  @Override
  public int compareTo(Namespace other) {
    int order = compare(project, other.project);
    return order != 0 ? order : compare(name, other.name);
  }

  // Written out because a record's own are linked when first used, which costs a start 16 ms, and
  // every command looks a namespace up.

  @Override
  public boolean equals(Object other) {
    return other instanceof Namespace that
        && project.equals(that.project)
        && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return 31 * project.hashCode() + name.hashCode();
  }

  private static int compare(String a, String b) {
    return java.util.Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return path(Delimiter.DEFAULT);
  }
}
