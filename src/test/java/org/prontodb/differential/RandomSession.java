package org.prontodb.differential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.prontodb.cli.Cli;
import org.prontodb.cli.ProcessContext;
import org.prontodb.differential.ModelDatabase.Space;
import org.prontodb.differential.ModelDatabase.Value;

/**
 * A user who does random things. What each command has to answer is foreseen by {@link
 * ModelDatabase}; exit code and standard output must be that, byte for byte. The same seed does the
 * same things.
 */
final class RandomSession {
  private static final String[] PLAIN = {"t.a", "t.b", "T.a", "t.a_b", "t.a__ttl", "u.a"};
  private static final String[] CACHES = {"u.c", "u.C", "v.c"};
  private static final String[] KEYS = {
    "a",
    "b",
    "ab",
    "abc",
    "k1",
    "k2",
    "k3",
    "a__it",
    "__init__",
    "-5",
    "#c",
    "meta:x",
    "a;b",
    "a=b",
    "q\"uo\\te",
    "two words",
    "ä",
    "e\u0301",
    "é",
    "日本",
    "\uD83D\uDE00",
    "\uFFFD",
    "%41",
    "a%",
    "Con",
    "/"
  };
  private static final String[] TEXTS = {
    "",
    "al dente",
    " lead and trail ",
    "a\tb\nc\r\\d",
    "{\"a\":1}",
    "[1,2]",
    "\"quoted\"",
    "x;y=z",
    "ä日\uD83D\uDE00",
    "\\N",
    "#",
    "line\n",
    "{\"$base64\":\"AA==\"}",
    "-",
    "null"
  };

  /** The program to run for each command; null if it runs in this process. */
  private static final String LAUNCHER = System.getProperty("differential.launcher");

  private final Random random;
  private final Path home;
  private final ModelDatabase model = new ModelDatabase();
  private final SqliteShell sqlite;
  private final Map<String, String> environment = new HashMap<>();
  private final Deque<String> history = new ArrayDeque<>();
  private byte[] stdin = new byte[0];
  private int commands;
  private int mirrors;

  RandomSession(long seed, Path home) {
    this.random = new Random(seed);
    this.home = home;
    this.sqlite = new SqliteShell(home.resolve("pronto.db"));
    environment.put("HOME", home.toString());
    environment.put("PRONTO_DB", home.resolve("pronto.db").toString());
    environment.put("PRONTO_SECURITY", "false");
  }

  /** Does {@code steps} things; returns how many commands that were. */
  int play(int steps) throws IOException, InterruptedException {
    // So that there is a database from the beginning.
    set(PLAIN[0], "a", bytes("begin"));
    for (int step = 0; step < steps; step++) {
      step();
      if (step % 25 == 24) {
        sqlite.assertHolds(model, context());
        expectExit(0, "check");
      }
    }
    sqlite.assertHolds(model, context());
    return commands;
  }

  private void step() throws IOException {
    switch (random.nextInt(30)) {
      case 0, 1, 2, 3 -> set();
      case 4, 5 -> get();
      case 6 -> getSeveral();
      case 7 -> exists();
      case 8, 9 -> delete();
      case 10 -> deletePrefix();
      case 11, 12 -> list();
      case 13 -> ttl();
      case 14 -> touch();
      case 15 -> discover();
      case 16, 17, 18, 19, 20 -> stream();
      case 21, 22 -> importTable();
      case 23 -> export();
      case 24 -> mirror();
      case 25 -> settings();
      case 26 -> drop();
      case 27 -> purge();
      case 28 -> copy();
      default -> wrong();
    }
    // Mostly whole seconds, so that records often expire at the very moment of a command.
    if (random.nextInt(3) == 0) {
      model.now += random.nextInt(4) * 1000L + (random.nextInt(8) == 0 ? 500 : 0);
    }
  }

  // --- records ---

