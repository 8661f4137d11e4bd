package org.prontodb.cli;

import java.util.List;

/**
 * An option of the command line.
 *
 * @param names with their dashes, the best known first
 * @param parameter what help calls the word behind it, or null if it is a switch
 * @param help what it does, for one line of help
 * @param repeatable whether it may be there more than once
 * @param required whether help shows it as one that the command needs
 */
record Option(
    List<String> names, String parameter, String help, boolean repeatable, boolean required) {
  /** Between the parameters of one that is repeated: no word of a command line holds it. */
  static final String SEPARATOR = "\0";

  Option(List<String> names, String parameter, String help) {
    this(names, parameter, help, false, false);
  }

  boolean takesParameter() {
    return parameter != null;
  }

  String name() {
    return names.getFirst();
  }
}
