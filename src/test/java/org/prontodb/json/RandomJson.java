package org.prontodb.json;

import java.util.Comparator;
import java.util.Random;
import java.util.TreeMap;

/** Makes JSON values, each in two spellings: one loose, one canonical, by another way than ours. */
final class RandomJson {
  private static final String[] NUMBERS = {
    "0", "-0", "1.50", "1E+5", "-12.3e-4", "9007199254740993"
  };
  private static final int[] CHARACTERS = {
    'a', 'b', '"', '\\', '/', '\n', '\t', '\r', '\b', '\f', 0, 0x1f, 0x7f, 0xe9, 0x2028, 0xff5e,
    0x1f600, ' '
  };

  private RandomJson() {}

  /** Appends a loose spelling and returns the canonical one. */
  static String write(Random random, StringBuilder loose) {
    return write(random, loose, 0);
  }

  private static String write(Random random, StringBuilder loose, int depth) {
    return switch (random.nextInt(depth > 4 ? 3 : 6)) {
      case 0 -> plain(NUMBERS[random.nextInt(NUMBERS.length)], random, loose);
      case 1 -> plain(new String[] {"true", "false", "null"}[random.nextInt(3)], random, loose);
      case 2 -> string(random, loose);
      case 3 -> array(random, loose, depth);
      default -> object(random, loose, depth);
    };
  }

  private static String plain(String text, Random random, StringBuilder loose) {
    space(random, loose).append(text);
    space(random, loose);
    return text;
  }

  private static String string(Random random, StringBuilder loose) {
    StringBuilder canonical = new StringBuilder("\"");
    space(random, loose).append('"');
    for (int n = random.nextInt(5); n > 0; n--) {
      int c = CHARACTERS[random.nextInt(CHARACTERS.length)];
      String spelt = canonical(c);
      canonical.append(spelt);
      if (random.nextBoolean()) {
        for (char unit : Character.toChars(c)) {
          loose.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) unit));
        }
      } else {
        loose.append(c == '/' ? "\\/" : spelt);
      }
    }
    loose.append('"');
    space(random, loose);
    return canonical.append('"').toString();
  }

  private static String canonical(int c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      case '\r' -> "\\r";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      default -> c < 0x20 ? "\\u%04x".formatted(c) : Character.toString(c);
    };
  }

  private static String array(Random random, StringBuilder loose, int depth) {
    StringBuilder canonical = new StringBuilder("[");
    space(random, loose).append('[');
    int elements = random.nextInt(4);
    for (int i = 0; i < elements; i++) {
      canonical.append(i > 0 ? "," : "");
      loose.append(i > 0 ? "," : "");
      canonical.append(write(random, loose, depth + 1));
    }
    space(random, loose).append(']');
    return canonical.append(']').toString();
  }

  private static String object(Random random, StringBuilder loose, int depth) {
    TreeMap<String, String> members = new TreeMap<>(byCodePoint());
    space(random, loose).append('{');
    int wanted = random.nextInt(5);
    for (int i = 0; i < wanted; i++) {
      StringBuilder looseName = new StringBuilder();
      String name = string(random, looseName);
      String key = unquoted(name);
      if (members.containsKey(key)) {
        continue;
      }
      loose.append(members.isEmpty() ? "" : ",").append(looseName).append(':');
      members.put(key, name + ":" + write(random, loose, depth + 1));
    }
    space(random, loose).append('}');
    return "{" + String.join(",", members.values()) + "}";
  }

  private static String unquoted(String canonicalName) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < canonicalName.length() - 1; i++) {
      char c = canonicalName.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char escape = canonicalName.charAt(++i);
      switch (escape) {
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        case 'r' -> text.append('\r');
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'u' -> {
          text.append((char) Integer.parseInt(canonicalName.substring(i + 1, i + 5), 16));
          i += 4;
        }
        default -> text.append(escape);
      }
    }
    return text.toString();
  }

  private static Comparator<String> byCodePoint() {
    return (a, b) -> java.util.Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
  }

  private static StringBuilder space(Random random, StringBuilder loose) {
    for (int n = random.nextInt(8) - 5; n > 0; n--) {
      loose.append(" \t\n\r".charAt(random.nextInt(4)));
    }
    return loose;
  }
}
