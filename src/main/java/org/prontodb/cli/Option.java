package org.prontodb.cli;

import java.util.List;

/**
 * An option of the command line.
 *
 * @param names with their dashes, the best known first
 * @param parameter what help calls the word behind it, or null if it is a switch
 * @param help what it does, for one line of help
 */
record Option(List<String> names, String parameter, String help) {

  boolean takesParameter() {
    return parameter != null;
  }

  String name() {
    return names.getFirst();
  }
}
