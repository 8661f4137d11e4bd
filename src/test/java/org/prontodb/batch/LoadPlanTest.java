package org.prontodb.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.prontodb.auth.Passwords;
import org.prontodb.auth.StoredAuthentication;

/** What {@code --check --diff} announces is what the run then does, for any load. */
class LoadPlanTest {
  private static final UnaryOperator<LoadOptions.Builder> CHECK = o -> o.check(true).diff(true);

  @Test
  void the_plan_of_a_random_load_is_what_the_load_does() {
    LoadFixture load = new LoadFixture(new StoredAuthentication(new Passwords()));
    load.load("meta:path=a.x; start=1;");
    for (int seed = 0; seed < 300; seed++) {
      String text = randomLoad(new Random(seed));
      List<String> before = load.in("a.x");
      load.load(CHECK, text);
      List<String> plan = List.copyOf(load.plans);
      assertEquals(before, load.in("a.x"), "a plan changes nothing");
      load.load(text);
      assertEquals(differences(before, load.in("a.x")), plan.subList(1, plan.size()), text);
      assertEquals(counts(plan), plan.getFirst().replaceAll(" unchanged=\\d+", ""), text);
    }
  }

  private static String randomLoad(Random random) {
    StringBuilder text = new StringBuilder("meta:path=a.x; ");
    if (random.nextInt(4) == 0) {
      text.append("meta:replace; ");
    }
    for (int i = random.nextInt(1, 12); i > 0; i--) {
      String key = "k" + random.nextInt(12);
      if (random.nextInt(4) == 0) {
        text.append("meta:del=").append(key).append("; ");
      } else {
        text.append(key).append('=').append(random.nextInt(3)).append("; ");
      }
    }
    return text.toString();
  }

  /** The signs and keys by which two contents differ, in the order of the keys. */
  private static List<String> differences(List<String> before, List<String> after) {
    TreeSet<String> keys = new TreeSet<>();
    before.forEach(record -> keys.add(key(record)));
    after.forEach(record -> keys.add(key(record)));
    List<String> differences = new ArrayList<>();
    for (String key : keys) {
      String old = valueOf(before, key);
      String now = valueOf(after, key);
      if (old == null) {
        differences.add("+" + key);
      } else if (now == null) {
        differences.add("-" + key);
      } else if (!old.equals(now)) {
        differences.add("~" + key);
      }
    }
    return differences;
  }

  private static String key(String record) {
    return record.substring(0, record.indexOf('='));
  }

  private static String valueOf(List<String> records, String key) {
    return records.stream().filter(r -> key(r).equals(key)).findFirst().orElse(null);
  }

  private static String counts(List<String> plan) {
    return "a.x create=%d update=%d delete=%d"
        .formatted(count(plan, '+'), count(plan, '~'), count(plan, '-'));
  }

  private static long count(List<String> plan, char sign) {
    return plan.stream().filter(line -> line.charAt(0) == sign).count();
  }
}
