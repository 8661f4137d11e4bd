package org.prontodb.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.prontodb.app.Backups;
import org.prontodb.app.OutputFile;
import org.prontodb.backup.Encryption;
import org.prontodb.compression.Compression;

/** {@code prontodb backup}. */
final class BackupCommand implements Command {
  private static final String OUT = "--out";

  @Override
  public Form form() {
    Form form =
        Form.of("write a copy of the whole database, while others write")
            .option(OUT, "FILE", "write to FILE, a new one; - for standard output")
            .flag("--zstd", "compress with zstd instead of gzip, as FILE.zst says too");
    return Ciphers.encrypting(form)
        .details(
            "Without --out, or where FILE is a folder, the file is called as the database, with the"
                + " time and where needed a number: pronto.db-TIME.tar.gz. It is there whole"
                + " or not at all, for its owner alone, and never in the place of another. It is a"
                + " tar archive of pronto.db, an SQLite file; pronto.conf, where there is one;"
                + " manifest.json; SHA256SUMS, for sha256sum -c.")
        .details(
            "age and openssl are the programs of these names; without ours, age --decrypt -i"
                + " KEYFILE or openssl enc -d -aes-256-cbc -pbkdf2 -pass env:VAR gives the"
                + " archive.")
        .example("prontodb backup")
        .example("prontodb backup --out /backups/monday.tar.zst")
        .example("prontodb backup --age-recipient age1… --out - | ssh host 'cat > pronto.age'");
  }

  @Override
  public ExitCode run(Invocation call) throws IOException {
    Encryption encryption = Ciphers.read(call);
    String out = call.option(OUT);
    Compression compression = compression(call, out, encryption);
    Backups backups = call.database().backups(call.context().environment());
    if (out != null && call.files().isStandardOutput(out)) {
      if (call.printsToTerminal()) {
        throw call.usage("a backup is nothing to read: send it to a file or a pipe");
      }
      backups.write(VersionCommand.NUMBER, compression, encryption, call.out());
      return ExitCode.DONE;
    }
    Path file = call.file(out == null ? "" : out);
    boolean isNamed = out != null && !Files.isDirectory(file);
    String ending = ".tar" + compression.suffix() + encryption.suffix();
    Progress progress = new Progress(call);
    try (OutputFile output =
        isNamed
            ? call.files().create(OUT, file)
            : OutputFile.createNumbered(file, backups.name(), ending)) {
      int namespaces =
          backups.write(
              VersionCommand.NUMBER,
              compression,
              encryption,
              progress.watch(output.stream(), "written"));
      progress.clear();
      output.finish();
      call.messages()
          .status(
              "%d %s backed up to %s"
                  .formatted(
                      namespaces,
                      namespaces == 1 ? "namespace" : "namespaces",
                      isNamed ? file : output.place()));
    }
    return ExitCode.DONE;
  }

  private static Compression compression(Invocation call, String out, Encryption encryption) {
    String name = out == null ? "" : out;
    if (!encryption.suffix().isEmpty() && name.endsWith(encryption.suffix())) {
      name = name.substring(0, name.length() - encryption.suffix().length());
    }
    Compression named = Compression.ofFile(name);
    boolean zstd = call.has("--zstd");
    if (zstd && named == Compression.GZIP) {
      throw call.usage("--zstd does not fit a name that ends in .gz");
    }
    return zstd || named == Compression.ZSTD ? Compression.ZSTD : Compression.GZIP;
  }
}
