package org.prontodb.store.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.store.StoreFailure;

/**
 * Detects whether a database file was written while it was read without a lock, which is how an
 * account that may not write to the folder has to read it.
 *
 * <p>The kernel sets the change time of a file before it writes into it. So if page reads lie
 * between two looks that are equal, no write came between the first look and the last read, unless
 * the clock that the kernel stamps with stood still meanwhile. It moves in ticks, of at most 10 ms
 * on a local file system and of up to 2 s on some others; therefore the first look waits until the
 * file's last change is older than such a tick. What this does not cover is told in
 * docs/storage.md.
 */
final class ChangeDetector {
  /** Two ticks of a kernel with 100 of them a second. */
  private static final Duration TICK = Duration.ofMillis(20);

  /** For file systems that store no fraction of a second. */
  private static final Duration COARSE_TICK = Duration.ofMillis(2_100);

  private final Path file;
  private final FileState before;

  private ChangeDetector(Path file, FileState before) {
    this.file = file;
    this.before = before;
  }

  /** Takes the first look. To be called before the file is opened. */
  static ChangeDetector begin(Path file) {
    try {
      FileState state = FileState.of(file);
      long wait = millisUntilSettled(state);
      if (wait > 0) {
        TimeUnit.MILLISECONDS.sleep(wait);
        state = FileState.of(file);
      }
      return new ChangeDetector(file, state);
    } catch (IOException e) {
      throw DatabaseFile.unreachable(file, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw changed(file);
    }
  }

  /** A change time in the future, as after a clock was set back, can not be met again by chance. */
  private static long millisUntilSettled(FileState state) {
    Instant changed = state.changed().toInstant();
    Duration tick = changed.getNano() == 0 ? COARSE_TICK : TICK;
    Duration age = Duration.between(changed, Instant.now());
    return age.isNegative() ? 0 : tick.minus(age).toMillis();
  }

  /** Whether the file was written, or replaced by another one, since the first look. */
  boolean isChanged() {
    try {
      return !FileState.of(file).equals(before);
    } catch (IOException e) {
      return true;
    }
  }

  void requireUnchanged() {
    if (isChanged()) {
      throw changed(file);
    }
  }

  static ProntoException changed(Path file) {
    return new StoreFailure(
        Problem.of(
            Kind.BUSY,
            "database "
                + SqliteFailure.quoted(file)
                + " was written by another process while it was read",
            "try again; an account that may write to the folder reads while others write"),
        null);
  }
}
