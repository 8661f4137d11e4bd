package org.prontodb.bench;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.prontodb.cli.Cli;
import org.prontodb.cli.ProcessContext;

/** Runs a command as the product does, but ends in a way that lets a recording be written. */
final class Profile {
  private Profile() {}

  public static void main(String[] arguments) {
    int exit =
        Cli.run(
            List.of(arguments),
            new ProcessContext(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                System.getenv(),
                Path.of(""),
                InstantSource.system(),
                ProcessContext.Terminal.NONE));
    System.exit(exit);
  }
}
