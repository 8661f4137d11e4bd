package org.prontodb.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.prontodb.app.Backups;
import org.prontodb.app.FileInput;
import org.prontodb.backup.Encryption;

/** {@code prontodb restore}. */
final class RestoreCommand implements Command {

  @Override
  public Form form() {
    Form form =
        Form.of("FILE", "put a backup in the place of what is in the database")
            .flag("--force", "also where the database holds namespaces")
            .flag("--with-identities", "take users, keys, sessions and grants from the backup, too")
            .flag("--dry-run --check", "read the backup and verify it, and change nothing");
    return Ciphers.decrypting(form)
        .details(
            "FILE is what \"prontodb backup\" wrote, - is standard input. Checksums, the soundness"
                + " of the database and its version are verified first; what fails then has changed"
                + " nothing. What was there is kept beside the database, as"
                + " pronto.db.before-restore-TIME. Readers and writers may be at work: they see all"
                + " of the restored content at one moment.")
        .details(
            "Users, keys, sessions, grants and their log stay those of the database, if there is"
                + " one. A pronto.conf is never replaced: tar -xOf FILE pronto.conf shows the one"
                + " in a backup.")
        .example("prontodb restore pronto.db-20260101T000000Z.tar.gz")
        .example("prontodb restore --dry-run monday.tar.zst")
        .example("prontodb restore --force --age-identity key.txt monday.tar.gz.age");
  }

  @Override
  public ExitCode run(Invocation call) throws IOException {
    Encryption encryption = Ciphers.read(call);
    String name = call.argument(0);
    Backups.Options options =
        new Backups.Options(
            call.has("--force"), call.has("--with-identities"), call.has("--dry-run"));
    try (InputStream in = open(call, name)) {
      String shown = name.equals("-") ? FileInput.STDIN_NAME : name;
      Backups.Restored restored =
          call.database()
              .backups(call.context().environment())
              .restore(in, shown, encryption, options);
      tell(call, restored, options);
    }
    return ExitCode.DONE;
  }

  private static InputStream open(Invocation call, String name) throws IOException {
    Path file = call.files().isStandardInput(name) ? null : call.files().input(name);
    InputStream in = file == null ? call.stdin() : Files.newInputStream(file);
    long size = file != null && Files.isRegularFile(file) ? Files.size(file) : -1;
    return new BufferedInputStream(
        new Progress(call).watch(in, "of the backup read", size), 1 << 16);
  }

  private static void tell(Invocation call, Backups.Restored restored, Backups.Options options) {
    int count = restored.namespaces();
    String namespaces = count + (count == 1 ? " namespace" : " namespaces");
    if (options.verifiesOnly()) {
      call.messages().status("the backup is sound and holds " + namespaces);
      return;
    }
    call.messages().status(namespaces + " restored");
    if (restored.safetyCopy() != null) {
      call.messages().status("what was there before is in " + restored.safetyCopy());
    }
    if (restored.hasConfiguration()) {
      call.messages().detail("the pronto.conf in the backup was left alone");
    }
  }
}
