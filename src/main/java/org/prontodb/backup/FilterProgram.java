package org.prontodb.backup;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/**
 * A program of the system that data is passed through, from its standard input to its standard
 * output. It may ask the user on the terminal. Whether it succeeded is known when its output has
 * ended, and asked with {@link #finish}.
 */
final class FilterProgram implements AutoCloseable {
  private static final int SAID = 4 << 10;
  private static final int BUFFER = 1 << 16;

  private final String name;
  private final Process process;
  private final Thread listener;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private Thread taker;

  /** Why our side of a pipe failed. */
  private volatile Exception failure;

  private FilterProgram(String name, Process process) {
    this.name = name;
    this.process = process;
    this.listener = start(name + " says", this::listen);
  }

  /**
   * Starts a program.
   *
   * @param environment where it is looked for, and what it is to see
   * @param hint what to do where it is missing
   */
  static FilterProgram start(List<String> command, Map<String, String> environment, String hint) {
    String name = command.getFirst();
    if (!isInstalled(name, environment.getOrDefault("PATH", ""))) {
      throw Problem.of(Kind.FAILED, "the program " + name + " is not installed", hint)
          .asException();
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    try {
      return new FilterProgram(name, builder.start());
    } catch (IOException e) {
      throw new ProntoException(
          Problem.of(Kind.FAILED, name + " can not be started: " + e.getMessage(), hint), e);
    }
  }

  private static boolean isInstalled(String name, String path) {
    for (String folder : path.split(":")) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, name))) {
        return true;
      }
    }
    return false;
  }

  /** Keeps the first of what it says on standard error, and lets it say more. */
  private void listen() {
    try (InputStream in = process.getErrorStream()) {
      byte[] buffer = new byte[SAID];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        said.write(buffer, 0, Math.min(count, SAID - Math.min(SAID, said.size())));
      }
    } catch (IOException e) {
      // Then there is nothing more to tell.
      return;
    }
  }

  /** Has the program read {@code in} to its end; answers what it makes of it. */
  InputStream read(InputStream in) {
    OutputStream to = process.getOutputStream();
    start("to " + name, () -> feed(in, to));
    // Some readers close what they have read to its end, and then it could not be asked again.
    return new FilterInputStream(process.getInputStream()) {
      @Override
      public void close() {}
    };
  }

  /** Has what the program writes go to {@code out}, which stays open; answers where to write. */
  OutputStream write(OutputStream out) {
    InputStream from = process.getInputStream();
    taker = start("from " + name, () -> take(from, out));
    return process.getOutputStream();
  }

  private static Thread start(String name, Runnable work) {
    return Thread.ofPlatform().daemon().name(name).start(work);
  }

  /** A program that reads no more has its reasons: its exit code tells. */
  private void feed(InputStream in, OutputStream to) {
    byte[] buffer = new byte[BUFFER];
    try (to) {
      for (int count = source(in, buffer); count >= 0; count = source(in, buffer)) {
        to.write(buffer, 0, count);
      }
    } catch (IOException e) {
      return;
    }
  }

  private int source(InputStream in, byte[] buffer) throws IOException {
    try {
      return in.read(buffer);
    } catch (IOException | RuntimeException e) {
      failure = e;
      process.destroy();
      throw new IOException(e);
    }
  }

  private void take(InputStream from, OutputStream out) {
    try {
      from.transferTo(out);
      out.flush();
    } catch (IOException | RuntimeException e) {
      failure = e;
      process.destroy();
    }
  }

  /**
   * Waits for the end of a program whose input has ended, or that wants no more.
   *
   * @throws ProntoException if it failed, with what it said
   */
  void finish() throws IOException {
    int exit;
    try {
      exit = process.waitFor();
      listener.join();
      if (taker != null) {
        taker.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + name, e);
    }
    switch (failure) {
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case null, default -> {}
    }
    if (exit != 0) {
      throw Problem.of(Kind.FAILED, name + " failed with exit code " + exit + told()).asException();
    }
  }

  private String told() {
    String text = said.toString(StandardCharsets.UTF_8).strip();
    return text.isEmpty() ? "" : ": " + Text.visible(text.replaceAll("\\s*\\R\\s*", "; "));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
