package org.prontodb.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.prontodb.files.Cleanup;
import org.prontodb.model.Numbers;
import org.prontodb.model.Text;
import org.prontodb.server.HttpServer;
import org.prontodb.server.ServerSettings;

/** {@code prontodb serve}: runs until a signal ends it. */
final class ServeCommand implements Command {
  private static final int LAST_PORT = 65_535;
  private static final String LISTEN = "127.0.0.1:7878";
  private static final long MAX_BODY_MB = 1024;
  private static final Pattern NAME = Pattern.compile("[a-z0-9_.-]+");

  @Override
  public Form form() {
    return Form.of("answer requests over HTTP, until a signal stops it")
        .option("--listen", "ADDRESS:PORT", "where to listen; " + LISTEN + " unless told")
        .option("--unix", "PATH", "listen at a socket in the file system, for its owner alone")
        .option("--tls-cert", "FILE", "certificates for TLS: a PEM file, the server's own first")
        .option("--tls-key", "FILE", "the certificate's key: a PEM file, PKCS #8")
        .flag("--insecure", "listen beyond this machine although there is no TLS")
        .option("--host", "NAMES", "what the server is called besides localhost, with commas")
        .option(
            "--max-body", "MB", "the largest load, in megabytes; " + MAX_BODY_MB + " unless told")
        .details(
            "GET, HEAD, PUT and DELETE at /v1/PROJECT.NAMESPACE/KEY, lists at"
                + " /v1/PROJECT.NAMESPACE, loads by POST to /v1/stream, what there is at /v1,"
                + " /metrics for Prometheus, /openapi.json for tools, /healthz for monitoring. Every"
                + " request but the last two says who it is from: Authorization: Bearer with a session"
                + " or an API key, or Basic. Grants decide: to read takes ro or rw, to write rw.")
        .details(
            "It does not start while admin has the default password, nor beyond this machine"
                + " without TLS. Its log, a JSON object a line, goes to standard error; -q leaves"
                + " the requests out. SIGTERM lets what runs come to its end, for up to 20 seconds."
                + " docs/server.md has the rest.")
        .example("prontodb serve")
        .example("prontodb serve --unix /run/prontodb/http.sock")
        .example("prontodb serve --listen 0.0.0.0:7878 --tls-cert chain.pem --tls-key key.pem");
  }

  @Override
  public ExitCode run(Invocation call) {
    ServerSettings settings = settings(call);
    if (!call.database().exists() && call.configuration().initialPassword().isPresent()) {
      call.database().create();
    }
    HttpServer server = new HttpServer(call.database(), settings, call.context().stderr());
    String place = server.start();
    Cleanup.add(() -> stop(server, call));
    call.messages().status("listening at " + place);
    while (true) {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        server.close();
        return ExitCode.DONE;
      }
    }
  }

  private static void stop(HttpServer server, Invocation call) {
    server.close();
    call.close();
  }

  private static ServerSettings settings(Invocation call) {
    if (call.has("--unix") && call.has("--listen")) {
      throw call.usage("give --listen or --unix, not both");
    }
    if (call.has("--tls-cert") != call.has("--tls-key")) {
      throw call.usage("--tls-cert and --tls-key go together");
    }
    String listen = call.has("--listen") ? call.option("--listen") : LISTEN;
    int colon = listen.lastIndexOf(':');
    String host = colon < 0 ? "" : listen.substring(0, colon);
    long port = Numbers.parse(listen.substring(colon + 1));
    if (host.isEmpty() || port < 0 || port > LAST_PORT) {
      throw call.usage(
          "--listen needs an address and a port, as in "
              + LISTEN
              + " or [::1]:7878, not \""
              + Text.visible(listen)
              + "\"");
    }
    return new ServerSettings(
        call.has("--unix") ? null : host,
        (int) port,
        call.has("--unix") ? call.file(call.option("--unix")) : null,
        call.has("--tls-cert") ? call.file(call.option("--tls-cert")) : null,
        call.has("--tls-key") ? call.file(call.option("--tls-key")) : null,
        call.has("--insecure"),
        names(call),
        call.number("--max-body", 1, 1 << 20, MAX_BODY_MB) << 20,
        !call.has(GlobalOptions.QUIET));
  }

  private static Set<String> names(Invocation call) {
    if (!call.has("--host")) {
      return Set.of();
    }
    String text = call.option("--host");
    Set<String> names =
        Arrays.stream(text.split(",", -1))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    if (!names.stream().allMatch(name -> NAME.matcher(name).matches())) {
      throw call.usage(
          "--host needs names as the header Host has them, without a port: db.example,db, not \""
              + Text.visible(text)
              + "\"");
    }
    return names;
  }
}
