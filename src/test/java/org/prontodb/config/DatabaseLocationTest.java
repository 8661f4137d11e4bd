package org.prontodb.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;

/** What -d, PRONTO_DB and db take. */
class DatabaseLocationTest {

  @ParameterizedTest
  @CsvSource({
    "my.db, my.db",
    "/srv/my.db, /srv/my.db",
    "./data:old.db, ./data:old.db",
    "sub/data:old.db, sub/data:old.db",
    "c:x, c:x",
    "1a:x, 1a:x",
    "sqlite:my.db, my.db",
    "SQLite:/srv/my.db, /srv/my.db",
    "sqlite:///srv/my.db, /srv/my.db",
    "sqlite:a:b?c#d, a:b?c#d"
  })
  void pathIsAFile(String text, String path) {
    assertEquals(new DatabaseLocation.File(Path.of(path)), DatabaseLocation.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres://db/shop", "data:old.db", "unix:/run/pronto.sock"})
  void schemeMakesAUrl(String text) {
    assertEquals(new DatabaseLocation.Url(URI.create(text)), DatabaseLocation.parse(text));
  }

  @Test
  void shownUrlHoldsNoPassword() {
    for (String text : new String[] {"pg://sam:s3cret@h1,h2/shop?password=s3cret", "pg:s3cret"}) {
      DatabaseLocation location = DatabaseLocation.parse(text);
      if (text.contains("//")) {
        assertEquals("pg://h1,h2/shop", location.shown());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite:", "sqlite://host/x.db", "pg://sam:s3cret word@host/x", "pg:"})
  void badUrlIsRefusedWithoutItsText(String text) {
    Problem problem =
        assertThrows(ProntoException.class, () -> DatabaseLocation.parse(text)).problem();
    assertEquals(Kind.USAGE, problem.kind());
    assertFalse(problem.message().contains("s3cret"), problem.message());
  }
}
