package org.prontodb.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import org.prontodb.model.ProntoException;

class PathsTest {

  @Test
  void everythingIsInDotLocalByDefault() {
    Paths paths = new Paths(Map.of("HOME", "/home/sam"));
    assertEquals(
        Path.of("/home/sam/.local/etc/odx/prontodb/pronto.conf"), paths.configurationFile());
    assertEquals(Path.of("/home/sam/.local/data/odx/prontodb/pronto.db"), paths.database());
    assertEquals(Path.of("/home/sam/.local/lib/odx/prontodb"), paths.runtimeFolder());
    assertEquals(Path.of("/home/sam/.local/bin/prontodb"), paths.launcher());
  }

  @Test
  void xdgVariablesReplaceTheFolders() {
    Paths paths =
        new Paths(
            Map.of(
                "XDG_CONFIG_HOME", "/c",
                "XDG_DATA_HOME", "/d",
                "XDG_LIB_HOME", "/l",
                "XDG_BIN_HOME", "/b"));
    assertEquals(Path.of("/c/odx/prontodb/pronto.conf"), paths.configurationFile());
    assertEquals(Path.of("/d/odx/prontodb/pronto.db"), paths.database());
    assertEquals(Path.of("/l/odx/prontodb"), paths.runtimeFolder());
    assertEquals(Path.of("/b/prontodb"), paths.launcher());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "relative", "./here", "~/data"})
  void anXdgVariableThatIsNoAbsolutePathCountsAsNotSet(String value) {
    Paths paths = new Paths(Map.of("HOME", "/home/sam", "XDG_DATA_HOME", value));
    assertEquals(Path.of("/home/sam/.local/data/odx/prontodb/pronto.db"), paths.database());
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = "relative")
  void withoutAHomeTheMessageSaysWhatToSet(String home) {
    Paths paths = new Paths(home == null ? Map.of() : Map.of("HOME", home));
    ProntoException thrown = assertThrows(ProntoException.class, paths::database);
    assertEquals(
        "no home folder is known: HOME is not set to an absolute path", thrown.problem().message());
    assertEquals("set HOME, or name the database with -d FILE", thrown.problem().hint());
  }
}