  private void set() {
    String name = space();
    String key = key();
    byte[] value = value();
    Value before = model.live(name, key);
    boolean cache = model.isCache(name);
    switch (random.nextInt(6)) {
      case 0 -> {
        int exit = !cache ? 2 : 0;
        stdin = value;
        int ttl = 1 + random.nextInt(6);
        expect(exit, "", "set", address(name, key), "-", "--ttl", "" + ttl);
        if (cache) {
          written(name, key, value, model.now + ttl * 1000L);
        }
      }
      case 1 -> {
        stdin = value;
        expect(before == null ? 0 : 3, "", "set", address(name, key), "-", "--if-absent");
        if (before == null) {
          written(name, key, value, null);
        }
      }
      case 2 -> {
        String old =
            before != null && random.nextBoolean() && !isBinary(before.bytes())
                ? text(before.bytes())
                : "al dente";
        boolean holds = before != null && Arrays.equals(before.bytes(), bytes(old));
        stdin = value;
        expect(holds ? 0 : 3, "", "set", address(name, key), "-", "--if-value", old);
        if (holds) {
          written(name, key, value, null);
        }
      }
      case 3 -> {
        String encoded = Base64.getEncoder().encodeToString(value);
        expect(0, "", "--b64", "set", address(name, key), encoded);
        written(name, key, value, null);
      }
      case 4 -> {
        TreeMap<String, String> members = new TreeMap<>(ModelDatabase.BYTES);
        StringBuilder loose = new StringBuilder("{ ");
        for (String member : Set.of("b", "ä", "\uD83D\uDE00", "a b", "\uFFFD")) {
          String number = random.nextInt(100) + "." + random.nextInt(100) + "0e+1";
          members.put(member, number);
          loose.append(members.size() > 1 ? " ,\n" : "").append('"').append(member);
          loose.append("\" : ").append(number);
        }
        List<String> said = new ArrayList<>();
        members.forEach((member, number) -> said.add("\"" + member + "\":" + number));
        expect(0, "", "set", "--json", address(name, key), loose + " }");
        written(name, key, bytes("{" + String.join(",", said) + "}"), null);
      }
      default -> set(name, key, value);
    }
  }

  private void set(String name, String key, byte[] value) {
    String[] parts = name.split("\\.");
    boolean argument = !isBinary(value) && !text(value).equals("-") && random.nextBoolean();
    List<String> words = new ArrayList<>(List.of("set"));
    if (!argument) {
      stdin = value;
    }
    int split = key.lastIndexOf("__");
    if (random.nextBoolean()) {
      words.addAll(List.of("-p", parts[0], "-n", parts[1], "--", key));
    } else if (split > 0 && split < key.length() - 2) {
      words.addAll(List.of("--context", key.substring(split + 2), "--"));
      words.add(address(name, key.substring(0, split)));
    } else if (random.nextBoolean()) {
      words.addAll(List.of("--ns-delim", ":", "--"));
      words.add(parts[0] + ":" + parts[1] + ":" + key);
      if (key.contains(":")) {
        words.add(argument ? text(value) : "-");
        expect(64, "", words.toArray(String[]::new));
        return;
      }
    } else {
      words.add(address(name, key));
      words.add("--");
    }
    words.add(argument ? text(value) : "-");
    expect(0, "", words.toArray(String[]::new));
    written(name, key, value, null);
  }

  private void written(String name, String key, byte[] value, Long expires) {
    model.put(name, key, value, expires);
    model.commit(name);
  }

  private void get() {
    String name = space();
    String key = key();
    switch (random.nextInt(3)) {
      case 0 -> {
        Space space = model.spaces.get(name);
        Value stored = space == null ? null : space.records.get(key);
        byte[] shown = stored == null ? new byte[0] : stored.bytes();
        int exit = stored == null ? 2 : 0;
        expect(exit, shown, "get", "--raw", "--include-expired", address(name, key));
      }
      case 1 -> {
        Value value = model.read(name, key);
        String shown =
            value == null ? "" : Base64.getEncoder().encodeToString(value.bytes()) + "\n";
        expect(value == null ? 2 : 0, shown, "get", "--b64", address(name, key));
      }
      default -> {
        Value value = model.read(name, key);
        byte[] shown = value == null ? new byte[0] : joined(value.bytes(), bytes("\n"));
        expect(value == null ? 2 : 0, shown, "get", address(name, key));
      }
    }
  }

