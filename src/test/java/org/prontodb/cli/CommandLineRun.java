package org.prontodb.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.prontodb.cli.ProcessContext.Terminal;

/** A user at a shell, in a folder of their own, with a clock that stands until it is moved. */
final class CommandLineRun {
  final Map<String, String> environment = new HashMap<>();
  Terminal terminal = Terminal.NONE;
  private final Path home;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private InputStream stdin = InputStream.nullInputStream();

  CommandLineRun(Path home) {
    this.home = home;
    environment.put("HOME", home.toString());
  }

  /** What one command did. */
  record Result(int exit, byte[] bytes, String stderr) {
    String stdout() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    /** All of it, for a comparison that shows all when it fails. */
    @Override
    public String toString() {
      return stdout() + stderr.replaceAll("(?m)^", "! ").replaceAll("! $", "") + "[" + exit + "]";
    }
  }

  CommandLineRun stdin(String text) {
    return stdin(text.getBytes(StandardCharsets.UTF_8));
  }

  CommandLineRun stdin(byte[] bytes) {
    return stdin(new ByteArrayInputStream(bytes));
  }

  CommandLineRun stdin(InputStream in) {
    stdin = in;
    return this;
  }

  /** Moves the clock. */
  void pass(double seconds) {
    now = now.plusMillis(Math.round(seconds * 1000));
  }

  Result run(String... words) {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    int exit =
        Cli.run(
            List.of(words),
            new ProcessContext(stdin, stdout, stderr, environment, home, () -> now, terminal));
    stdin = InputStream.nullInputStream();
    return new Result(exit, stdout.toByteArray(), stderr.toString(StandardCharsets.UTF_8));
  }

  /** Runs a command line of plain words. */
  Result line(String commandLine) {
    List<String> words = new ArrayList<>(List.of(commandLine.split(" ")));
    if (words.getFirst().equals("prontodb")) {
      words.removeFirst();
    }
    return run(words.toArray(String[]::new));
  }
}
