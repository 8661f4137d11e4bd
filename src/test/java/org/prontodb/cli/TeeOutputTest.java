package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeeOutputTest {
  private static final String TWO_NAMESPACES = "meta:path=a.one; k=v; meta:path=a.two; k=v;";

  @TempDir Path home;

  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

  /** An output that fails with {@code message} from its first byte on. */
  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(message);
      }
    };
  }

  private int run(String stdin, OutputStream stdout, String... words) {
    Map<String, String> environment = Map.of("HOME", home.toString(), "PRONTO_SECURITY", "false");
    return Cli.run(
        List.of(words),
        new ProcessContext(
            new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
            stdout,
            stderr,
            environment,
            home,
            InstantSource.system(),
            ProcessContext.Terminal.NONE));
  }

  private void bothAreThere() {
    for (String address : List.of("a.one.k", "a.two.k")) {
      assertEquals(0, run("", OutputStream.nullOutputStream(), "exists", address), address);
    }
  }

  @Test
  void a_load_is_applied_although_the_reader_of_its_copy_goes_away() {
    assertEquals(141, run(TWO_NAMESPACES, failing("Broken pipe"), "stream", "--tee"));
    String told = stderr.toString(StandardCharsets.UTF_8);
    assertTrue(told.contains("2 namespaces, 2 puts"), told);
    assertTrue(told.contains("was cut off, because its reader went away"), told);
    bothAreThere();
  }

  @Test
  void a_load_is_applied_although_its_copy_finds_no_room() {
    assertEquals(1, run(TWO_NAMESPACES, failing("No space left on device"), "stream", "--tee"));
    String told = stderr.toString(StandardCharsets.UTF_8);
    assertTrue(told.contains("everything was applied: can not write to standard output"), told);
    bothAreThere();
  }

  @Test
  void a_load_without_an_end_stops_behind_what_is_committed() {
    String stream = TWO_NAMESPACES + "meta:path=a.three; k=v; k=w; k=x; k=y;";
    int exit = run(stream, failing("Broken pipe"), "stream", "--tee", "--commit-every", "4");
    assertEquals(141, exit);
    bothAreThere();
    assertEquals(2, run("", OutputStream.nullOutputStream(), "exists", "a.three.k"));
  }
}