  private void getSeveral() {
    boolean json = random.nextBoolean();
    boolean piped = random.nextBoolean();
    List<String> addresses = new ArrayList<>();
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    boolean missing = false;
    int number = 2 + random.nextInt(4);
    for (int i = 0; i < number; i++) {
      String name = space();
      String key = key();
      String address = address(name, key);
      addresses.add(address);
      Value value = model.read(name, key);
      missing |= value == null;
      if (json) {
        String said = value == null ? "\"missing\":true" : jsonValue(value.bytes());
        shown.writeBytes(bytes("{\"k\":" + jsonString(address) + "," + said + "}\n"));
      } else {
        shown.writeBytes(value == null ? bytes("\\N") : escaped(value.bytes()));
        shown.write('\n');
      }
    }
    List<String> words = new ArrayList<>(List.of("get"));
    if (json) {
      words.add("--json");
    }
    if (piped) {
      stdin = bytes(String.join("\n", addresses) + "\n");
      words.add("-");
    } else {
      words.addAll(addresses);
    }
    expect(missing ? 2 : 0, shown.toByteArray(), words.toArray(String[]::new));
  }

  private void exists() {
    String name = space();
    String key = key();
    expect(model.read(name, key) == null ? 2 : 0, "", "exists", address(name, key));
  }

  private void delete() {
    String name = space();
    boolean any = false;
    List<String> words = new ArrayList<>(List.of("del"));
    int number = 1 + random.nextInt(3);
    for (int i = 0; i < number; i++) {
      String key = key();
      words.add(address(name, key));
      any |= model.delete(name, key);
    }
    model.commit(name);
    expect(any ? 0 : 2, "", words.toArray(String[]::new));
  }

  private void deletePrefix() {
    String name = space();
    String prefix = prefix();
    Space space = model.spaces.get(name);
    String address = prefix.isEmpty() ? name : name + "." + prefix;
    if (space == null) {
      expect(2, "", "del", "--prefix", address);
      return;
    }
    TreeMap<String, Value> live = model.listed(name, prefix, false);
    if (random.nextInt(3) > 0) {
      String shown = String.join("", live.keySet().stream().map(key -> key + "\n").toList());
      expect(live.isEmpty() ? 2 : 0, shown, "del", "--prefix", address, "--dry-run");
    } else {
      expect(live.isEmpty() ? 2 : 0, "", "del", "--prefix", address);
      space.changed = space.records.keySet().removeIf(key -> key.startsWith(prefix));
      model.commit(name);
    }
  }

  // --- listing ---

  private void list() {
    String name = space();
    String prefix = prefix();
    boolean scan = random.nextBoolean();
    boolean expired = random.nextBoolean();
    boolean json = random.nextBoolean();
    boolean nul = !scan && !json && random.nextBoolean();
    String after = random.nextBoolean() ? key() : null;
    int limit = random.nextBoolean() ? random.nextInt(5) + 1 : Integer.MAX_VALUE;
    List<String> words = new ArrayList<>(List.of(scan ? "scan" : "keys"));
    words.add(prefix.isEmpty() ? name : name + "." + prefix);
    if (expired) {
      words.add("--include-expired");
    }
    if (json) {
      words.add("--json");
    }
    if (nul) {
      words.add("-0");
    }
    if (after != null) {
      words.addAll(List.of("--after", after));
    }
    if (limit < Integer.MAX_VALUE) {
      words.addAll(List.of("--limit", "" + limit));
    }
    Space space = model.spaces.get(name);
    if (space == null) {
      expect(2, "", words.toArray(String[]::new));
      return;
    }
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    TreeMap<String, Value> listed = model.listed(name, prefix, expired);
    if (after != null) {
      listed.headMap(after, true).clear();
    }
    int shownSoFar = 0;
    for (Map.Entry<String, Value> entry : listed.entrySet()) {
      if (shownSoFar++ == limit) {
        break;
      }
      Value value = entry.getValue();
      long left = Math.ceilDiv(value.expires() - model.now, 1000);
      if (json) {
        String object = "{\"k\":" + jsonString(entry.getKey());
        object += scan ? "," + jsonValue(value.bytes()) : "";
        if (space.isCache()) {
          object += ",\"ttl\":" + left + ",\"expires\":\"" + instant(value.expires()) + "\"";
        }
        shown.writeBytes(bytes(object + "}\n"));
        continue;
      }
      shown.writeBytes(scan ? escaped(bytes(entry.getKey())) : bytes(entry.getKey()));
      if (scan) {
        shown.write('\t');
        shown.writeBytes(escaped(value.bytes()));
      }
      if (space.isCache() && expired) {
        shown.writeBytes(bytes("\t" + left));
      }
      shown.write(nul ? 0 : '\n');
    }
    expect(0, shown.toByteArray(), words.toArray(String[]::new));
  }

