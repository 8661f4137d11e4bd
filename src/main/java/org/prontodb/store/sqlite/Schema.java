package org.prontodb.store.sqlite;

import java.util.List;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.store.Identities;

/**
 * The tables of ours in a database, and how those of an older release become those of this one. The
 * version stands in {@code PRAGMA user_version}.
 */
final class Schema {
  /** "Pron", so that {@code file} and we know the databases of this application. */
  static final int APPLICATION_ID = 0x50726f6e;

  /**
   * What leads from each version to the next, from the empty file on. What has been released is
   * never changed, only added to.
   */
  private static final List<List<String>> MIGRATIONS =
      List.of(
          List.of(
              """
              CREATE TABLE sys_namespaces(
                project TEXT NOT NULL,
                namespace TEXT NOT NULL,
                kind TEXT NOT NULL,
                table_name TEXT NOT NULL,
                delim TEXT NOT NULL DEFAULT '.',
                PRIMARY KEY (project, namespace)) WITHOUT ROWID""",
              """
              CREATE TABLE sys_caches(
                project TEXT NOT NULL,
                namespace TEXT NOT NULL,
                timeout_sec INTEGER NOT NULL,
                evict_on_read INTEGER NOT NULL,
                max_items INTEGER NOT NULL,
                records INTEGER NOT NULL DEFAULT 0,
                PRIMARY KEY (project, namespace)) WITHOUT ROWID""",
              """
              CREATE TABLE sec_users(
                name TEXT PRIMARY KEY,
                password TEXT) WITHOUT ROWID""",
              """
              CREATE TABLE sec_api_keys(
                id TEXT PRIMARY KEY,
                user TEXT NOT NULL,
                name TEXT NOT NULL,
                sha256 TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                expires_at INTEGER) WITHOUT ROWID""",
              """
              CREATE TABLE sec_sessions(
                id TEXT PRIMARY KEY,
                user TEXT NOT NULL,
                api_key TEXT,
                sha256 TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL) WITHOUT ROWID""",
              """
              CREATE TABLE sec_grants(
                user TEXT NOT NULL,
                project TEXT NOT NULL,
                namespace TEXT NOT NULL,
                access TEXT NOT NULL,
                PRIMARY KEY (user, project, namespace)) WITHOUT ROWID""",
              """
              CREATE TABLE sec_audit(
                number INTEGER PRIMARY KEY,
                at INTEGER NOT NULL,
                by TEXT NOT NULL,
                action TEXT NOT NULL,
                user TEXT NOT NULL,
                detail TEXT NOT NULL)""",
              """
              CREATE TABLE batches(
                id TEXT NOT NULL,
                project TEXT NOT NULL,
                namespace TEXT NOT NULL,
                sha256 TEXT NOT NULL,
                applied_at INTEGER NOT NULL,
                PRIMARY KEY (id, project, namespace)) WITHOUT ROWID""",
              """
              CREATE TABLE receipts(
                number INTEGER PRIMARY KEY,
                at INTEGER NOT NULL,
                user TEXT,
                ok INTEGER NOT NULL,
                batch TEXT,
                sha256 TEXT,
                statements INTEGER NOT NULL,
                bytes INTEGER NOT NULL,
                seconds REAL NOT NULL)""",
              """
              CREATE TABLE receipt_parts(
                number INTEGER NOT NULL,
                project TEXT NOT NULL,
                namespace TEXT NOT NULL,
                puts INTEGER NOT NULL,
                deletes INTEGER NOT NULL,
                PRIMARY KEY (number, project, namespace)) WITHOUT ROWID""",
              "INSERT INTO sec_users(name, password) VALUES ('admin', NULL)"),
          // Both null while the namespace's table has no column codec.
          List.of(
              "ALTER TABLE sys_namespaces ADD COLUMN compress TEXT",
              "ALTER TABLE sys_namespaces ADD COLUMN compress_level INTEGER"));

  static final int VERSION = MIGRATIONS.size();

  private Schema() {}

  /** Refuses, before anything is changed, a file that is not ours and not empty either. */
  static void requireOurs(Database database) {
    // Asked twice, because another process may make the database of an empty file meanwhile.
    if (!isOurs(database) && !isEmpty(database) && !isOurs(database)) {
      throw Problem.of(
              Kind.FAILED,
              "file "
                  + SqliteFailure.quoted(database.file())
                  + " is an SQLite database of another application",
              "choose a ProntoDB database with -d")
          .asException();
    }
  }

  private static boolean isOurs(Database database) {
    return database.number("PRAGMA application_id") == APPLICATION_ID;
  }

  private static boolean isEmpty(Database database) {
    return database.number("SELECT count(*) FROM sqlite_schema") == 0;
  }

  /**
   * Refuses, within a transaction that reads, what no release up to this one has made.
   *
   * @return the version of the schema
   */
  static int requireKnown(Database database) {
    requireOurs(database);
    int version = (int) version(database);
    if (version == 0) {
      throw empty(database);
    }
    return version;
  }

  /**
   * Whether there is a schema, within a transaction that reads; refuses any but that of this
   * release.
   */
  static boolean isCreated(Database database) {
    requireOurs(database);
    long version = version(database);
    if (version == 0) {
      return false;
    }
    if (version < VERSION) {
      throw Problem.of(
              Kind.FAILED,
              "database "
                  + SqliteFailure.quoted(database.file())
                  + " was written by an older release",
              "any command that writes brings it up to date, prontodb install for one")
          .asException();
    }
    return true;
  }

  private static ProntoException empty(Database database) {
    return Problem.of(
            Kind.NOT_FOUND,
            "there is nothing yet in database " + SqliteFailure.quoted(database.file()))
        .asException();
  }

  /** Brings the schema, within a transaction that writes, to that of this release. */
  static void migrate(Database database) {
    long version = version(database);
    if (version == VERSION) {
      return;
    }
    if (version == 0) {
      database.execute("PRAGMA application_id = " + APPLICATION_ID);
    }
    for (List<String> step : MIGRATIONS.subList((int) version, VERSION)) {
      step.forEach(database::execute);
    }
    if (version == 0) {
      database.update(
          "UPDATE sec_users SET password = ? WHERE name = ?",
          database.options().adminPassword().get(),
          Identities.ADMIN);
    }
    database.execute("PRAGMA user_version = " + VERSION);
  }

  private static long version(Database database) {
    long version = database.number("PRAGMA user_version");
    if (version > VERSION) {
      throw newer(database, version);
    }
    if (version < 0) {
      throw SqliteFailure.damaged(database.file(), "its schema version is " + version);
    }
    return version;
  }

  private static ProntoException newer(Database database, long version) {
    return Problem.of(
            Kind.FAILED,
            "database %s has schema version %d, this release knows versions up to %d"
                .formatted(SqliteFailure.quoted(database.file()), version, VERSION),
            "use the release that wrote it, or a newer one")
        .asException();
  }
}
