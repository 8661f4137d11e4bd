package org.prontodb.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryNameTest {
  /** No system numbers its processes so high. */
  private static final long NOBODY = 999_999_999;

  @TempDir Path folder;

  private void make(String... names) throws IOException {
    for (String name : names) {
      Files.createFile(folder.resolve(name));
    }
  }

  private List<String> left() throws IOException {
    TemporaryName.removeAbandoned(folder, ".rows.", ".part");
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatAKilledProcessLeftIsRemovedWithWhatSqliteHasBesideIt() throws IOException {
    String name = ".rows." + NOBODY + "-ff.part";
    make(name, name + "-wal", name + "-shm");
    assertEquals(List.of(), left());
  }

  @Test
  void whatALivingProcessMakesIsNot() throws IOException {
    Path ours = Files.createFile(TemporaryName.in(folder, ".rows.", ".part"));
    assertEquals(List.of(ours.getFileName().toString()), left());
  }

  @Test
  void inAContainerAnEarlierProcessMayHaveHadOurNumber() throws IOException {
    make(".rows." + ProcessHandle.current().pid() + "-1.part");
    assertEquals(List.of(), left());
  }

  @Test
  void aSecondNameOfWhatIsInPlaceIsRemovedAndThePlaceStays() throws IOException {
    make("rows");
    Files.createLink(folder.resolve(".rows." + NOBODY + "-ff.part"), folder.resolve("rows"));
    assertEquals(List.of("rows"), left());
  }

  @Test
  void otherNamesAndLinksAreSomebodyElses() throws IOException {
    make(".rows.part", ".rows." + NOBODY + ".part", ".lines." + NOBODY + "-ff.part", "rows");
    Files.createSymbolicLink(folder.resolve(".rows." + NOBODY + "-ff.part"), Path.of("rows"));
    assertEquals(5, left().size());
  }
}