  private void ttl() {
    String name = space();
    String key = key();
    boolean cache = model.isCache(name);
    Value value = model.read(name, key);
    boolean shown = cache && value != null;
    long left = shown ? Math.ceilDiv(value.expires() - model.now, 1000) : 0;
    expect(shown ? 0 : 2, shown ? left + "\n" : "", "ttl", address(name, key));
  }

  private void touch() {
    String name = space();
    String key = key();
    Value value = model.live(name, key);
    boolean done = value != null && model.isCache(name);
    int seconds = 1 + random.nextInt(5);
    expect(done ? 0 : 2, "", "touch", address(name, key), "--ttl", "" + seconds);
    if (done) {
      written(name, key, value.bytes(), model.now + seconds * 1000L);
    }
  }

  private void discover() {
    StringBuilder all = new StringBuilder();
    StringBuilder quiet = new StringBuilder();
    Map<String, long[]> projects = new TreeMap<>(ModelDatabase.BYTES);
    model.spaces.forEach(
        (name, space) -> {
          TreeMap<String, Value> live = model.listed(name, "", false);
          long size = 0;
          for (Map.Entry<String, Value> entry : live.entrySet()) {
            size += bytes(entry.getKey()).length + entry.getValue().bytes().length;
          }
          quiet.append(name).append('\n');
          all.append(name).append(space.isCache() ? "\tttl\t" : "\tstd\t").append(live.size());
          all.append('\t').append(size);
          if (space.isCache()) {
            all.append('\t').append(space.timeout).append('\t').append(space.maxItems);
            all.append('\t').append(space.evictOnRead ? 1 : 0);
            all.append('\t').append(space.records.size() - live.size());
          }
          all.append('\n');
          long[] counts =
              projects.computeIfAbsent(name.substring(0, name.indexOf('.')), p -> new long[2]);
          counts[0]++;
          counts[1] += live.size();
        });
    expect(0, all.toString(), "nss");
    expect(0, quiet.toString(), "nss", "-q");
    StringBuilder told = new StringBuilder();
    projects.forEach(
        (project, counts) -> told.append(project + "\t" + counts[0] + "\t" + counts[1] + "\n"));
    expect(0, told.toString(), "projects");
  }

  // --- loads ---

  /** What a load does to one namespace: the last write of each key, in the order of arrival. */
  private static final class Part {
    final LinkedHashMap<String, Value> puts = new LinkedHashMap<>();
    final Set<String> deletes = new LinkedHashSet<>();
    long timeout;
    boolean replace;
    boolean holds = true;
    boolean writes;

    /** Whether it has a record, one that it deletes again included. */
    boolean hasRecords;

    boolean brings(String key, long now) {
      Value value = puts.get(key);
      return value != null && (value.expires() == 0 || value.expires() > now);
    }
  }

  private void stream() throws IOException {
    StringBuilder text = new StringBuilder();
    Map<String, Part> parts = new LinkedHashMap<>();
    int exit = 0;
    boolean batch = random.nextInt(6) == 0;
    if (batch) {
      text.append("meta:batch=b").append(random.nextLong()).append(";\n");
    }
    int sections = 1 + random.nextInt(4);
    for (int i = 0; i < sections && exit == 0; i++) {
      exit = section(text, parts);
    }
    if (exit == 0 && random.nextInt(8) == 0) {
      exit = 65;
      String[] faults = {"x y=1;", "a=1", "meta:nosuch=1;", "a=\"\\x\";", "a=\"b\" c;", "=1;"};
      text.append(faults[random.nextInt(faults.length)]);
    }
    if (batch && exit == 0) {
      text.append("meta:end;");
    }
    if (exit == 0 && parts.values().stream().anyMatch(part -> part.replace && !part.hasRecords)) {
      exit = 65;
    }
    if (exit == 0 && parts.values().stream().anyMatch(part -> !part.holds)) {
      exit = 3;
    }
    List<String> words = new ArrayList<>(List.of("stream"));
    boolean plain = parts.values().stream().allMatch(part -> !part.replace && part.holds);
    boolean conditional = text.indexOf("meta:if") >= 0 || text.indexOf("meta:unless") >= 0;
    if (random.nextBoolean()) {
      Path file = Files.write(home.resolve("load.pronto"), bytes(text.toString()));
      words.add(file.toString());
    } else {
      stdin = bytes(text.toString());
    }
    if (exit == 0 && plain && !batch && !conditional && random.nextInt(6) == 0) {
      words.addAll(List.of("--commit-every", "1000"));
    } else if (random.nextInt(8) == 0) {
      words.add("--check");
      expectExit(exit, words.toArray(String[]::new));
      return;
    }
    expect(exit, "", words.toArray(String[]::new));
    if (exit == 0) {
      apply(parts);
      if (batch) {
        stdin = bytes(text.toString());
        expect(0, "", "stream");
      }
    }
  }

