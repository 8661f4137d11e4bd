package org.prontodb.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks into a database file with the stock {@code sqlite3} program, which knows nothing of us. */
final class SqliteShell {
  private final Path file;

  SqliteShell(Path file) {
    this.file = file;
  }

  /** Asserts that the file is sound and holds exactly what {@code model} does. */
  void assertHolds(ModelDatabase model, String context) throws IOException, InterruptedException {
    List<String> tables =
        ask(
            "PRAGMA integrity_check; SELECT hex(project || '.' || namespace), kind, table_name,"
                + " EXISTS (SELECT 1 FROM pragma_table_info(table_name) WHERE name = 'codec')"
                + " FROM sys_namespaces;");
    assertEquals("ok", tables.getFirst(), context);
    Map<String, String> stored = new TreeMap<>(ModelDatabase.BYTES);
    StringBuilder query = new StringBuilder();
    for (String line : tables.subList(1, tables.size())) {
      String[] cells = line.split("\\|");
      boolean cache = cells[1].equals("ttl");
      query.append(
          "SELECT '%s', hex(k), hex(v), %s, %s FROM \"%s\" ORDER BY k;\n"
              .formatted(
                  cells[0],
                  cache ? "expires_at" : "''",
                  cells[3].equals("1") ? "ifnull(codec, '')" : "''",
                  cells[2]));
      stored.put(text(cells[0]), "");
      if (cache) {
        query.append(
            ("SELECT '', (SELECT group_concat(hex(k)) FROM (SELECT k FROM \"%s\" ORDER BY seq)),"
                    + " records - (SELECT count(*) FROM \"%s\"), '%s', timeout_sec, max_items,"
                    + " evict_on_read FROM sys_caches WHERE hex(project || '.' || namespace) ="
                    + " '%s';\n")
                .formatted(cells[2], cells[2], cells[0], cells[0]));
      }
    }
    for (String row : ask(query.toString())) {
      String[] cells = row.split("\\|", -1);
      if (cells[0].isEmpty()) {
        stored.merge(
            text(cells[3]),
            "cache %s/%s/%s, miscounted by %s, arrived %s\n"
                .formatted(cells[4], cells[5], cells[6], cells[2], cells[1]),
            String::concat);
      } else {
        String value =
            cells[4].equals("zstd")
                ? HexFormat.of()
                    .withUpperCase()
                    .formatHex(Zstd.decompress(HexFormat.of().parseHex(cells[2])))
                : cells[2];
        stored.merge(
            text(cells[0]), cells[1] + "=" + value + " " + cells[3] + "\n", String::concat);
      }
    }
    assertEquals(said(model), stored, context);
  }

  private static Map<String, String> said(ModelDatabase model) {
    Map<String, String> said = new TreeMap<>(ModelDatabase.BYTES);
    model.spaces.forEach(
        (name, space) -> {
          StringBuilder text = new StringBuilder();
          space.records.forEach(
              (key, value) ->
                  text.append(hex(key.getBytes(StandardCharsets.UTF_8)))
                      .append('=')
                      .append(hex(value.bytes()))
                      .append(' ')
                      .append(space.isCache() ? value.expires() : "")
                      .append('\n'));
          if (space.isCache()) {
            List<String> arrived =
                space.records.entrySet().stream()
                    .sorted((a, b) -> Long.compare(a.getValue().arrival(), b.getValue().arrival()))
                    .map(entry -> hex(entry.getKey().getBytes(StandardCharsets.UTF_8)))
                    .toList();
            text.append(
                "cache %d/%d/%d, miscounted by 0, arrived %s\n"
                    .formatted(
                        space.timeout,
                        space.maxItems,
                        space.evictOnRead ? 1 : 0,
                        String.join(",", arrived)));
          }
          said.put(name, text.toString());
        });
    return said;
  }

  private List<String> ask(String sql) throws IOException, InterruptedException {
    if (sql.isEmpty()) {
      return List.of();
    }
    Process shell =
        new ProcessBuilder("sqlite3", "-batch", "-bail", file.toString())
            .redirectErrorStream(true)
            .start();
    try (var in = shell.getOutputStream()) {
      in.write(sql.getBytes(StandardCharsets.UTF_8));
    }
    String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, shell.waitFor(), answer);
    return answer.lines().toList();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }

  private static String text(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
  }
}
