package org.prontodb.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.prontodb.model.Problem;

/**
 * Standard error: what is told to the person and never to the next program in the pipe. Lines are
 * written whole and at once; that nobody reads them is no failure.
 */
final class Messages {
  private final OutputStream target;
  private final boolean json;
  private final boolean quiet;
  private final boolean verbose;
  private final Colours colours;

  /**
   * @param json whether errors are objects, a line each
   */
  Messages(OutputStream target, boolean json, boolean quiet, boolean verbose, Colours colours) {
    this.target = target;
    this.json = json;
    this.quiet = quiet;
    this.verbose = verbose;
    this.colours = colours;
  }

  /** What went wrong, with a place and a hint where they are known. */
  void error(Problem problem) {
    write(json ? ErrorJson.line(problem) : text(colours.error("error"), problem));
  }

  /** Something that the user should know although all went well; {@code -q} does not silence it. */
  void warning(Problem problem) {
    write(text(colours.warning("warning"), problem));
  }

  private String text(String severity, Problem problem) {
    StringBuilder text = new StringBuilder();
    text.append(problem.position() == null ? "prontodb" : problem.position());
    text.append(": ").append(severity).append(": ").append(problem.message()).append('\n');
    if (problem.source() != null) {
      text.append(problem.source().text()).append('\n');
      text.append(" ".repeat(problem.source().caret())).append("^\n");
    }
    problem
        .advice()
        .ifPresent(
            hint ->
                text.append("  ")
                    .append(colours.hint("hint:"))
                    .append(' ')
                    .append(hint)
                    .append('\n'));
    return text.toString();
  }

  /** As {@link #warning(Problem)}. */
  void warning(String text) {
    write("prontodb: " + colours.warning("warning") + ": " + text + "\n");
  }

  /** How it went; silenced by {@code -q}. */
  void status(String text) {
    if (!quiet) {
      write(text + "\n");
    }
  }

  /** What only {@code -v} asks for. */
  void detail(String text) {
    if (verbose) {
      write(text + "\n");
    }
  }

  /** Where in the program a failure came from, for {@code --trace}. */
  void trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    write(text.toString());
  }

  void write(String text) {
    try {
      target.write(text.getBytes(StandardCharsets.UTF_8));
      target.flush();
    } catch (IOException e) {
      // there is nowhere left to tell it
    }
  }
}