  /** Chooses a namespace and writes into it; returns the exit code that this calls for. */
  private int section(StringBuilder text, Map<String, Part> parts) {
    String name = space();
    text.append(random.nextBoolean() ? "meta:path=" : "meta:ns=").append(name).append(";\n");
    Part known = parts.get(name);
    boolean cache = model.isCache(name) || known != null && known.timeout > 0;
    boolean isNew = !model.spaces.containsKey(name) && known == null;
    Part part = known == null ? new Part() : known;
    if (isNew && isCacheName(name)) {
      part.timeout = 5;
      part.writes = true;
      cache = true;
      text.append("meta:cache=\"timeout=5;max_items=4\";\n");
    }
    parts.put(name, part);
    if (known == null && random.nextInt(6) == 0) {
      part.replace = true;
      text.append("meta:replace;\n");
    }
    if (known == null && random.nextInt(3) == 0) {
      String key = key();
      boolean there = model.live(name, key) != null;
      boolean wanted = random.nextInt(4) == 0 ? random.nextBoolean() : there;
      text.append(wanted ? "meta:if=" : "meta:unless=");
      boolean ambiguous = wanted && (key.contains("=") || key.startsWith("\""));
      text.append(quoted(ambiguous ? quoted(key) : key));
      text.append(";\n");
      part.holds = there == wanted;
    }
    Long expires = null;
    if (random.nextInt(4) == 0) {
      int seconds = 1 + random.nextInt(5);
      if (random.nextBoolean()) {
        text.append("meta:ttl=").append(seconds).append(";\n");
        expires = model.now + seconds * 1000L;
      } else {
        expires = model.now + (seconds - 2) * 1000L;
        text.append("meta:expires=\"").append(Instant.ofEpochMilli(expires)).append("\";\n");
      }
      if (!cache) {
        text.append("a=1;\n");
        return 2;
      }
    }
    int statements = 1 + random.nextInt(6);
    for (int i = 0; i < statements; i++) {
      String key = key();
      switch (random.nextInt(12)) {
        case 0, 1 -> {
          text.append("meta:del=").append(quoted(key)).append(";\n");
          part.puts.remove(key);
          part.deletes.add(key);
        }
        default -> {
          byte[] value = value();
          text.append(statement(key, value));
          part.puts.remove(key);
          part.deletes.remove(key);
          part.puts.put(key, new Value(value, expires == null ? 0 : expires, 0));
          part.writes = true;
          part.hasRecords = true;
        }
      }
    }
    return 0;
  }

  private String statement(String key, byte[] value) {
    String name =
        key.matches("(?!#|meta:)[^\\s=;\"\\p{Cntrl}]+") && random.nextBoolean() ? key : quoted(key);
    if (isBinary(value) || random.nextInt(6) == 0) {
      String encoded = Base64.getEncoder().encodeToString(value);
      return "meta:encoding=base64; %s=%s; meta:encoding=text;\n".formatted(name, encoded);
    }
    String text = text(value);
    boolean bare =
        text.equals(text.strip()) && !text.startsWith("\"") && !text.matches("(?s).*[;\n\r\t].*");
    return name + " = " + (bare && random.nextBoolean() ? text : quoted(text)) + " ;\n";
  }

