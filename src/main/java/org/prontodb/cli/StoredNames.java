package org.prontodb.cli;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.prontodb.app.Listing;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Namespace;
import org.prontodb.store.KeyRange;

/**
 * Names out of the database that a command line is about, for completion. It is opened for each
 * question and only read; where there is none, there are no names.
 */
final class StoredNames {
  /** More keys than this are not listed, but only the characters that they go on with. */
  private static final int MOST_KEYS = 500;

  private final CommandCall call;
  private final ProcessContext context;

  StoredNames(CommandCall call, ProcessContext context) {
    this.call = call;
    this.context = context;
  }

  /**
   * @param texts keys, or how keys begin
   * @param whole whether each is a key
   */
  record Keys(List<String> texts, boolean whole) {}

  Delimiter delimiter() {
    return ask(invocation -> invocation.configuration().delimiter());
  }

  List<Namespace> namespaces() {
    return ask(
        invocation -> {
          List<Namespace> found = new ArrayList<>();
          if (invocation.database().exists()) {
            invocation
                .database()
                .discovery()
                .namespaces(false, described -> found.add(described.info().namespace()));
          }
          return found;
        });
  }

  /** The keys that begin with {@code prefix}; if they are too many, how they go on behind it. */
  Keys keys(Namespace namespace, String prefix) {
    return ask(
        invocation -> {
          if (!invocation.database().exists()) {
            return new Keys(List.of(), true);
          }
          List<String> keys = keysFrom(invocation, namespace, prefix, null, MOST_KEYS + 1);
          return keys.size() <= MOST_KEYS
              ? new Keys(keys, true)
              : new Keys(beginnings(invocation, namespace, prefix), false);
        });
  }

  /**
   * How the keys behind {@code prefix} go on: by a character, or by as many as they share. A list
   * that ended before the last key would let the shell complete what its keys alone have in common.
   */
  private static List<String> beginnings(
      Invocation invocation, Namespace namespace, String prefix) {
    String shared = prefix;
    while (true) {
      Set<String> beginnings = new TreeSet<>();
      String from = null;
      List<String> next = keysFrom(invocation, namespace, shared, null, 1);
      while (!next.isEmpty()) {
        String key = next.getFirst();
        if (key.equals(shared)) {
          beginnings.add(key);
          from = key;
        } else {
          String character = Character.toString(key.codePointAt(shared.length()));
          beginnings.add(shared + character);
          // No key that goes on with this character comes behind it.
          from = shared + character + Character.toString(Character.MAX_CODE_POINT);
        }
        next = keysFrom(invocation, namespace, shared, from, 1);
      }
      if (beginnings.size() != 1 || beginnings.contains(shared)) {
        return List.copyOf(beginnings);
      }
      shared = beginnings.iterator().next();
    }
  }

  /** Up to {@code limit} keys that begin with {@code prefix} and come behind {@code after}. */
  private static List<String> keysFrom(
      Invocation invocation, Namespace namespace, String prefix, String after, int limit) {
    List<String> keys = new ArrayList<>();
    KeyRange range = KeyRange.prefix(prefix.getBytes(StandardCharsets.UTF_8));
    if (after != null) {
      range = range.after(after.getBytes(StandardCharsets.UTF_8));
    }
    try (Listing listing = invocation.database().records().list(namespace, range, false)) {
      while (keys.size() < limit && listing.next()) {
        keys.add(new String(listing.key(), StandardCharsets.UTF_8));
      }
    }
    return keys;
  }

  private <T> T ask(Function<Invocation, T> question) {
    Messages silent =
        new Messages(OutputStream.nullOutputStream(), false, true, false, Colours.OFF);
    try (Invocation invocation =
        new Invocation(call, context, new Output(OutputStream.nullOutputStream()), silent)) {
      return question.apply(invocation);
    }
  }
}
