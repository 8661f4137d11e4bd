package org.prontodb.store.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;
import org.prontodb.store.StoreFailure;
import org.sqlite.SQLiteException;

/** Tells SQLite's errors in our words. Nothing outside this package sees an SQLException. */
final class SqliteFailure {
  // Primary result codes, https://www.sqlite.org/rescode.html
  private static final int BUSY = 5;
  private static final int NOMEM = 7;
  private static final int READONLY = 8;
  private static final int IOERR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int TOOBIG = 18;
  private static final int NOTADB = 26;

  private SqliteFailure() {}

  static StoreFailure of(SQLException cause, Path file, SqliteOptions options) {
    return new StoreFailure(problem(cause, file, quoted(file), options), cause);
  }

  /** For a writer who has waited in vain for another one of this process. */
  static ProntoException busy(Path file, SqliteOptions options) {
    return new StoreFailure(busy(quoted(file), options), null);
  }

  private static Problem busy(String file, SqliteOptions options) {
    return Problem.of(
        Kind.BUSY,
        "database %s is busy: another process held its lock for all of %d ms"
            .formatted(file, options.busyTimeoutMillis()),
        "try again; a long load may be running (fuser shows who has the file open), or raise"
            + " busy_timeout_ms in pronto.conf");
  }

  static boolean isBusy(SQLException cause) {
    return cause.getErrorCode() == BUSY;
  }

  /** Whether the file may be readable by somebody who cannot write beside it. */
  static boolean isForWantOfWriting(SQLException cause) {
    return cause.getErrorCode() == CANTOPEN || cause.getErrorCode() == READONLY;
  }

  /** Whether the file may be readable by somebody for whom there is no room beside it. */
  static boolean isForWantOfRoom(SQLException cause) {
    return cause.getErrorCode() == FULL
        || cause instanceof SQLiteException exact
            && switch (exact.getResultCode()) {
              // A file that may not grow: at its first bytes, or later.
              case SQLITE_IOERR_SHMOPEN, SQLITE_IOERR_SHMSIZE -> true;
              default -> false;
            };
  }

  /** For a reader that may not write the files through which it would see what others wrote. */
  static ProntoException unreadableLog(Path file, SQLException cause) {
    return new StoreFailure(
        failed(
            "database %s can not be read: its last changes are in files beside it that this account"
                    .formatted(quoted(file))
                + " can not use",
            "run it as an account that may write to the folder; any command that writes takes the"
                + " changes up"),
        cause);
  }

  private static Problem problem(
      SQLException cause, Path path, String file, SqliteOptions options) {
    return switch (code(cause)) {
      // Without room beside the file, even readers lock it, our own among them.
      case BUSY -> FreeSpace.isUsedUpBeside(path) ? noSpace(path, file) : busy(file, options);
      case READONLY ->
          failed(
              "database " + file + " can not be written",
              "make the file and its folder writable, or choose another database with -d");
      case FULL -> noSpace(path, file);
      case IOERR ->
          FreeSpace.isUsedUpBeside(path)
              ? noSpace(path, file)
              : failed(
                  "database " + file + " can not be read or written: " + said(cause),
                  "look at the disk, and at limits on the size of files (ulimit -f); nothing of"
                      + " this transaction was kept");
      case CORRUPT -> damaged(file, said(cause));
      case CANTOPEN ->
          failed(
              "database " + file + " can not be opened",
              "make sure that you may read and write the file and its folder");
      case NOTADB ->
          failed("file " + file + " is not a database", "choose a ProntoDB database with -d");
      case TOOBIG -> failed("value is too big for the database", null);
      case NOMEM ->
          Problem.of(
              Kind.BUSY,
              "not enough memory for database " + file,
              "try again when less is going on; nothing of this transaction was kept");
      default -> failed("database " + file + ": " + said(cause), null);
    };
  }

  /** The driver has no code for a value for which there is no room in the heap, but this text. */
  private static int code(SQLException cause) {
    return "Out of memory".equals(cause.getMessage()) ? NOMEM : cause.getErrorCode();
  }

  /** For content that no release of ours has written. */
  static ProntoException damaged(Path file, String what) {
    return damaged(quoted(file), what).asException();
  }

  private static Problem damaged(String file, String what) {
    return failed(
        "database " + file + " is damaged: " + what,
        "prontodb check says what is damaged; restore a backup");
  }

  private static Problem noSpace(Path path, String file) {
    Path temporary = FreeSpace.temporaryFolder();
    return FreeSpace.isScarcerIn(temporary, path)
        ? failed(
            "no space left in \"%s\" for temporary files of database %s"
                .formatted(Text.visible(temporary.toString()), file),
            "free some space there, or name another folder with SQLITE_TMPDIR; nothing of this"
                + " transaction was kept")
        : failed(
            "no space left for database " + file,
            "free some space on its file system; nothing of this transaction was kept");
  }

  /** Whether it is not the content of the file that is at fault. */
  static boolean isOfSurroundings(ProntoException failure) {
    return failure.getCause() instanceof SQLException cause
        && switch (code(cause)) {
          case BUSY, NOMEM, READONLY, IOERR, FULL, CANTOPEN -> true;
          default -> false;
        };
  }

  private static Problem failed(String message, String hint) {
    return Problem.of(Kind.FAILED, message, hint);
  }

  /**
   * The driver's "[SQLITE_X] Explanation (what happened)" without the part in brackets; it can name
   * a table.
   */
  private static String said(SQLException cause) {
    String message = String.valueOf(cause.getMessage());
    return Text.visible(message.substring(message.indexOf(']') + 1).strip());
  }

  static String quoted(Path file) {
    return "\"" + Text.visible(file.toString()) + "\"";
  }
}
