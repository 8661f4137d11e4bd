package org.prontodb.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.prontodb.json.JsonReader.Token;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Text;

/**
 * A pointer to a value within a JSON text (RFC 6901): {@code /name}, {@code /tags/0}; the empty
 * pointer is the whole text.
 *
 * @param steps the names and indices, their escapes resolved
 */
public record JsonPointer(List<String> steps) {
  public JsonPointer {
    steps = List.copyOf(steps);
  }

  /**
   * The pointer that {@code text} spells; a name without a slash is a member of the text itself.
   */
  public static JsonPointer parse(String text) {
    if (text.isEmpty()) {
      return new JsonPointer(List.of());
    }
    if (text.charAt(0) != '/') {
      return new JsonPointer(List.of(text));
    }
    List<String> steps = new ArrayList<>();
    for (String step : text.substring(1).split("/", -1)) {
      if (step.matches("(?s).*~([^01].*|$)")) {
        throw Problem.of(
                Kind.USAGE,
                "\"" + Text.visible(text) + "\" is not a pointer",
                "write ~0 for ~ and ~1 for / within a name")
            .asException();
      }
      steps.add(step.replace("~1", "/").replace("~0", "~"));
    }
    return new JsonPointer(steps);
  }

  /** The name to give to what it points to: its last step, or the empty text. */
  public String name() {
    return steps.isEmpty() ? "" : steps.getLast();
  }

  /** Whether it is the whole text that it points to. */
  public boolean isWhole() {
    return steps.isEmpty();
  }

  /**
   * Moves the reader, which has read nothing yet, to the value.
   *
   * @return the value's first token, which the reader stands at; null if there is no such value
   */
  public Token find(JsonReader reader) throws JsonSyntaxException {
    Token token = reader.next();
    for (String step : steps) {
      token =
          switch (token) {
            case BEGIN_OBJECT -> member(reader, step);
            case BEGIN_ARRAY -> element(reader, step);
            default -> null;
          };
      if (token == null) {
        return null;
      }
    }
    return token;
  }

  private static Token member(JsonReader reader, String name) throws JsonSyntaxException {
    while (reader.next() == Token.NAME) {
      boolean found = name.equals(new String(reader.string(), StandardCharsets.UTF_8));
      Token token = reader.next();
      if (found) {
        return token;
      }
      skip(reader, token);
    }
    return null;
  }

  private static Token element(JsonReader reader, String index) throws JsonSyntaxException {
    if (!index.matches("0|[1-9][0-9]{0,8}")) {
      return null;
    }
    int left = Integer.parseInt(index);
    for (Token token = reader.next(); token != Token.END_ARRAY; token = reader.next()) {
      if (left-- == 0) {
        return token;
      }
      skip(reader, token);
    }
    return null;
  }

  /** Passes over the value that {@code first}, the token last read, begins. */
  public static void skip(JsonReader reader, Token first) throws JsonSyntaxException {
    int depth = 0;
    Token token = first;
    while (true) {
      switch (token) {
        case BEGIN_OBJECT, BEGIN_ARRAY -> depth++;
        case END_OBJECT, END_ARRAY -> depth--;
        case NAME, STRING, NUMBER, TRUE, FALSE, NULL, END -> {}
      }
      if (depth == 0 && token != Token.NAME) {
        return;
      }
      token = reader.next();
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    steps.forEach(s -> text.append('/').append(s.replace("~", "~0").replace("/", "~1")));
    return text.toString();
  }
}
