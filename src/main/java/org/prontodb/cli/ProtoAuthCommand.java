package org.prontodb.cli;

import java.io.IOException;
import java.util.Map;
import org.prontodb.app.Accounts;
import org.prontodb.auth.Passwords;
import org.prontodb.auth.Sessions;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Instants;
import org.prontodb.model.Secret;

/** {@code prontodb proto auth}. */
final class ProtoAuthCommand implements Command {
  private static final long EIGHT_HOURS = 8 * 3600;

  @Override
  public Form form() {
    return Form.of(
            "'pass=-;user=NAME;'|'sec=-'",
            1,
            Integer.MAX_VALUE,
            "exchange a password or an API key for a session key, and print it")
        .secrets()
        .option(
            "--ttl", "SPAN", "how long the session lasts, as in 900, 15m or 8h; 8h if not given")
        .option(SecretInput.FILE, "FILE", SecretInput.FILE_HELP)
        .details(
            "The session key in PRONTO_SESSION stands in for the preamble of streams. With pass=-"
                + " or sec=- the secret comes from standard input or FILE, or is asked for on a"
                + " terminal."
                + " A session ends at its time, with \"prontodb proto revoke\", with a new password,"
                + " and with the API key that opened it.")
        .example("export PRONTO_SESSION=$(prontodb proto auth 'pass=-;user=sam')")
        .example("prontodb proto auth 'sec=-' --ttl 15m < key.txt");
  }

  @Override
  public ExitCode run(Invocation call) throws IOException {
    Map<String, String> settings = Credentials.parse(call, "pass", "user", "sec");
    call.files().requireStandardOutput();
    long lifetime = Durations.seconds(call, "--ttl", EIGHT_HOURS) * 1000;
    Sessions.Opened opened = open(settings, lifetime, call);
    String expires = Instants.format(opened.stored().expiresAt());
    if (opened.defaultPassword()) {
      call.messages().warning(Passwords.defaultInUse(opened.stored().user()));
    }
    if (call.has(GlobalOptions.JSON)) {
      ByteBuilder line = new ByteBuilder(256);
      new JsonWriter(line)
          .begin()
          .text("session", opened.text().reveal())
          .field("user", opened.stored().user())
          .field("expires", expires)
          .endLine();
      call.out().write(line.array(), 0, line.length());
    } else {
      AdminApiKeyCreateCommand.print(opened.text(), call);
    }
    call.messages().status("session of %s, expires %s".formatted(opened.stored().user(), expires));
    return ExitCode.DONE;
  }

  private static Sessions.Opened open(Map<String, String> settings, long lifetime, Invocation call)
      throws IOException {
    Accounts accounts = call.accounts();
    if (settings.containsKey("sec")) {
      if (settings.size() > 1) {
        throw call.usage("sec= stands alone");
      }
      Secret key = new SecretInput(call, "API key").read("sec", settings.get("sec"), false);
      return accounts.openSession(key, lifetime);
    }
    String user = settings.get("user");
    if (user == null) {
      throw call.usage("user= is missing");
    }
    Secret password = new SecretInput(call, "password").read("pass", settings.get("pass"), false);
    return accounts.openSession(user, password, lifetime);
  }
}
