package org.prontodb.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.prontodb.config.Configuration;
import org.prontodb.config.DatabaseLocation;
import org.prontodb.config.Setting;
import org.prontodb.model.Address;
import org.prontodb.model.Key;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.records.Condition;
import org.prontodb.records.RecordWriter;
import org.prontodb.store.Transaction;

/** Writes of many threads that share transactions of a real database. */
@Timeout(60)
class SharedWritesTest {
  private static final Namespace STOCK = new Namespace("kb", "stock");

  @TempDir Path folder;
  private ProntoDb database;
  private SharedWrites writes;
  private final Set<Transaction> transactions =
      Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

  @BeforeEach
  void open() {
    Configuration configuration = Configuration.load(Map.of("HOME", folder.toString()), Map.of());
    database =
        new ProntoDb(
            configuration,
            new DatabaseLocation.File(folder.resolve("d.db")),
            InstantSource.system());
    put("first", "0");
    writes = new SharedWrites(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void put(String key, String value) {
    database.records().set(address(key), value.getBytes(UTF_8), null, new Condition.None());
  }

  private static Address address(String key) {
    return new Address(STOCK, Key.of(key));
  }

  private String get(String key) {
    try (Lookup lookup = database.records().lookup(false)) {
      return lookup.find(address(key)).map(entry -> new String(entry.value(), UTF_8)).orElse(null);
    }
  }

  /** Adds one to the number that a record holds. */
  private SharedWrites.Write<Integer> increment(String key) {
    return (transaction, _) -> {
      transactions.add(transaction);
      RecordWriter writer = database.writer(transaction, STOCK);
      int now =
          writer
              .live(Key.of(key))
              .map(entry -> Integer.parseInt(new String(entry.value(), UTF_8)))
              .orElse(0);
      return () -> {
        writer.put(key.getBytes(UTF_8), Integer.toString(now + 1).getBytes(UTF_8), null, 1);
        writer.finish();
        return now + 1;
      };
    };
  }

  private SharedWrites.Write<Integer> refused() {
    return (transaction, _) -> {
      throw org.prontodb.model.Problem.of(Kind.PRECONDITION, "not so").asException();
    };
  }

  /** Fails when it has written something already. */
  private SharedWrites.Write<Integer> broken() {
    return (transaction, _) -> {
      RecordWriter writer = database.writer(transaction, STOCK);
      return () -> {
        writer.put("broken".getBytes(UTF_8), "x".getBytes(UTF_8), null, 1);
        writer.finish();
        throw new IllegalStateException("half-way");
      };
    };
  }

  /** Has all of them wait for one who holds the lock, so that all but the first share one. */
  private List<FutureTask<Integer>> together(List<SharedWrites.Write<Integer>> all)
      throws InterruptedException {
    List<FutureTask<Integer>> tasks = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    try (Transaction _ = database.store().write(STOCK)) {
      for (SharedWrites.Write<Integer> write : all) {
        FutureTask<Integer> task = new FutureTask<>(() -> writes.commit(STOCK, write));
        Thread thread = new Thread(task);
        thread.start();
        tasks.add(task);
        threads.add(thread);
        while (thread.getState() != Thread.State.WAITING
            && thread.getState() != Thread.State.TIMED_WAITING) {
          Thread.onSpinWait();
        }
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return tasks;
  }

  @Test
  void thoseThatComeMeanwhileShareATransaction() throws Exception {
    List<SharedWrites.Write<Integer>> all = Collections.nCopies(50, increment("first"));
    Set<Integer> answers = new java.util.TreeSet<>();
    for (FutureTask<Integer> task : together(all)) {
      answers.add(task.get());
    }
    assertEquals(50, answers.size(), "each has seen those before it");
    assertEquals("50", get("first"));
    assertEquals(2, transactions.size());
  }

  @Test
  void eachHasAnOutcomeOfItsOwn() throws Exception {
    List<FutureTask<Integer>> tasks =
        together(
            List.of(
                increment("a"),
                increment("b"),
                refused(),
                increment("b"),
                broken(),
                refused(),
                increment("c")));
    assertEquals(1, tasks.get(0).get());
    assertEquals(1, tasks.get(1).get());
    assertEquals(Kind.PRECONDITION, kind(tasks.get(2)));
    assertEquals(2, tasks.get(3).get());
    assertInstanceOf(IllegalStateException.class, failure(tasks.get(4)));
    assertEquals(Kind.PRECONDITION, kind(tasks.get(5)));
    assertEquals(1, tasks.get(6).get());
    assertEquals(List.of("1", "2", "1"), List.of(get("a"), get("b"), get("c")));
    assertEquals(null, get("broken"), "nothing of a write that failed is there");
  }

  @Test
  void allAreToldThatTheLockWasNotToBeHad() throws Exception {
    Configuration impatient =
        Configuration.load(Map.of("HOME", folder.toString()), Map.of(Setting.BUSY_TIMEOUT, "20"));
    try (ProntoDb other =
        new ProntoDb(
            impatient, new DatabaseLocation.File(folder.resolve("d.db")), InstantSource.system())) {
      SharedWrites shared = new SharedWrites(other);
      try (Transaction _ = database.store().write(STOCK)) {
        ProntoException busy =
            assertThrows(ProntoException.class, () -> shared.commit(STOCK, increment("a")));
        assertEquals(Kind.BUSY, busy.problem().kind());
      }
      assertEquals(1, shared.commit(STOCK, increment("a")), "the next one is led again");
    }
  }

  @Test
  void thoseOfOtherNamespacesAreToldThatTheLockWasNotToBeHadToo() throws Exception {
    Configuration impatient =
        Configuration.load(Map.of("HOME", folder.toString()), Map.of(Setting.BUSY_TIMEOUT, "300"));
    try (ProntoDb other =
        new ProntoDb(
            impatient, new DatabaseLocation.File(folder.resolve("d.db")), InstantSource.system())) {
      SharedWrites shared = new SharedWrites(other);
      List<FutureTask<Integer>> tasks = new ArrayList<>();
      try (Transaction _ = database.store().write(STOCK)) {
        for (String name : List.of("stock", "a", "b", "a")) {
          FutureTask<Integer> task =
              new FutureTask<>(() -> shared.commit(new Namespace("kb", name), refused()));
          Thread.ofVirtual().start(task);
          tasks.add(task);
        }
        for (FutureTask<Integer> task : tasks) {
          assertEquals(Kind.BUSY, kind(task));
        }
      }
    }
  }

  @Test
  void noneIsForgottenAmongMany() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String key = "k" + i % 7;
      threads.add(
          Thread.startVirtualThread(
              () -> {
                for (int n = 0; n < 50; n++) {
                  writes.commit(STOCK, increment(key));
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    int sum = 0;
    for (int i = 0; i < 7; i++) {
      sum += Integer.parseInt(get("k" + i));
    }
    assertEquals(2000, sum);
    assertTrue(transactions.size() < 2000, "some share a transaction");
  }

  private static Throwable failure(FutureTask<Integer> task) {
    return assertThrows(ExecutionException.class, task::get).getCause();
  }

  private static Kind kind(FutureTask<Integer> task) {
    return assertInstanceOf(ProntoException.class, failure(task)).problem().kind();
  }
}