  private void apply(Map<String, Part> parts) {
    parts.forEach(
        (name, part) -> {
          if (part.timeout > 0) {
            Space space = model.space(name);
            space.timeout = part.timeout;
            space.maxItems = 4;
          }
          Space space = model.spaces.get(name);
          if (space == null && part.puts.isEmpty()) {
            return;
          }
          if (part.replace && space != null) {
            // What has expired before it is written is left out, and so brings nothing.
            space.changed = space.records.keySet().removeIf(key -> !part.brings(key, model.now));
          }
          part.deletes.forEach(key -> model.delete(name, key));
          part.puts.forEach(
              (key, value) -> {
                if (part.brings(key, model.now)) {
                  model.put(
                      name, key, value.bytes(), value.expires() == 0 ? null : value.expires());
                }
              });
          model.commit(name);
        });
  }

  private void importTable() {
    String name = space();
    boolean cache = model.isCache(name);
    String dialect = List.of("tsv", "csv", "jsonl").get(random.nextInt(3));
    boolean replace = random.nextInt(4) == 0;
    boolean fault = random.nextInt(8) == 0;
    Part part = new Part();
    part.replace = replace;
    StringBuilder table = new StringBuilder();
    int rows = random.nextInt(6);
    for (int i = 0; i < rows; i++) {
      String key = key();
      byte[] value = dialect.equals("csv") ? bytes(TEXTS[random.nextInt(TEXTS.length)]) : value();
      long expires = cache && random.nextBoolean() ? model.now + random.nextInt(6) * 1000L : 0;
      part.puts.remove(key);
      part.puts.put(key, new Value(value, expires, 0));
      String end = expires == 0 ? "" : Instant.ofEpochMilli(expires).toString();
      String encoded = Base64.getEncoder().encodeToString(value);
      switch (dialect) {
        case "tsv" -> table.append(key + "\t" + encoded + (expires == 0 ? "" : "\t" + end) + "\n");
        case "csv" ->
            table.append(
                csv(key) + "," + csv(text(value)) + (expires == 0 ? "" : "," + end) + "\n");
        default -> {
          String said = isBinary(value) ? "\"b64\":\"" + encoded + "\"" : jsonValue(value);
          String last = expires == 0 ? "" : ",\"expires\":\"" + end + "\"";
          table.append("{\"k\":" + jsonString(key) + "," + said + last + "}\n");
        }
      }
    }
    if (fault) {
      table.append(
          switch (dialect) {
            case "tsv" -> "key\tA\n";
            case "csv" -> "key,\"open\n";
            default -> "{\"k\":1}\n";
          });
    }
    stdin = bytes(table.toString());
    List<String> words = new ArrayList<>(List.of("import", name, "--from", dialect));
    if (replace) {
      words.add("--replace");
    }
    boolean refused = fault || replace && rows == 0;
    expect(refused ? 65 : 0, "", words.toArray(String[]::new));
    if (!refused) {
      apply(new LinkedHashMap<>(Map.of(name, part)));
    }
  }

  private void export() {
    String name = space();
    Space space = model.spaces.get(name);
    if (space == null) {
      expect(2, "", "export", name);
      return;
    }
    StringBuilder tsv = new StringBuilder();
    StringBuilder jsonl = new StringBuilder();
    model
        .listed(name, "", false)
        .forEach(
            (key, value) -> {
              String end = space.isCache() ? instant(value.expires()) : null;
              tsv.append(key + "\t" + Base64.getEncoder().encodeToString(value.bytes()));
              tsv.append(end == null ? "\n" : "\t" + end + "\n");
              jsonl.append("{\"k\":" + jsonString(key) + "," + jsonValue(value.bytes()));
              jsonl.append(end == null ? "}\n" : ",\"expires\":\"" + end + "\"}\n");
            });
    expect(0, tsv.toString(), "export", name);
    expect(0, jsonl.toString(), "export", name, "--format", "jsonl");
  }

  /** All of it to files, a file changed, one removed, one added, and back. */
  private void mirror() throws IOException {
    Path folder = home.resolve("mirror" + mirrors++);
    expect(0, "", "export-fs", folder.toString());
    Space space = model.spaces.get("t.a");
    if (space == null || space.records.isEmpty()) {
      return;
    }
    Path there = folder.resolve("t/a");
    for (String key : List.of("k1", "k2", "k3")) {
      Path file = there.resolve(key + ".json");
      assertEquals(space.records.containsKey(key), Files.exists(file), key + context());
      if (random.nextBoolean()) {
        Files.writeString(file, "\"from " + mirrors + "\"");
        model.put("t.a", key, bytes("from " + mirrors), null);
      } else if (random.nextBoolean() && Files.deleteIfExists(file)) {
        model.delete("t.a", key);
      }
    }
    expect(0, "", "import-fs", folder.toString());
  }

