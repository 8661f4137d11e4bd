package org.prontodb.cli;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What loads leave in a cache that holds no more than so many records. */
class CacheLoadTest {
  private static final String PAST = "meta:expires=2000-01-01T00:00:00Z;";

  @TempDir Path home;
  private CommandLineRun shell;

  @BeforeEach
  void begin() {
    shell = new CommandLineRun(home);
    shell.environment.put("PRONTO_SECURITY", "false");
  }

  /** Applies a stream, which may replace a namespace by nothing. */
  private String load(String stream) {
    CommandLineRun.Result result = shell.stdin(stream).run("stream", "--allow-empty");
    assertEquals(0, result.exit(), result.stderr());
    return result.stderr();
  }

  private String keys() {
    return shell.run("keys", "kb.c").stdout().replace('\n', ' ').strip();
  }

  @Test
  void whatHasExpiredBeforeItIsWrittenPushesNothingOut() {
    shell.run("admin", "create-cache", "kb.c", "timeout=60; max_items=3");
    load("meta:path=kb.c; a=1; b=1;");
    String told = load("meta:path=kb.c; c=1; " + PAST + "d=1; e=1; f=1; g=1;");
    assertTrue(told.contains("4 records left out, because their end had passed"), told);
    assertTrue(told.contains("1 namespace, 1 put, 0 deletes"), told);
    assertEquals("a b c", keys());
    told = load("meta:path=kb.c; " + PAST + "d=1;");
    assertTrue(told.contains("1 record left out, because its end had passed"), told);
  }

  @Test
  void aLoadThatFillsTheCacheStillCountsWhatItDeleted() {
    shell.run("admin", "create-cache", "kb.c", "timeout=60; max_items=2");
    load("meta:path=kb.c; a=1; b=1;");
    String told = load("meta:path=kb.c; x=1; y=1; z=1; meta:del=b; meta:del=no; meta:del=x;");
    assertTrue(told.contains("2 puts, 1 delete,"), told);
    assertEquals("y z", keys());
  }

  @Test
  void theOrderOfArrivalIsThatOfTheLastWriteOfAKey() {
    shell.run("admin", "create-cache", "kb.c", "timeout=60; max_items=2");
    load("meta:path=kb.c; a=1; b=1; c=1; a=2;");
    assertEquals("a c", keys());
    load("meta:path=kb.c; d=1;");
    assertEquals("a d", keys());
  }

  @Test
  void eachPartOfAnEndlessLoadKeepsToTheLimit() {
    shell.run("admin", "create-cache", "kb.c", "timeout=60; max_items=2");
    shell.stdin("meta:path=kb.c; a=1; b=1; c=1; d=1; e=1;").run("stream", "--commit-every", "2");
    assertEquals("d e", keys());
  }

  /** Compares random loads with a model in a few lines. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aCacheIsWhatTheRulesSay(long seed) {
    Random random = new Random(seed);
    int maxItems = 1 + random.nextInt(6);
    shell.run("admin", "create-cache", "kb.c", "timeout=60;evict_on_read=0;max_items=" + maxItems);
    Model model = new Model(maxItems);
    for (int round = 0; round < 40; round++) {
      String stream = stream(random, model);
      String told = load(stream);
      String puts = model.puts + (model.puts == 1 ? " put, " : " puts, ");
      String deletes = model.deletes + (model.deletes == 1 ? " delete, " : " deletes, ");
      assertTrue(told.contains(puts + deletes), stream + "\n" + model + "\n" + told);
      String stored = shell.run("keys", "kb.c", "--include-expired").stdout();
      assertEquals(model.sorted(), stored.replaceAll("\t.*", ""), stream);
      double seconds = random.nextInt(4);
      shell.pass(seconds);
      model.now += (long) seconds;
    }
  }

  private static String stream(Random random, Model model) {
    StringBuilder stream = new StringBuilder("meta:path=kb.c;");
    boolean replace = random.nextInt(4) == 0;
    if (replace) {
      stream.append("meta:replace;");
    }
    Map<String, Long> load = new LinkedHashMap<>();
    int statements = 1 + random.nextInt(12);
    for (int i = 0; i < statements; i++) {
      String key = "k" + random.nextInt(9);
      load.remove(key);
      switch (random.nextInt(6)) {
        case 0 -> {
          stream.append("meta:del=").append(key).append(";");
          load.put(key, Model.DELETE);
        }
        case 1 -> {
          stream.append(PAST).append(key).append("=1;meta:ttl=default;");
          load.put(key, Model.PAST);
        }
        case 2 -> {
          stream.append("meta:ttl=3;").append(key).append("=1;meta:ttl=default;");
          load.put(key, 3L);
        }
        default -> {
          stream.append(key).append("=1;");
          load.put(key, 60L);
        }
      }
    }
    model.apply(load, replace);
    return stream.toString();
  }

  /** Keys in the order of arrival, and the second at which each expires. */
  private static final class Model {
    static final long DELETE = -1;
    static final long PAST = 0;

    final int maxItems;
    final Map<String, Long> stored = new LinkedHashMap<>();
    long now;
    long puts;
    long deletes;

    Model(int maxItems) {
      this.maxItems = maxItems;
    }

    void apply(Map<String, Long> load, boolean replace) {
      puts = 0;
      deletes = 0;
      if (replace) {
        List.copyOf(stored.keySet()).stream().filter(k -> !load.containsKey(k)).forEach(this::del);
      }
      load.forEach(
          (key, life) -> {
            if (life == DELETE || (life == PAST && replace)) {
              del(key);
            } else if (life != PAST) {
              puts++;
              stored.remove(key);
              stored.put(key, now + life);
            }
          });
      if (stored.size() > maxItems) {
        stored.values().removeIf(end -> end <= now);
      }
      while (stored.size() > maxItems) {
        stored.remove(stored.keySet().iterator().next());
      }
    }

    private void del(String key) {
      Long end = stored.remove(key);
      deletes += end != null && end > now ? 1 : 0;
    }

    String sorted() {
      return stored.keySet().stream().sorted().map(key -> key + "\n").collect(joining());
    }

    @Override
    public String toString() {
      return stored + " at " + now + " after " + puts + " puts, " + deletes + " deletes";
    }
  }
}
