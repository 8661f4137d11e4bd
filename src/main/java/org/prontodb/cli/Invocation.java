package org.prontodb.cli;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/** One run of a command: what it is asked, and everything it may use to answer. */
final class Invocation implements AutoCloseable {
  private final CommandCall call;
  private final Surroundings surroundings;
  private final Output out;
  private final Messages messages;

  Invocation(CommandCall call, Surroundings surroundings, Output out, Messages messages) {
    this.call = call;
    this.surroundings = surroundings;
    this.out = out;
    this.messages = messages;
  }

  /** The words that are neither the command's name nor options. */
  List<String> arguments() {
    return call.arguments();
  }

  String argument(int index) {
    return call.arguments().get(index);
  }

  /** Whether the option is there. */
  boolean has(String option) {
    return call.has(option);
  }

  /** The parameter of the option, or null if it is not there. */
  String option(String option) {
    return call.option(option);
  }

  /**
   * The parameter of the option as a whole number.
   *
   * @return {@code absent} if the option is not there
   */
  long number(String option, long least, long most, long absent) {
    String text = option(option);
    if (text == null) {
      return absent;
    }
    try {
      long number = text.startsWith("+") ? -1 : Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, like a number out of range
    }
    throw usage(
        option
            + " needs a whole number from "
            + least
            + (most == Long.MAX_VALUE ? " on" : " to " + most)
            + ", not \""
            + Text.visible(text)
            + "\"");
  }

  /** A refusal of the command line that points to the command's help. */
  ProntoException usage(String message) {
    return call.usage(message);
  }

  /** Standard output. */
  Output out() {
    return out;
  }

  /** Standard error. */
  Messages messages() {
    return messages;
  }

  /** Standard input, for a command that is about to read it; a person at a terminal is told so. */
  InputStream stdin() {
    if (surroundings.terminal().is(0)) {
      messages.status("reading standard input from the terminal; end it with Ctrl-D");
    }
    return surroundings.stdin();
  }

  /** The file that the user's word names. */
  Path file(String name) {
    return surroundings.directory().resolve(name);
  }

  Surroundings surroundings() {
    return surroundings;
  }

  /** Milliseconds since the epoch. */
  long now() {
    return surroundings.clock().millis();
  }

  @Override
  public void close() {}
}