  /** A namespace as a stream, read into another database, is the same there. */
  private void copy() throws IOException {
    String name = space();
    if (model.spaces.get(name) == null) {
      return;
    }
    byte[] stream = run("scan", name, "--stream").stdout();
    Path other = home.resolve("copy.db");
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(home.resolve("copy.db" + suffix));
    }
    stdin = stream;
    expect(0, "", "-d", other.toString(), "stream");
    if (!model.listed(name, "", false).isEmpty()) {
      byte[] original = run("scan", name, "--json").stdout();
      expect(0, original, "-d", other.toString(), "scan", name, "--json");
      expect(0, stream, "-d", other.toString(), "scan", name, "--stream");
    }
  }

  // --- administration ---

  private void settings() {
    String name = space();
    Space space = model.spaces.get(name);
    int timeout = 2 + random.nextInt(6);
    int items = random.nextInt(3) == 0 ? 0 : 2 + random.nextInt(6);
    boolean evict = random.nextBoolean();
    switch (random.nextInt(3)) {
      case 0 -> {
        if (!isCacheName(name)) {
          return;
        }
        String settings =
            "timeout=" + timeout + ";max_items=" + items + ";evict_on_read=" + (evict ? 1 : 0);
        boolean same =
            space != null
                && space.timeout == timeout
                && space.maxItems == items
                && space.evictOnRead == evict;
        expect(space == null || same ? 0 : 1, "", "admin", "create-cache", name, settings);
        if (space == null) {
          Space made = model.space(name);
          made.timeout = timeout;
          made.maxItems = items;
          made.evictOnRead = evict;
        }
      }
      case 1 -> {
        int exit = space != null && space.isCache() ? 0 : 2;
        expect(exit, "", "admin", "set-cache", name, "max_items=" + items);
        if (exit == 0) {
          space.maxItems = items;
        }
      }
      default -> {
        String compress = random.nextBoolean() ? "zstd" : "none";
        expect(space == null ? 2 : 0, "", "admin", "set-ns", name, "compress=" + compress);
      }
    }
  }

  private void drop() {
    String name = space();
    Space space = model.spaces.get(name);
    if (random.nextInt(3) > 0) {
      int exit = space != null && space.isCache() ? 0 : 2;
      expect(exit, "", "admin", "drop-cache", name);
      if (exit == 0) {
        model.spaces.remove(name);
      }
    } else {
      expect(space == null ? 2 : 0, "", "admin", "drop-ns", name);
      model.spaces.remove(name);
    }
  }

  private void purge() {
    if (random.nextBoolean()) {
      expect(0, model.purge(null) + "\n", "admin", "purge");
      expect(0, "", "admin", "vacuum");
      return;
    }
    String name = space();
    Space space = model.spaces.get(name);
    if (space != null && space.isCache()) {
      expect(0, model.purge(name) + "\n", "admin", "purge", name);
    }
  }

  /** Command lines that are refused, whatever the database holds. */
  private void wrong() {
    String name = space();
    BiConsumer<Integer, String> refused =
        (exit, line) -> expect(exit, "", line.replace("NAME", name).split(" "));
    refused.accept(64, "get");
    refused.accept(64, "get onlyone");
    refused.accept(64, "set NAME.a");
    refused.accept(64, "-p t get a");
    refused.accept(64, "-p t -n a get t.a.b");
    refused.accept(64, "keys NAME --limit x");
    refused.accept(64, "touch NAME.a --ttl -1");
    refused.accept(64, "--ns-delim / keys NAME");
    refused.accept(65, "set --json NAME.a {");
    refused.accept(65, "set --b64 NAME.a A");
    refused.accept(64, "set NAME.a.b c");
  }

  // --- the way to the program ---

  private record Answer(int exit, byte[] stdout, String stderr) {}

  private Answer run(String... words) {
    history.add(String.join(" ", words) + (stdin.length > 0 ? " <<<" + text(stdin) : ""));
    if (history.size() > 40) {
      history.removeFirst();
    }
    commands++;
    byte[] input = stdin;
    stdin = new byte[0];
    try {
      return LAUNCHER == null ? inside(input, words) : throughLauncher(input, words);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Answer inside(byte[] input, String... words) {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    int exit =
        Cli.run(
            List.of(words),
            new ProcessContext(
                new ByteArrayInputStream(input),
                stdout,
                stderr,
                environment,
                home,
                () -> Instant.ofEpochMilli(model.now),
                ProcessContext.Terminal.NONE));
    return new Answer(exit, stdout.toByteArray(), stderr.toString(UTF_8));
  }

  /** As a process, for which time stands still at the model's. */
  private Answer throughLauncher(byte[] input, String... words)
      throws IOException, InterruptedException {
    String now =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS")
            .withZone(ZoneOffset.UTC)
            .format(Instant.ofEpochMilli(model.now));
    List<String> command = new ArrayList<>(List.of("faketime", "-f", now, LAUNCHER));
    command.addAll(List.of(words));
    Path files = Files.createDirectories(home.resolveSibling("streams"));
    Files.write(files.resolve("stdin"), input);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectInput(files.resolve("stdin").toFile())
            .redirectOutput(files.resolve("stdout").toFile())
            .redirectError(files.resolve("stderr").toFile());
    builder.environment().put("TZ", "UTC");
    builder.environment().putAll(environment);
    int exit = builder.start().waitFor();
    return new Answer(
        exit,
        Files.readAllBytes(files.resolve("stdout")),
        Files.readString(files.resolve("stderr")));
  }

  private void expect(int exit, String stdout, String... words) {
    expect(exit, bytes(stdout), words);
  }

  private void expect(int exit, byte[] stdout, String... words) {
    Answer answer = expectExit(exit, words);
    String all = answer.stderr + context();
    assertEquals(text(stdout), text(answer.stdout), all);
    assertEquals(Arrays.toString(stdout), Arrays.toString(answer.stdout), all);
  }

  private Answer expectExit(int exit, String... words) {
    Answer answer = run(words);
    assertEquals(exit, answer.exit, () -> text(answer.stdout) + answer.stderr + context());
    return answer;
  }

  private String context() {
    return "\nafter:\n" + String.join("\n", history) + "\n";
  }

  // --- words ---

  private String space() {
    return random.nextInt(3) == 0
        ? CACHES[random.nextInt(CACHES.length)]
        : PLAIN[random.nextInt(PLAIN.length)];
  }

  private static boolean isCacheName(String name) {
    return Arrays.asList(CACHES).contains(name);
  }

  private String key() {
    return random.nextBoolean() ? KEYS[random.nextInt(8)] : KEYS[random.nextInt(KEYS.length)];
  }

  private String prefix() {
    return random.nextBoolean() ? "" : random.nextBoolean() ? "a" : "k";
  }

  private static String address(String name, String key) {
    return name + "." + key;
  }

  private byte[] value() {
    switch (random.nextInt(8)) {
      case 0 -> {
        byte[] any = new byte[random.nextInt(40)];
        random.nextBytes(any);
        return any;
      }
      case 1 -> {
        return bytes("long ".repeat(random.nextInt(random.nextInt(8) == 0 ? 2000 : 40)));
      }
      default -> {
        return bytes(TEXTS[random.nextInt(TEXTS.length)]);
      }
    }
  }

  private static boolean isBinary(byte[] value) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).chars().anyMatch(c -> c == 0);
    } catch (CharacterCodingException e) {
      return true;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  private static byte[] joined(byte[] one, byte[] two) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(one);
    joined.writeBytes(two);
    return joined.toByteArray();
  }

  private static byte[] escaped(byte[] value) {
    ByteArrayOutputStream escaped = new ByteArrayOutputStream();
    for (byte b : value) {
      int at = "\t\n\r\\".indexOf(b);
      if (at >= 0) {
        escaped.write('\\');
        escaped.write("tnr\\".charAt(at));
      } else {
        escaped.write(b);
      }
    }
    return escaped.toByteArray();
  }

  private static String jsonValue(byte[] value) {
    try {
      return "\"v\":" + jsonString(UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString());
    } catch (CharacterCodingException e) {
      return "\"b64\":\"" + Base64.getEncoder().encodeToString(value) + "\"";
    }
  }

  private static String jsonString(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      int at = "\"\\\b\f\n\r\t".indexOf(c);
      if (at >= 0) {
        json.append('\\').append("\"\\bfnrt".charAt(at));
      } else if (c < ' ') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String csv(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  private static String instant(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
