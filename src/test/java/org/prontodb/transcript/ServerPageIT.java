package org.prontodb.transcript;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sessions with curl in docs/server.md, with a server that runs from the second of them on. */
class ServerPageIT {
  private static final Path PAGE = Path.of("docs/server.md");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```console\n(.*?)^```$");
  private static final String LAUNCHER = Path.of("target/prontodb/bin").toAbsolutePath().toString();
  private static final String PATH = LAUNCHER + ":" + System.getenv("PATH");

  @TempDir Path directory;

  @Test
  void thePageShowsWhatHappens() throws Exception {
    String text = Files.readString(PAGE);
    Matcher block = BLOCK.matcher(text);
    List<String> updated = new ArrayList<>();
    ProcessShell shell = new ProcessShell(directory, PATH);
    block.find();
    play(block.group(1), shell, updated);
    Process server = start();
    try {
      Shell there = new Rerouted(shell, port(server));
      while (block.find()) {
        play(block.group(1), there, updated);
      }
    } finally {
      server.destroy();
      server.waitFor();
    }
    if (TranscriptRunner.UPDATE) {
      Files.writeString(
          PAGE,
          BLOCK.matcher(text).replaceAll(found -> Matcher.quoteReplacement(updated.removeFirst())));
    }
  }

  private void play(String block, Shell shell, List<String> updated)
      throws IOException, InterruptedException {
    TranscriptRunner runner = new TranscriptRunner(directory, shell);
    Transcript session = Transcript.parse(block);
    if (TranscriptRunner.UPDATE) {
      updated.add("```console\n" + runner.updated(session) + "```");
    } else {
      runner.check(session);
    }
  }

  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(LAUNCHER + "/prontodb", "serve", "--listen", "127.0.0.1:0")
            .directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(Shell.environment(directory, PATH));
    return builder.start();
  }

  /** Where it listens is the first thing that a server says. */
  private static String port(Process server) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(server.getErrorStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    Thread.ofVirtual().start(() -> lines.lines().forEach(request -> {}));
    return line.substring(line.lastIndexOf(':') + 1);
  }

  /** A shell for which the usual port is another. */
  private record Rerouted(Shell shell, String port) implements Shell {
    @Override
    public boolean understands(String line) {
      return shell.understands(line);
    }

    @Override
    public Result run(String line) throws IOException, InterruptedException {
      return shell.run(line.replace("localhost:7878", "127.0.0.1:" + port));
    }
  }
}
