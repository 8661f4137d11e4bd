package org.prontodb.model;

import java.util.stream.IntStream;
import org.prontodb.model.Problem.Kind;

/**
 * The character between the words of an address: one printable ASCII punctuation character that the
 * stream format, quoting and file names leave free.
 */
public record Delimiter(char character) {
  /**
   * What is in force until a flag, the environment, the configuration or a stream says otherwise.
   */
  public static final Delimiter DEFAULT = new Delimiter('.');

  /** Every character that can be a delimiter. */
  public static final String ALLOWED = "!$%&()+,.:<>?@[]^`{|}~";

  public Delimiter {
    if (ALLOWED.indexOf(character) < 0) {
      throw Problem.of(
              Kind.USAGE,
              "'" + Text.visible(String.valueOf(character)) + "' can not be a delimiter",
              "use one of ! $ % & ( ) + , . : < > ? @ [ ] ^ ` { | } ~")
          .asException();
    }
  }

  /** The delimiter that {@code text} names. */
  public static Delimiter parse(String text) {
    if (text.length() != 1) {
      throw Problem.of(
              Kind.USAGE,
              "a delimiter is one character, not \"" + Text.visible(text) + "\"",
              "use one of ! $ % & ( ) + , . : < > ? @ [ ] ^ ` { | } ~")
          .asException();
    }
    return new Delimiter(text.charAt(0));
  }

  /**
   * This delimiter, or the first other one that {@code text} does not hold, the usual one before
   * all others; this one again if {@code text} holds them all.
   */
  public Delimiter orFree(String text) {
    return IntStream.concat(IntStream.of(character, DEFAULT.character), ALLOWED.chars())
        .filter(c -> text.indexOf(c) < 0)
        .mapToObj(c -> new Delimiter((char) c))
        .findFirst()
        .orElse(this);
  }

  public boolean in(String text) {
    return text.indexOf(character) >= 0;
  }

  @Override
  public String toString() {
    return String.valueOf(character);
  }
}
