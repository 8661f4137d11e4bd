package org.prontodb.mirror;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.prontodb.json.JsonReader;
import org.prontodb.json.JsonReader.Token;
import org.prontodb.json.JsonSyntaxException;
import org.prontodb.mirror.Manifest.Known;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Instants;
import org.prontodb.model.Namespace;
import org.prontodb.model.Position;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.SourceLine;
import org.prontodb.model.Utf8;

/**
 * Walks through a {@link Manifest}, namespace by namespace and key by key, in flat memory. One that
 * is damaged is refused with the place.
 */
final class ManifestReader implements AutoCloseable {
  /** Longer than the longest line: a key whose every character is an escape. */
  private static final int MAX_LINE = 16 << 10;

  private final String file;
  private final InputStream in;
  private final boolean mayBeCutOff;
  private final ByteBuilder line = new ByteBuilder(512);
  private final JsonReader json = new JsonReader(new byte[0]);
  private final Map<String, byte[]> members = new HashMap<>();
  private long lineNumber;
  private long lineStart;

  /** Whether the members of the next line have been read, but not asked for. */
  private boolean pending;

  private Namespace namespace;
  private CacheSettings cache;
  private byte[] key;
  private Known known;

  private ManifestReader(String file, InputStream in, boolean mayBeCutOff) throws IOException {
    this.file = file;
    this.in = in;
    this.mayBeCutOff = mayBeCutOff;
    if (readLine() && !Integer.toString(Manifest.VERSION).equals(text(Manifest.TITLE))) {
      throw fault(
          "this is no manifest of version " + Manifest.VERSION,
          "another version of prontodb may have written it");
    }
  }

  /** The tree's manifest, or an empty one where there is none. */
  static ManifestReader of(Tree tree) throws IOException {
    return open(tree, Manifest.FILE, false);
  }

  /** What an export that was interrupted has written down; its last line may be cut off. */
  static ManifestReader ofJournal(Tree tree) throws IOException {
    return open(tree, Manifest.JOURNAL, true);
  }

  private static ManifestReader open(Tree tree, String file, boolean mayBeCutOff)
      throws IOException {
    FileChannel channel = tree.open(file, StandardOpenOption.READ);
    InputStream in =
        channel == null
            ? InputStream.nullInputStream()
            : new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    return new ManifestReader(file, in, mayBeCutOff);
  }

  /** Moves to the next namespace, past the records that were not asked for; false at the end. */
  boolean nextNamespace() throws IOException {
    while (hasLine()) {
      if (members.containsKey(Manifest.NAMESPACE)) {
        pending = false;
        readNamespace();
        return true;
      }
      pending = false;
    }
    namespace = null;
    return false;
  }

  /** Null behind the last. */
  Namespace namespace() {
    return namespace;
  }

  /** The settings of a cache, null for a plain namespace. */
  CacheSettings cache() {
    return cache;
  }

  /** Moves to the next record of the namespace; false behind the last. */
  boolean nextKey() throws IOException {
    if (!hasLine() || members.containsKey(Manifest.NAMESPACE)) {
      key = null;
      return false;
    }
    pending = false;
    byte[] before = key;
    key = member(Manifest.KEY);
    if (before != null && Arrays.compareUnsigned(before, key) >= 0) {
      throw fault("the keys are not in their order", null);
    }
    String expires = text(Manifest.EXPIRES);
    known =
        new Known(
            sha256(),
            expires == null
                ? null
                : Instants.parse(expires)
                    .orElseThrow(() -> fault("\"expires\" is no instant", null)));
    return true;
  }

  /** UTF-8; null behind the namespace's last record. */
  byte[] key() {
    return key;
  }

  Known known() {
    return known;
  }

  private void readNamespace() {
    Namespace before = namespace;
    try {
      namespace = new Namespace(required(Manifest.PROJECT), required(Manifest.NAMESPACE));
    } catch (ProntoException e) {
      throw fault(e.problem().message(), null);
    }
    if (before != null && before.compareTo(namespace) >= 0) {
      throw fault("the namespaces are not in their order", null);
    }
    key = null;
    cache =
        switch (required(Manifest.KIND)) {
          case "std" -> null;
          case "ttl" ->
              new CacheSettings(
                  number(Manifest.TIMEOUT, 1),
                  number(Manifest.MAX_ITEMS, 0),
                  required(Manifest.EVICT_ON_READ).equals("true"));
          default -> throw fault("unknown kind of namespace", null);
        };
  }

  private String required(String name) {
    return new String(member(name), StandardCharsets.UTF_8);
  }

  private byte[] member(String name) {
    byte[] value = members.get(name);
    if (value == null) {
      throw fault("\"" + name + "\" is missing", null);
    }
    return value;
  }

  private long number(String name, long least) {
    try {
      long number = Long.parseLong(required(name));
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw fault("\"" + name + "\" is no number that it can be", null);
  }

  private byte[] sha256() {
    try {
      return HexFormat.of().parseHex(required(Manifest.SHA256));
    } catch (IllegalArgumentException e) {
      throw fault("\"" + Manifest.SHA256 + "\" is not in hexadecimal", null);
    }
  }

  private String text(String name) {
    byte[] value = members.get(name);
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  private boolean hasLine() throws IOException {
    if (!pending) {
      pending = readLine();
    }
    return pending;
  }

  private boolean readLine() throws IOException {
    lineStart += line.length() + (lineNumber > 0 ? 1 : 0);
    line.setLength(0);
    lineNumber++;
    int b;
    while ((b = in.read()) >= 0 && b != '\n') {
      line.append(b);
      if (line.length() > MAX_LINE) {
        throw fault("the line is too long", null);
      }
    }
    if (b < 0 && (line.length() == 0 || mayBeCutOff)) {
      return false;
    }
    members.clear();
    try {
      readMembers();
    } catch (JsonSyntaxException e) {
      throw fault(e.getMessage(), null, e.offset());
    }
    return true;
  }

  private void readMembers() throws JsonSyntaxException {
    json.begin(line.array(), 0, line.length());
    if (json.next() != Token.BEGIN_OBJECT) {
      throw fault("a line is a JSON object", null);
    }
    while (json.next() == Token.NAME) {
      String name = new String(json.string(), StandardCharsets.UTF_8);
      byte[] value =
          switch (json.next()) {
            case STRING -> json.string();
            case NUMBER, TRUE, FALSE -> Arrays.copyOfRange(line.array(), json.start(), json.end());
            default -> throw fault("\"" + name + "\" has a value that it can not have", null);
          };
      members.put(name, value);
    }
    json.next();
  }

  private ProntoException fault(String message, String hint) {
    return fault(message, hint, 0);
  }

  private ProntoException fault(String message, String hint, int offset) {
    int at = Math.min(offset, line.length());
    return new Problem(
            Kind.CONTENT,
            message,
            hint != null
                ? hint
                : "restore the manifest; without one, import-fs takes every difference for a"
                    + " conflict",
            new Position(
                file, lineNumber, 1 + Utf8.codePoints(line.array(), 0, at), lineStart + at),
            SourceLine.around(line.array(), 0, line.length(), at))
        .asException();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
