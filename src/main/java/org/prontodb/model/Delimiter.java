package org.prontodb.model;

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

  public boolean in(String text) {
    return text.indexOf(character) >= 0;
  }

  @Override
  public String toString() {
    return String.valueOf(character);
  }
}
