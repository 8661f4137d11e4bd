package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CommandReferenceDocsTest {
  private static final Path PAGE = Path.of("docs/cli.md");

  @Test
  void thePageIsWhatTheTableSays() throws IOException {
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(PAGE, CommandReference.page());
    }
    assertEquals(CommandReference.page(), Files.readString(PAGE), "bin/update.sh rewrites it");
  }
}
