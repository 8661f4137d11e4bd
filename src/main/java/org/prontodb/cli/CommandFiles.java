package org.prontodb.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.prontodb.app.OutputFile;
import org.prontodb.app.PrivateFile;
import org.prontodb.config.DatabaseLocation;
import org.prontodb.files.Descriptor;
import org.prontodb.files.FileUse;
import org.prontodb.files.NamedOutput;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/**
 * The files of one command, by which every command opens its inputs and outputs. So none writes
 * what it also reads, or the database. A command opens all of its outputs before it reads or
 * applies anything.
 */
final class CommandFiles {
  private static final String[] NAMES = {"standard input", "standard output", "standard error"};

  private final Invocation call;
  private final FileUse use = new FileUse();
  private boolean knowsDatabase;

  CommandFiles(Invocation call) {
    this.call = call;
  }

  /** Refuses if standard output or standard error would write into the database. */
  void checkStandardOutputs() {
    Path out = redirected(1);
    Path err = redirected(2);
    if (err != null) {
      protectDatabase();
      try {
        use.output(NAMES[2], err);
      } catch (ProntoException e) {
        throw new Unspeakable(e);
      }
    }
    if (out != null && (err == null || !isSame(out, err))) {
      protectDatabase();
      use.output(NAMES[1], out);
    }
  }

  /** Standard error is a file that must not be written, so that nothing can be told. */
  static final class Unspeakable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unspeakable(ProntoException cause) {
      super(cause);
    }
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Refuses a mirror in which the database has the name of a file of the mirror: it would be
   * replaced or removed.
   */
  void checkMirror(Path folder) {
    if (!(call.databaseLocation() instanceof DatabaseLocation.File(Path database))) {
      return;
    }
    String name = String.valueOf(database.getFileName());
    try {
      if ((name.startsWith(".prontodb-") || name.endsWith(".json"))
          && database.toRealPath().startsWith(folder.toRealPath())) {
        throw Problem.of(
                Kind.USAGE,
                "the database \"%s\" is named like a file of the mirror that it is in"
                    .formatted(Text.visible(database.toString())),
                "choose another folder, or move the database")
            .asException();
      }
    } catch (IOException e) {
      // One of the two is not there yet, so nothing can get lost.
      return;
    }
  }

  /** The regular file that a standard stream is redirected to or from, else null. */
  private Path redirected(int descriptor) {
    Path file = call.context().terminal().file(descriptor);
    return file != null && Files.isRegularFile(file) ? file : null;
  }

  private void protectDatabase() {
    if (!knowsDatabase) {
      knowsDatabase = true;
      DatabaseLocation database;
      try {
        database = call.databaseLocation();
      } catch (ProntoException e) {
        // A command that needs a database will say that none is known.
        return;
      }
      if (database instanceof DatabaseLocation.File(Path file)) {
        use.database(file);
      }
    }
  }

  /** Standard input is about to be read. */
  void readStandardInput() {
    Path in = redirected(0);
    if (in != null) {
      input(NAMES[0], in);
    }
  }

  private void input(String name, Path file) {
    Path err = redirected(2);
    if (err != null && isSame(file, err)) {
      throw new Unspeakable(null);
    }
    use.input(name, file);
  }

  /**
   * Standard output is about to be used for something that can not be had again: refuses if it is
   * closed.
   */
  void requireStandardOutput() {
    requireOpen(1);
  }

  private void requireOpen(int descriptor) {
    if (call.context().terminal().isClosed(descriptor)) {
      throw Problem.of(
              Kind.FAILED,
              "can not write to " + NAMES[descriptor] + ": it is closed",
              "nothing was changed")
          .asException();
    }
  }

  /** Whether the word names standard input: {@code -}, or a path that leads to it. */
  boolean isStandardInput(String word) {
    return word.equals("-") || descriptor(word, 1, 2) == 0;
  }

  /** Whether the word names standard output: {@code -}, or a path that leads to it. */
  boolean isStandardOutput(String word) {
    return word.equals("-") || descriptor(word, 0, 0) == 1;
  }

  /** As {@link Descriptor#named}; refuses those from {@code least} to {@code most}. */
  private int descriptor(String word, int least, int most) {
    int descriptor = Descriptor.named(call.file(word));
    if (descriptor >= least && descriptor <= most) {
      throw Problem.of(
              Kind.USAGE,
              "\"%s\" is %s, which %s"
                  .formatted(
                      Text.visible(word),
                      NAMES[descriptor],
                      descriptor == 0 ? "can not be written" : "can not be read"),
              descriptor == 0 ? "- is standard output" : "- is standard input")
          .asException();
    }
    return descriptor;
  }

  /** The file that the command is about to read. */
  Path input(String word) {
    Path file = call.file(word);
    input("the input \"" + Text.visible(word) + "\"", file);
    return file;
  }

  /**
   * Opens a file that is written as it comes. {@link #output} has to be told of it before.
   *
   * @param word neither {@code -} nor a name of standard output
   */
  OutputStream write(String word) throws IOException {
    return descriptor(word, 0, 0) == 2 ? standardError() : PrivateFile.replace(call.file(word));
  }

  /**
   * Opens a file that is there whole or not at all, and may replace one.
   *
   * @param option the one that names it
   * @param word neither {@code -} nor a name of standard output
   */
  OutputFile replace(String option, String word) throws IOException {
    descriptor(word, 0, 0);
    return OutputFile.open(output(option, call.file(word)));
  }

  /** As {@link #replace}, but of a file that must not be there yet. */
  OutputFile create(String option, Path file) throws IOException {
    return OutputFile.create(output(option, file));
  }

  /** As {@link #output(String, Path)}; but standard error may be written besides messages. */
  Path output(String option, String word) {
    Path file = call.file(word);
    return descriptor(word, 0, 0) == 2 ? file : output(option, file);
  }

  /**
   * Refuses if this file, which the command will write, is used otherwise, too.
   *
   * @param option what names it in a message
   */
  Path output(String option, Path file) {
    protectDatabase();
    use.output(option, file);
    return file;
  }

  private OutputStream standardError() {
    requireOpen(2);
    OutputStream staysOpen =
        new FilterOutputStream(call.context().stderr()) {
          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
          }

          @Override
          public void close() throws IOException {
            flush();
          }
        };
    return new NamedOutput(staysOpen, NAMES[2], null);
  }
}
