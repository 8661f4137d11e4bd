package org.prontodb.image;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.prontodb.cli.Cli;
import org.prontodb.cli.Main;
import org.prontodb.cli.ProcessContext;
import org.prontodb.config.Paths;

/**
 * Runs while the image is built, under a JVM that writes down what it loads and links for an AOT
 * cache: a start then loads all of that, so what is trained is what is used, and no more. There are
 * two caches, since one that holds both makes a short command start slower.
 */
final class Training {
  private static final Path KEY = Path.of("key");
  private static final Path SESSION = Path.of("session");

  private final Map<String, String> environment = new HashMap<>(System.getenv());

  private Training() {}

  /**
   * Trains for {@code short} commands or for {@code bulk} ones, in the home folder of the user; or
   * prepares there, without being recorded, what the training of bulk commands wants to find.
   */
  public static void main(String[] arguments) throws IOException {
    Training training = new Training();
    switch (arguments[0]) {
      case "prepare" -> training.prepare();
      case "short" -> training.shortCommands();
      case "bulk" -> training.bulkCommands();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    // The last run goes through the process's own entry, streams and exit, to train them, too.
    String database = new Paths(System.getenv()).database().toString();
    Main.main(new String[] {"-d", database, "get", "kb.recipes.pasta"});
  }

  private void shortCommands() {
    // Where a variable of ours is set, all of them are looked at.
    environment.put("PRONTO_SECURITY", "false");
    run("", "set", "kb.recipes.pasta", "al dente");
    run("", "set", "kb.recipes.pasta", "al dente");
    run("from stdin", "set", "kb.recipes.sauce", "-");
    run("", "exists", "-p", "kb", "-n", "recipes", "pasta");
    run("", "get", "kb.recipes.pasta", "kb.recipes.missing");
    run("", "del", "kb.recipes.sauce");
    run("", "keys", "kb.recipes");
    run("", "scan", "kb.recipes");
    run("", "export", "kb.recipes");
    readAhead();
  }

  /** With enough records for two threads, in a file that is large enough for two connections. */
  private void readAhead() {
    run("x".repeat(5 << 20), "set", "kb.large.value", "-");
    for (int i = 0; i < 1_200; i++) {
      run("", "set", "kb.recipes.key" + i, "value");
    }
    run("", "admin", "vacuum");
    run("", "scan", "kb.recipes");
    run("", "export", "kb.recipes");
  }

  private void prepare() throws IOException {
    run("", "set", "kb.recipes.pasta", "al dente");
    run("a password", "admin", "user=sam;pass=-");
    run("", "admin", "grant", "sam", "rw", "kb.*");
    String key = run("", "admin", "apikey", "create", "sam").strip();
    Files.writeString(KEY, key);
    Files.writeString(SESSION, run(key, "proto", "auth", "sec=-").strip());
    run("", "export", "kb.recipes", "-o", "recipes.tsv");
  }

  private void bulkCommands() throws IOException {
    StringBuilder records = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      records.append("key%06d=\"value %d\"; other%d = été;\n".formatted(i, i, i));
    }
    String stream =
        """
        meta:sec:pass=pronto!; meta:sec:user=admin;
        meta:path=kb.recipes; # a comment
        pasta=al dente; meta:encoding=base64; logo=iVBORw0KGgo=; meta:encoding=text; meta:del=logo;
        """
            + records;
    run(stream, "-d", "new.db", "stream");
    run(stream, "stream");
    // So that a load with a key does not start slower than one without.
    run("meta:sec:apikey=" + Files.readString(KEY) + "; meta:path=kb.recipes; one=1;", "stream");
    environment.put("PRONTO_SESSION", Files.readString(SESSION));
    run("meta:path=kb.recipes; one=2;", "stream");
    environment.remove("PRONTO_SESSION");
    run("", "import", "kb.copy", "recipes.tsv");
  }

  /** Whatever it answers: a failure here costs speed, and the tests will tell of it. */
  private String run(String input, String... arguments) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    InputStream stdin = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    OutputStream nowhere = OutputStream.nullOutputStream();
    Cli.run(
        List.of(arguments),
        new ProcessContext(
            stdin,
            answer,
            nowhere,
            environment,
            Path.of(""),
            InstantSource.system(),
            ProcessContext.Terminal.NONE));
    return answer.toString(StandardCharsets.UTF_8);
  }
}
