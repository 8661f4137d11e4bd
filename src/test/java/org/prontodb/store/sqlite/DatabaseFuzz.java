package org.prontodb.store.sqlite;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.prontodb.fuzz.FuzzTarget;
import org.prontodb.fuzz.MemoryLoad;
import org.prontodb.fuzz.Messages;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.CompressionSettings;
import org.prontodb.model.Expiry;
import org.prontodb.model.Key;
import org.prontodb.model.Lifetime;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.store.EntryCursor;
import org.prontodb.store.KeyRange;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.NamespaceWriter;
import org.prontodb.store.Transaction;

/**
 * A database file that has been damaged, or made by somebody who means harm. Input that begins with
 * {@code SQL} and a blank is run as SQL in a sound database; any other is taken in pieces of four
 * bytes, each a place in a sound database, in 24 bits, and the byte that is written there.
 */
public final class DatabaseFuzz implements FuzzTarget {
  private static final SqliteOptions OPTIONS = new SqliteOptions(0, false);
  private static final String SQL = "SQL ";
  private static byte[] sound;

  @Override
  public void run(byte[] input) throws IOException {
    Path folder = Path.of(Files.isWritable(Path.of("/dev/shm")) ? "/dev/shm" : "target");
    Path file = Files.createTempFile(folder, "prontodb-fuzz", ".db");
    try {
      byte[] bytes = sound(file).clone();
      String text = new String(input, StandardCharsets.UTF_8);
      if (text.startsWith(SQL)) {
        Files.write(file, bytes);
        if (!run(file, text.substring(SQL.length()))) {
          return;
        }
        bytes = Files.readAllBytes(file);
      } else {
        damage(bytes, input);
      }
      use(file, bytes);
    } finally {
      remove(file);
    }
  }

  private static void remove(Path file) throws IOException {
    for (String suffix : new String[] {"", "-wal", "-shm", "-journal"}) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
    }
  }

  private static void damage(byte[] bytes, byte[] input) {
    for (int i = 0; i + 3 < input.length; i += 4) {
      int place = (input[i] & 0xff) << 16 | (input[i + 1] & 0xff) << 8 | (input[i + 2] & 0xff);
      bytes[place % bytes.length] = input[i + 3];
    }
  }

  /** As somebody might who has the file; what they may not, they do not. */
  private static boolean run(Path file, String sql) {
    try (Database database = Connections.open(file, OPTIONS)) {
      database.execute("PRAGMA journal_mode = DELETE");
      database.execute("PRAGMA writable_schema = ON");
      database.execute(sql);
      return true;
    } catch (ProntoException e) {
      return false;
    }
  }

  private static void use(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    attempt(
        () -> {
          try (SqliteStore store = SqliteStore.open(file, OPTIONS)) {
            for (String damage : store.check()) {
              Messages.check(Problem.of(Kind.FAILED, damage));
            }
          }
        });
    attempt(
        () -> {
          try (SqliteStore store = SqliteStore.open(file, OPTIONS)) {
            read(store);
          }
        });
    attempt(() -> SqliteSnapshot.of(file, OPTIONS).close());
    Path database = file.resolveSibling(file.getFileName() + "-restored");
    attempt(() -> restore(database, bytes));
    remove(database);
    attempt(
        () -> {
          try (SqliteStore store = SqliteStore.open(file, OPTIONS)) {
            write(store);
          }
        });
  }

  private static void attempt(Runnable action) {
    try {
      action.run();
    } catch (ProntoException e) {
      Messages.check(e.problem());
    }
  }

  private static void restore(Path database, byte[] bytes) {
    try (SqliteRestoration restoration = SqliteRestoration.of(database, OPTIONS)) {
      try (OutputStream content = restoration.content()) {
        content.write(bytes);
      }
      restoration.verify();
      restoration.apply(true, false, database.resolveSibling("never"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(SqliteStore store) {
    try (Transaction view = store.read()) {
      for (NamespaceInfo info : view.namespaces()) {
        view.namespace(info.namespace());
        view.stats(info, MemoryLoad.NOW);
        view.get(info, Key.stored(new byte[] {'k'}));
        try (EntryCursor cursor = view.scan(info, KeyRange.ALL, MemoryLoad.NOW)) {
          while (cursor.next()) {
            cursor.key();
            cursor.value();
            cursor.lifetime();
          }
        }
      }
    }
  }

  private static void write(SqliteStore store) {
    try (Transaction transaction = store.write(List.of())) {
      for (NamespaceInfo info : transaction.namespaces()) {
        put(transaction, info);
        if (info.isCache()) {
          transaction.purge(info, MemoryLoad.NOW, 10, null);
          transaction.trim(info, MemoryLoad.NOW, null);
        }
      }
      transaction.commit();
    }
  }

  private static void put(Transaction transaction, NamespaceInfo info) {
    Lifetime lifetime =
        info.isCache() ? Lifetime.of(Expiry.DEFAULT, info.cache(), MemoryLoad.NOW) : null;
    try (NamespaceWriter writer = transaction.writer(info)) {
      writer.put(new byte[] {'n'}, new byte[] {'v'}, lifetime, 1);
    }
  }

  private static synchronized byte[] sound(Path place) throws IOException {
    if (sound == null) {
      Path file = place.resolveSibling(place.getFileName() + ".sound");
      try (SqliteStore store = SqliteStore.open(file, OPTIONS);
          Transaction transaction = store.write(List.of())) {
        put(transaction, transaction.create(new Namespace("kb", "plain"), null));
        put(
            transaction,
            transaction.create(new Namespace("kb", "cache"), new CacheSettings(60, 3, true)));
        NamespaceInfo packed = transaction.create(new Namespace("kb", "packed"), null);
        packed = transaction.change(packed, new CompressionSettings(true, 3));
        try (NamespaceWriter writer = transaction.writer(packed)) {
          writer.put(
              new byte[] {'k'}, "value ".repeat(50).getBytes(StandardCharsets.UTF_8), null, 0);
        }
        transaction.commit();
      }
      sound = Files.readAllBytes(file);
      remove(file);
    }
    return sound;
  }
}
