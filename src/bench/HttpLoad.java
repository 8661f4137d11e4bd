import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many clients of a ProntoDB server at once, each with one connection that it keeps. Each writes
 * records of its own and reads them again; at the end all that was acknowledged is looked for. Run
 * by bin/bench-server.sh:
 *
 * <pre>java HttpLoad.java PORT KEYFILE CLIENTS SECONDS put|get|mixed</pre>
 */
final class HttpLoad {
  private static final String NAMESPACE = "/v1/bench.load/";
  private static final int KEYS_OF_A_CLIENT = 500;

  private final int port;
  private final String head;
  private final String mode;
  private final long end;

  private HttpLoad(int port, String key, String mode, int seconds) {
    this.port = port;
    this.head = " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key + "\r\n";
    this.mode = mode;
    this.end = System.nanoTime() + seconds * 1_000_000_000L;
  }

  /** What one client did: the number that it wrote last to each of its keys, and its times. */
  private static final class Tally {
    private final int[] acknowledged = new int[KEYS_OF_A_CLIENT];
    private long[] nanos = new long[1 << 12];
    private int requests;
    private int wrong;

    void add(long time) {
      if (requests == nanos.length) {
        nanos = Arrays.copyOf(nanos, requests * 2);
      }
      nanos[requests++] = time;
    }
  }

  public static void main(String[] arguments) throws Exception {
    int clients = Integer.parseInt(arguments[2]);
    int seconds = Integer.parseInt(arguments[3]);
    String key = Files.readString(Path.of(arguments[1])).strip();
    HttpLoad load = new HttpLoad(Integer.parseInt(arguments[0]), key, arguments[4], seconds);
    List<Tally> tallies = new ArrayList<>();
    long begun = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Tally>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        int client = i;
        running.add(threads.submit(() -> load.run(client)));
      }
      for (Future<Tally> one : running) {
        tallies.add(one.get());
      }
    }
    double took = (System.nanoTime() - begun) / 1e9;
    long[] all =
        tallies.stream()
            .flatMapToLong(t -> Arrays.stream(t.nanos, 0, t.requests))
            .sorted()
            .toArray();
    int wrong = tallies.stream().mapToInt(t -> t.wrong).sum();
    System.out.printf(
        Locale.ROOT,
        "mode=%s clients=%d requests=%d per_second=%.0f p50_ms=%.2f p99_ms=%.2f max_ms=%.1f wrong=%d lost=%d%n",
        load.mode,
        clients,
        all.length,
        all.length / took,
        at(all, 0.5),
        at(all, 0.99),
        at(all, 1),
        wrong,
        load.mode.equals("get") ? 0 : load.lost(tallies));
  }

  private static double at(long[] sorted, double part) {
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1, part * sorted.length)] / 1e6;
  }

  private Tally run(int client) throws IOException {
    Tally tally = new Tally();
    try (Connection connection = new Connection()) {
      for (int n = 0; System.nanoTime() < end; n++) {
        int key = (mode.equals("mixed") ? n / 2 : n) % KEYS_OF_A_CLIENT;
        boolean put = mode.equals("put") || (mode.equals("mixed") && n % 2 == 0);
        long from = System.nanoTime();
        if (put) {
          int status = connection.put(client, key, value(client, key, n + 1));
          if (status == 201 || status == 204) {
            tally.acknowledged[key] = n + 1;
          } else {
            tally.wrong++;
          }
        } else {
          String expected = mode.equals("get") ? null : value(client, key, tally.acknowledged[key]);
          tally.wrong += connection.isThere(client, key, expected) ? 0 : 1;
        }
        tally.add(System.nanoTime() - from);
      }
    }
    return tally;
  }

  private static String value(int client, int key, int number) {
    return "value %04d %04d %08d".formatted(client, key, number);
  }

  private int lost(List<Tally> tallies) throws IOException {
    int lost = 0;
    try (Connection connection = new Connection()) {
      for (int client = 0; client < tallies.size(); client++) {
        int[] acknowledged = tallies.get(client).acknowledged;
        for (int key = 0; key < KEYS_OF_A_CLIENT; key++) {
          if (acknowledged[key] > 0) {
            lost += connection.isThere(client, key, value(client, key, acknowledged[key])) ? 0 : 1;
          }
        }
      }
    }
    return lost;
  }

  /** A connection that is kept, which is all of HTTP that is needed here. */
  private final class Connection implements AutoCloseable {
    private final Socket socket = new Socket("127.0.0.1", port);
    private final InputStream in = new BufferedInputStream(socket.getInputStream());
    private final OutputStream out = socket.getOutputStream();
    private final StringBuilder line = new StringBuilder();
    private byte[] body = {};

    Connection() throws IOException {
      socket.setTcpNoDelay(true);
    }

    int put(int client, int key, String value) throws IOException {
      return ask(
          "PUT "
              + path(client, key)
              + head
              + "Content-Length: "
              + value.length()
              + "\r\n\r\n"
              + value);
    }

    boolean isThere(int client, int key, String expected) throws IOException {
      int status = ask("GET " + path(client, key) + head + "\r\n");
      return status == 200
          && (expected == null || expected.equals(new String(body, StandardCharsets.US_ASCII)));
    }

    private static String path(int client, int key) {
      return NAMESPACE + "c" + client + "k" + key;
    }

    private int ask(String request) throws IOException {
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      int status = Integer.parseInt(line().substring(9, 12));
      int length = 0;
      for (String header = line(); !header.isEmpty(); header = line()) {
        if (header.startsWith("Content-Length: ")) {
          length = Integer.parseInt(header.substring(16));
        }
      }
      body = in.readNBytes(length);
      return status;
    }

    private String line() throws IOException {
      line.setLength(0);
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new EOFException("the server has closed the connection");
        }
        line.append((char) c);
      }
      return line.substring(0, line.length() - 1);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
