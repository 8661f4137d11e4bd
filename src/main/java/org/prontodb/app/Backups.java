package org.prontodb.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.prontodb.backup.BackupFile;
import org.prontodb.backup.Encryption;
import org.prontodb.compression.Compression;
import org.prontodb.store.Restoration;
import org.prontodb.store.Snapshot;

/** Safety copies of the whole database, and their way back. */
public final class Backups {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final ProntoDb database;
  private final Map<String, String> environment;

  Backups(ProntoDb database, Map<String, String> environment) {
    this.database = database;
    this.environment = environment;
  }

  /**
   * What a restore is to do.
   *
   * @param replaces whether namespaces that are there may be replaced
   * @param withIdentities whether users, keys, sessions and grants are restored, too
   * @param verifiesOnly whether the backup is read and looked over, and nothing is changed
   */
  public record Options(boolean replaces, boolean withIdentities, boolean verifiesOnly) {}

  /**
   * What was restored.
   *
   * @param namespaces how many the backup holds
   * @param hasConfiguration whether it holds a pronto.conf
   * @param safetyCopy where the former content is kept, or null if there was none
   */
  public record Restored(int namespaces, boolean hasConfiguration, String safetyCopy) {}

  /** A name for a backup that is made now, without an ending: the database's, and the time. */
  public String name() {
    Path file = database.file();
    return (file == null ? "prontodb" : file.getFileName()) + "-" + stamp();
  }

  private String stamp() {
    return STAMP.format(Instant.ofEpochMilli(database.now()));
  }

  /**
   * Writes a backup, while others may go on writing.
   *
   * @param release of this program
   * @param out stays open
   * @return how many namespaces are in it
   */
  public int write(String release, Compression compression, Encryption encryption, OutputStream out)
      throws IOException {
    database.requireExisting();
    try (Snapshot snapshot = database.maintenance("backup").snapshot()) {
      Instant now = Instant.ofEpochMilli(database.now()).truncatedTo(ChronoUnit.SECONDS);
      BackupFile.Origin origin = new BackupFile.Origin(release, now.toEpochMilli(), now.toString());
      BackupFile.write(
          snapshot, configuration(), origin, compression, encryption, environment, out);
      return snapshot.namespaces();
    }
  }

  private byte[] configuration() throws IOException {
    if (!database.configuration().paths().hasConfigurationFolder()) {
      return null;
    }
    try {
      return Files.readAllBytes(database.configuration().paths().configurationFile());
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /**
   * Reads a backup to its end, looks it over, and puts it in the place of what is there.
   *
   * @param name what messages call the backup
   */
  public Restored restore(InputStream in, String name, Encryption encryption, Options options)
      throws IOException {
    try (Restoration restoration = database.maintenance("restore").restoration()) {
      if (database.exists() && !options.replaces && !options.verifiesOnly) {
        refuseIfItHoldsSomething();
      }
      boolean hasConfiguration = BackupFile.read(in, name, encryption, environment, restoration);
      restoration.verify();
      String safetyCopy = null;
      if (!options.verifiesOnly) {
        safetyCopy = restoration.apply(options.replaces, options.withIdentities, stamp());
      }
      return new Restored(restoration.namespaces(), hasConfiguration, safetyCopy);
    }
  }

  private void refuseIfItHoldsSomething() {
    int namespaces = database.read(transaction -> transaction.namespaceCount());
    if (namespaces > 0) {
      throw Restoration.wouldReplace(namespaces);
    }
  }
}
