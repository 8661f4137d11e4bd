package org.prontodb.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;

/** What a reader without locks notices of a writer. */
class ChangeDetectorTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    file = folder.resolve("x.db");
    Files.write(file, new byte[100_000]);
  }

  @Test
  void file_that_nobody_writes_is_unchanged_whoever_reads_it() throws IOException {
    ChangeDetector detector = ChangeDetector.begin(file);
    Files.readAllBytes(file);
    assertFalse(detector.isChanged());
    detector.requireUnchanged();
  }

  /** The first look follows a write at once: both writes may come within one tick of the clock. */
  @Test
  void single_byte_written_right_after_the_first_look_is_noticed() throws IOException {
    for (int round = 0; round < 20; round++) {
      write(round);
      ChangeDetector detector = ChangeDetector.begin(file);
      write(round + 1);
      assertTrue(detector.isChanged(), "round " + round);
    }
  }

  @Test
  void time_of_modification_that_was_set_back_hides_nothing() throws IOException {
    FileTime before = Files.getLastModifiedTime(file);
    ChangeDetector detector = ChangeDetector.begin(file);
    write(1);
    Files.setLastModifiedTime(file, before);
    assertEquals(
        Kind.BUSY,
        assertThrows(ProntoException.class, detector::requireUnchanged).problem().kind());
  }

  @Test
  void file_that_took_the_name_is_another_one() throws IOException {
    ChangeDetector detector = ChangeDetector.begin(file);
    Path copy = folder.resolve("copy");
    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
    assertTrue(detector.isChanged());
    Files.delete(file);
    assertTrue(detector.isChanged());
  }

  private void write(int value) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(50_000);
      bytes.write(value);
    }
  }
}
