package org.prontodb.transcript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * Runs lines with the machine's {@code sh}, and so through the launcher where it is on the path.
 */
final class ProcessShell implements Shell {
  private final Path directory;
  private final String path;

  /**
   * @param path where programs are looked for
   */
  ProcessShell(Path directory, String path) {
    this.directory = directory;
    this.path = path;
  }

  @Override
  public boolean understands(String line) {
    return true;
  }

  @Override
  public Result run(String line) throws IOException, InterruptedException {
    return run(line, new byte[0]);
  }

  Result run(String line, byte[] stdin) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", line).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(Shell.environment(directory, path));
    Process process = builder.start();
    CompletableFuture<byte[]> stderr =
        CompletableFuture.supplyAsync(() -> readAll(process.getErrorStream()));
    CompletableFuture<byte[]> stdout =
        CompletableFuture.supplyAsync(() -> readAll(process.getInputStream()));
    try (OutputStream input = process.getOutputStream()) {
      input.write(stdin);
    } catch (IOException closed) {
      // A command that does not read all of its input, such as head, closes the pipe early.
    }
    int exit = process.waitFor();
    return new Result(stdout.join(), stderr.join(), exit);
  }

  private static byte[] readAll(InputStream stream) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (stream) {
      stream.transferTo(bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return bytes.toByteArray();
  }
}
