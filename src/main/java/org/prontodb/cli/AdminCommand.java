package org.prontodb.cli;

import java.io.IOException;
import java.util.Map;
import org.prontodb.auth.Passwords;
import org.prontodb.auth.Users;
import org.prontodb.model.Secret;
import org.prontodb.store.Identities;

/** {@code prontodb admin 'user=…;pass=…;'}: adds a user, or changes a password. */
final class AdminCommand implements Command {

  @Override
  public Form form() {
    return Form.of(
            "'user=NAME;pass=-;'", 1, Integer.MAX_VALUE, "add a user, or change a user's password")
        .secrets()
        .option(SecretInput.FILE, "FILE", SecretInput.FILE_HELP)
        .details(
            "The settings may stand in one argument or in several. With pass=- the password comes from standard input, or is asked for on a terminal, as"
                + " it is without pass=. Written out it works, too, but others can see it.")
        .details(
            "A new user may do nothing until \"prontodb admin grant\" says so; the user admin may"
                + " do all. A new password ends the sessions that the old one opened, and leaves"
                + " API keys as they are.")
        .example("prontodb admin 'user=sam;pass=-;' < password.txt")
        .example("prontodb admin 'user=admin;' --password-file password.txt");
  }

  @Override
  public ExitCode run(Invocation call) throws IOException {
    Map<String, String> settings = Credentials.parse(call, "user", "pass");
    String user = settings.get("user");
    if (user == null) {
      throw call.usage("user= is missing");
    }
    Users.checkName(user);
    Secret password = new SecretInput(call, "password").read("pass", settings.get("pass"), true);
    Users.Saved saved = call.accounts().save(user, password);
    if (user.equals(Identities.ADMIN) && Passwords.isDefault(password)) {
      call.messages().warning("admin has the default password again, which everybody knows");
    }
    call.messages()
        .status(
            switch (saved) {
              case ADDED -> "added user " + user;
              case CHANGED -> "changed the password of " + user;
            });
    return ExitCode.DONE;
  }
}
