package org.prontodb.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.prontodb.model.PathWord;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/**
 * Where a database is: what {@code -d}, {@code PRONTO_DB} and {@code db} take. A text that begins
 * with a scheme, of two characters at least, is a URL; any other is the path of a file. A file
 * whose name begins like that is written {@code ./data:old.db}.
 */
public sealed interface DatabaseLocation {
  /** For files, besides a path alone. */
  String SQLITE = "sqlite";

  /** A file, which need not be there. */
  record File(Path path) implements DatabaseLocation {}

  /** Something that a kind of store knows by the URL's scheme. */
  record Url(URI url) implements DatabaseLocation {
    /** In lower case. */
    public String scheme() {
      return url.getScheme().toLowerCase(Locale.ROOT);
    }
  }

  /** What messages call it; a URL without user, password and query. */
  default String shown() {
    return switch (this) {
      case File file -> file.path.toString();
      case Url location -> shown(location.url);
    };
  }

  private static String shown(URI url) {
    String authority = url.getRawAuthority();
    String place =
        authority == null ? "" : "//" + authority.substring(authority.lastIndexOf('@') + 1);
    return url.getScheme() + ":" + place + (url.getRawPath() == null ? "" : url.getRawPath());
  }

  /**
   * Reads a location.
   *
   * @throws ProntoException with kind USAGE if it is neither a path nor a URL; the text of a URL,
   *     which may hold a password, is not repeated
   */
  static DatabaseLocation parse(String text) {
    Optional<String> scheme = scheme(text);
    if (scheme.isEmpty()) {
      return new File(PathWord.path(text));
    }
    if (scheme.get().equals(SQLITE)) {
      return new File(PathWord.path(sqlitePath(text.substring(SQLITE.length() + 1))));
    }
    try {
      return new Url(new URI(text));
    } catch (URISyntaxException e) {
      throw new ProntoException(
          Problem.of(
              Kind.USAGE,
              "the URL of the database can not be read at character %d: %s"
                  .formatted(e.getIndex() + 1, e.getReason().toLowerCase(Locale.ROOT)),
              "write special characters in it as %hh; ./NAME names a file whose name has a colon"),
          null);
    }
  }

  /** The scheme that a text begins with, in lower case. */
  static Optional<String> scheme(String text) {
    int colon = text.indexOf(':');
    if (colon < 2 || !isLetter(text.charAt(0))) {
      return Optional.empty();
    }
    for (int i = 1; i < colon; i++) {
      char c = text.charAt(i);
      if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '+' && c != '.' && c != '-') {
        return Optional.empty();
      }
    }
    return Optional.of(text.substring(0, colon).toLowerCase(Locale.ROOT));
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static String sqlitePath(String rest) {
    boolean hasHost = rest.startsWith("//") && !rest.startsWith("///");
    if (rest.isEmpty() || hasHost) {
      throw Problem.of(
              Kind.USAGE,
              "\"sqlite:" + Text.visible(rest) + "\" names no file",
              "write sqlite:PATH, as in sqlite:data/my.db or sqlite:/srv/my.db")
          .asException();
    }
    return rest;
  }
}
