package org.prontodb.transcript;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.prontodb.cli.Cli;
import org.prontodb.cli.ProcessContext;

/** Runs the {@code prontodb} commands of a line inside this JVM, and the others with {@code sh}. */
final class InProcessShell implements Shell {
  private final Path directory;
  private final String path;
  private final ProcessShell others;

  InProcessShell(Path directory, String path) {
    this.directory = directory;
    this.path = path;
    this.others = new ProcessShell(directory, path);
  }

  @Override
  public boolean understands(String line) {
    return CommandLine.read(line).isPresent();
  }

  @Override
  public Result run(String line) throws IOException, InterruptedException {
    CommandLine commandLine = CommandLine.read(line).orElseThrow();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    byte[] passedOn = new byte[0];
    int exit = 0;
    for (CommandLine.Stage stage : commandLine.stages()) {
      Result result =
          switch (stage) {
            case CommandLine.Foreign foreign -> others.run(foreign.text(), passedOn);
            case CommandLine.Pronto pronto -> run(pronto, passedOn);
          };
      passedOn = result.stdout();
      stderr.writeBytes(result.stderr());
      exit = result.exit();
    }
    return new Result(passedOn, stderr.toByteArray(), exit);
  }

  private Result run(CommandLine.Pronto command, byte[] passedOn) throws IOException {
    byte[] stdin =
        command.input() == null ? passedOn : Files.readAllBytes(directory.resolve(command.input()));
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    Map<String, String> environment = new HashMap<>(Shell.environment(directory, path));
    environment.putAll(command.variables());
    int exit =
        Cli.run(
            command.arguments(),
            new ProcessContext(
                new ByteArrayInputStream(stdin),
                stdout,
                stderr,
                Map.copyOf(environment),
                directory,
                InstantSource.system(),
                ProcessContext.Terminal.NONE));
    return new Result(
        redirected(stdout, command.output()), redirected(stderr, command.error()), exit);
  }

  /** What is left to print once {@code file}, if not null, has taken it. */
  private byte[] redirected(ByteArrayOutputStream printed, String file) throws IOException {
    if (file == null) {
      return printed.toByteArray();
    }
    Files.write(directory.resolve(file), printed.toByteArray());
    return new byte[0];
  }
}
